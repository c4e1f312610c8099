import { found, type Rule } from "../../findings/rule.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";
import { labelsThere, selectsNothing } from "./nothing-selected.ts";

export const budgetSelectsNothing: Rule = {
  code: "budget-selects-nothing",
  severity: "warning",
  why: "A PodDisruptionBudget whose selector fits no pod protects nothing: a drain may take all pods at once.",
  fix: "copy into spec.selector.matchLabels the labels of the template whose pods are to be kept",
  link: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  find: (world) =>
    world.of("policy", "PodDisruptionBudget").flatMap((budget) => {
      const selector = at(nodeOf(budget), "spec", "selector");
      const namespace = namespaceOf(budget);
      if (!selectsNothing(world, namespace, selector, (labels) => selects(selector, labels))) return [];
      const names = fieldNodes(at(selector, "matchLabels")).map(([name]) => name);
      return [found(selector, `it selects no pod in ${namespace}: ${labelsThere(world, namespace, names)}`)];
    }),
};
