import type { Rule } from "../../findings/rule.ts";
import { at, isThere, textAt } from "../../objects/node.ts";
import { dangling } from "./dangling.ts";

export const serviceAccountMissing: Rule = {
  code: "service-account-missing",
  severity: "warning",
  why: "The API server refuses every pod whose ServiceAccount is not there, so that a workload makes none.",
  fix: "add the ServiceAccount, or correct its name",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
  find: (world) =>
    world.pods.flatMap(({ namespace, spec }) => {
      const current = at(spec, "serviceAccountName");
      const node = isThere(current) ? current : at(spec, "serviceAccount");
      const name = textAt(node);
      if (name === undefined || name === "" || name === "default") return [];
      const target = { group: "", kind: "ServiceAccount", name, namespace };
      return dangling(world, node, target, "no pod is made");
    }),
};
