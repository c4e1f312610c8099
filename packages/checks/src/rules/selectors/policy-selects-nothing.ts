import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { nameLabel } from "../../network/endpoint.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { misspelt } from "../../objects/near.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { selects } from "../../objects/selector.ts";
import { labelsThere, misspeltLabel, selectsNothing } from "./nothing-selected.ts";

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
    ...world
      .of("networking.k8s.io", "NetworkPolicy")
      .flatMap((policy) =>
        peersOf(policy).flatMap((peer) => [
          ...misspeltNamespace(world, peer),
          ...misspeltPods(world, peer, namespaceOf(policy)),
        ]),
      ),
  ],
};

/** The entries of `from` and `to` of all rules. */
function peersOf(policy: KubernetesObject): readonly Node[] {
  const spec = at(nodeOf(policy), "spec");
  return [
    ...elements(at(spec, "ingress")).flatMap((rule) => elements(at(rule, "from"))),
    ...elements(at(spec, "egress")).flatMap((rule) => elements(at(rule, "to"))),
  ];
}

/** A peer by the name of a namespace that is not here, where one of nearly that name is. */
function misspeltNamespace(world: World, peer: Node): readonly Found[] {
  const names = world.of("", "Namespace").map(({ metadata }) => metadata.name);
  const node = at(peer, "namespaceSelector", "matchLabels", nameLabel);
  const name = textAt(node) ?? "";
  const meant = names.includes(name) ? undefined : misspelt(name, names);
  if (meant === undefined) return [];
  return [
    found(node, `there is no namespace ${name} here`, { severity: "error", fix: `did you mean "${meant}"?` }),
  ];
}

/** A peer by labels that no pod of its namespace has, where one has nearly those; of other labels, pods may come later. */
function misspeltPods(world: World, peer: Node, own: string): readonly Found[] {
  const [pods, namespaces] = [at(peer, "podSelector"), at(peer, "namespaceSelector")];
  const namespace = isThere(namespaces) ? textAt(at(namespaces, "matchLabels", nameLabel)) : own;
  if (namespace === undefined || world.podsIn(namespace).some(({ labels }) => selects(pods, labels)))
    return [];
  const slip = misspeltLabel(world, namespace, pods);
  if (slip === undefined) return [];
  return [
    found(slip.node, `no pod in ${namespace} has this label`, {
      severity: "error",
      fix: `did you mean "${slip.meant}"?`,
    }),
  ];
}
