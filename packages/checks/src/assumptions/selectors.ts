import type { World } from "../findings/world.ts";
import { labelsOfNamespace, nameLabel } from "../network/endpoint.ts";
import { policyTypesOf } from "../network/network-policy.ts";
import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { printedSelector, selects } from "../objects/selector.ts";
import { needs, type Assumption } from "./assumption.ts";
import { isOfClusters, namespaceNeed } from "./namespaces.ts";

/** What the selectors of NetworkPolicies are for, and is not among the objects. */
export function bySelectors(world: World): readonly Assumption[] {
  const policies = world.of("networking.k8s.io", "NetworkPolicy");
  return policies.flatMap((policy) => [
    needs(nodeOf(policy), { code: "network-policies" }, "without it, the policy does nothing"),
    ...sidesOf(policy).flatMap((peer) => ofPeer(world, policy, peer)),
  ]);
}

function sidesOf(policy: KubernetesObject): readonly Node[] {
  const spec = at(nodeOf(policy), "spec");
  const types = policyTypesOf(spec);
  return [
    ...(types.includes("Ingress") ? elements(at(spec, "ingress")).map((rule) => at(rule, "from")) : []),
    ...(types.includes("Egress") ? elements(at(spec, "egress")).map((rule) => at(rule, "to")) : []),
  ].flatMap(elements);
}

function ofPeer(world: World, policy: KubernetesObject, peer: Node): readonly Assumption[] {
  const [spaces, pods] = [at(peer, "namespaceSelector"), at(peer, "podSelector")];
  const own = namespaceOf(policy);
  const isInSpace = (name: string): boolean =>
    isThere(spaces) ? selects(spaces, labelsOfNamespace(name, world.namespace(name))) : name === own;
  return [...ofNamespaces(world, spaces), ...ofPods(world, pods, spaces, own, isInSpace)];
}

function ofNamespaces(world: World, selector: Node): readonly Assumption[] {
  const said = isThere(selector) ? printedSelector(selector) : "";
  if (
    said === "" ||
    world
      .of("", "Namespace")
      .some(({ metadata: { name } }) => selects(selector, labelsOfNamespace(name, world.namespace(name))))
  )
    return [];
  const name = namespaceName(selector);
  if (name === undefined) return [needs(selector, { code: "namespaces", selector: said }, "it is for these")];
  return isOfClusters(name) ? [] : [needs(selector, namespaceNeed(name), "it is for this one")];
}

function ofPods(
  world: World,
  selector: Node,
  spaces: Node,
  own: string,
  isInSpace: (namespace: string) => boolean,
): readonly Assumption[] {
  const said = isThere(selector) ? printedSelector(selector) : "";
  const isMeant = ({ namespace, labels }: Pod): boolean => isInSpace(namespace) && selects(selector, labels);
  if (said === "" || world.pods.some(isMeant)) return [];
  const name = isThere(spaces) ? namespaceName(spaces) : own;
  const namespaces = isThere(spaces) ? printedSelector(spaces) : "";
  const where = name === undefined ? (namespaces === "" ? {} : { namespaces }) : { namespace: name };
  return [needs(selector, { code: "pods", selector: said, ...where }, "it is for these")];
}

/** The name of a namespace, where a selector asks for nothing else. */
function namespaceName(selector: Node): string | undefined {
  const labels = fieldNodes(at(selector, "matchLabels"));
  const [[name, node] = []] = labels;
  if (labels.length !== 1 || name !== nameLabel || elements(at(selector, "matchExpressions")).length > 0)
    return undefined;
  return node && textAt(node);
}
