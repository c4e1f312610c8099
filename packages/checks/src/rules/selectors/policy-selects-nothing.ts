import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { nameLabel } from "../../network/endpoint.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { misspelt } from "../../objects/near.ts";
import { at, elements, fieldNodes, nodeOf, textAt } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";
import { labelsThere, selectsNothing } from "./nothing-selected.ts";

export const policySelectsNothing: Rule = {
  code: "policy-selects-nothing",
  severity: "warning",
  why: "A NetworkPolicy whose podSelector fits no pod neither isolates anything nor lets anything through.",
  fix: "select by labels that the pods have; where something adds the label to pods that run, say so as the reason to ignore this",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource",
  find: (world) => [
    ...world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => {
      const selector = at(nodeOf(policy), "spec", "podSelector");
      const namespace = namespaceOf(policy);
      if (!selectsNothing(world, namespace, selector, (labels) => selects(selector, labels))) return [];
      const names = [
        ...fieldNodes(at(selector, "matchLabels")).map(([name]) => name),
        ...elements(at(selector, "matchExpressions")).flatMap((each) => textAt(at(each, "key")) ?? []),
      ];
      return [found(selector, `it selects no pod in ${namespace}: ${labelsThere(world, namespace, names)}`)];
    }),
    ...world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => misspeltPeers(world, policy)),
  ],
};

/** Peers by the name of a namespace that is not here, where one of nearly that name is. */
function misspeltPeers(world: World, policy: KubernetesObject): readonly Found[] {
  const spec = at(nodeOf(policy), "spec");
  const peers = [
    ...elements(at(spec, "ingress")).flatMap((rule) => elements(at(rule, "from"))),
    ...elements(at(spec, "egress")).flatMap((rule) => elements(at(rule, "to"))),
  ];
  const names = world.of("", "Namespace").map(({ metadata }) => metadata.name);
  return peers.flatMap((peer) => {
    const node = at(peer, "namespaceSelector", "matchLabels", nameLabel);
    const name = textAt(node) ?? "";
    const meant = names.includes(name) ? undefined : misspelt(name, names);
    if (meant === undefined) return [];
    return [
      found(node, `there is no namespace ${name} here`, {
        severity: "error",
        fix: `did you mean "${meant}"?`,
      }),
    ];
  });
}
