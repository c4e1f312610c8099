import { found, type Rule } from "../../findings/rule.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, nodeOf, textAt } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";
import { labelsThere, selectsNothing } from "./nothing-selected.ts";

export const policySelectsNothing: Rule = {
  code: "policy-selects-nothing",
  severity: "warning",
  why: "A NetworkPolicy whose podSelector fits no pod neither isolates anything nor lets anything through.",
  fix: "select by labels that the pods have; where something adds the label to pods that run, say so as the reason to ignore this",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource",
  find: (world) =>
    world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => {
      const selector = at(nodeOf(policy), "spec", "podSelector");
      const namespace = namespaceOf(policy);
      if (!selectsNothing(world, namespace, selector, (labels) => selects(selector, labels))) return [];
      const names = [
        ...fieldNodes(at(selector, "matchLabels")).map(([name]) => name),
        ...elements(at(selector, "matchExpressions")).flatMap((each) => textAt(at(each, "key")) ?? []),
      ];
      return [found(selector, `it selects no pod in ${namespace}: ${labelsThere(world, namespace, names)}`)];
    }),
};
