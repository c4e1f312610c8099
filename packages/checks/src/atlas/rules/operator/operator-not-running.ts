import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, nodeOf } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";

export const operatorNotRunning: Rule = {
  code: "operator-not-running",
  severity: "warning",
  why: "Where no pod of the operator runs, no AtlasSchema and no AtlasMigration is applied, and none says so: their status stays as it was.",
  fix: "set replicas to one or more and take paused out, or say why it may be so as the reason to ignore this",
  link: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
  find: (world) => operatorsIn(world).flatMap(({ pod }) => stopsOf(pod.object)),
};

/** What keeps a workload from making pods, by its field. */
const stops: Readonly<Record<string, readonly [value: unknown, what: string, fix?: string]>> = {
  replicas: [0, "no operator runs: nothing is applied"],
  paused: [
    true,
    "no change of the operator is rolled out, and where it is new, none runs: nothing is applied",
    "take paused out",
  ],
  suspend: [true, "no operator runs: nothing is applied", "take suspend out"],
};

const stopsOf = (object: KubernetesObject): readonly Found[] =>
  Object.entries(stops).flatMap(([field, [value, what, fix]]) => {
    const node = at(nodeOf(object), "spec", field);
    return node.value === value ? [found(node, what, fix === undefined ? {} : { fix })] : [];
  });
