import { plainText } from "../../objects/text.ts";
import { found, type Found, type Rule } from "../../findings/rule.ts";
import { replicasOf } from "../../findings/replicas.ts";
import type { World } from "../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";

export const budgetBlocksDrain: Rule = {
  code: "budget-blocks-drain",
  severity: "error",
  why: "A PodDisruptionBudget that never lets a pod go makes every drain of a node, and with it every upgrade of the cluster, wait for ever.",
  fix: "let one pod go at a time: maxUnavailable: 1, or more replicas than minAvailable",
  link: "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets",
  find: (world) => world.of("policy", "PodDisruptionBudget").flatMap((budget) => ofBudget(world, budget)),
};

/** Kinds whose pods a drain moves, and of which the number is known. */
const scaled = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

function ofBudget(world: World, budget: KubernetesObject): readonly Found[] {
  const spec = at(nodeOf(budget), "spec");
  const [most, least] = [at(spec, "maxUnavailable"), at(spec, "minAvailable")];
  const selector = at(spec, "selector");
  const pods = world.podsIn(namespaceOf(budget)).filter(({ labels }) => selects(selector, labels));
  if (pods.length === 0) return [];
  if (isThere(most)) return amountOf(most, 100) === 0 ? [found(most, "it never lets a pod go")] : [];
  if (!isThere(least) || !pods.every(({ object }) => scaled.has(object.kind))) return [];
  const replicas = pods.reduce((sum, { object }) => sum + replicasOf(world, object).fewest, 0);
  if (replicas === 0 || amountOf(least, replicas) < replicas) return [];
  const there = replicas === 1 ? "there is only one" : `there are only ${replicas}`;
  const kept = plainText(least.value);
  return [
    found(least, `it keeps ${kept} ${kept.endsWith("%") ? "of the " : ""}pods, and ${there}: none may go`),
  ];
}

/** A number, or a percentage of one, which Kubernetes rounds up. */
function amountOf(node: Node, whole: number): number {
  if (typeof node.value === "number") return node.value;
  const percent = /^(\d+)%$/.exec(textAt(node) ?? "")?.[1];
  return percent === undefined ? Number.NaN : Math.ceil((Number(percent) * whole) / 100);
}
