import { found, type Rule } from "../../findings/rule.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf } from "../../objects/node.ts";
import { hasLabels } from "../../objects/selector.ts";
import { labelsThere, selectsNothing } from "./nothing-selected.ts";

export const serviceSelectsNothing: Rule = {
  code: "service-selects-nothing",
  severity: "warning",
  why: "A Service whose selector fits no pod has no endpoints: every connection to it is refused.",
  fix: "copy into spec.selector the labels of the template whose pods are to be reached",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes",
  find: (world) =>
    world.of("", "Service").flatMap((service) => {
      const selector = at(nodeOf(service), "spec", "selector");
      const namespace = namespaceOf(service);
      if (!selectsNothing(world, namespace, selector, (labels) => hasLabels(labels, selector))) return [];
      const names = fieldNodes(selector).map(([name]) => name);
      return [found(selector, `it selects no pod in ${namespace}: ${labelsThere(world, namespace, names)}`)];
    }),
};
