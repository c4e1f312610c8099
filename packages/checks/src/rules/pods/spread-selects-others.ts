import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";

export const spreadSelectsOthers: Rule = {
  code: "spread-selects-others",
  severity: "warning",
  why: "A topology spread constraint counts the pods that its selector selects. Where the pod's own are not among them, these are put anywhere, be it all on one node.",
  fix: "copy into labelSelector the labels of the template",
  link: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  find: (world) =>
    world.pods.flatMap((pod) =>
      elements(at(pod.spec, "topologySpreadConstraints")).flatMap((constraint) => {
        const selector = at(constraint, "labelSelector");
        if (!isThere(selector) || selects(selector, pod.labels)) return [];
        const labels = [...pod.labels].map(([name, value]) => `${name}=${value}`).join(", ");
        return [
          found(selector, `it does not select the pods themselves, which have ${labels || "no label"}`),
        ];
      }),
    ),
};
