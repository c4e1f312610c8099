import type { Rule } from "../../findings/rule.ts";
import { dangling } from "./dangling.ts";
import { isFormal, serviceUsesIn } from "./service-uses.ts";

export const serviceMissing: Rule = {
  code: "service-missing",
  severity: "warning",
  why: "What is sent to a Service that is not there is refused, or has no name to be sent to.",
  fix: "add the Service, or correct its name",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/",
  find: (world) =>
    serviceUsesIn(world).flatMap((use) => {
      const { node, name, namespace, otherwise } = use;
      const found = dangling(world, node, { group: "", kind: "Service", name, namespace }, otherwise);
      // One that is misspelt is meant to be there.
      return found.filter(({ fix }) => fix !== undefined || !isFormal(world, use));
    }),
};
