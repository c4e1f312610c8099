import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textsAt, type Node } from "../objects/node.ts";
import { selects } from "../objects/selector.ts";
import { reason, united, type OpenVerdict, type Reason } from "../objects/verdict.ts";
import type { Pod } from "../objects/pod.ts";
import { isItself, type Peer } from "./endpoint.ts";
import { isPeer } from "./policy-peer.ts";
import { isPolicyPort, type Port } from "./policy-port.ts";

/** A side of a connection, as the policies see it that select the pod on that side. */
interface Direction {
  readonly type: "Ingress" | "Egress";
  readonly rules: "ingress" | "egress";
  readonly peers: "from" | "to";
  /** What the policies select. */
  readonly subject: Peer;
  readonly other: Peer;
}

/**
 * What the NetworkPolicies say of a connection: those that select its source of what leaves that, and those that select its
 * destination of what comes in. Policies add up: each side is free without any, and else needs a rule of one of them.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function byNetworkPolicies(
  objects: readonly KubernetesObject[],
  from: Peer,
  to: Peer,
  port: Port,
): OpenVerdict {
  // A pod cannot block access to itself.
  if (from.pod && isItself(from, to))
    return { allowed: true, because: [reason(from.pod.spec, "a pod always reaches itself")], unknown: [] };
  return united([
    sideOf(objects, { type: "Egress", rules: "egress", peers: "to", subject: from, other: to }, to, port),
    sideOf(objects, { type: "Ingress", rules: "ingress", peers: "from", subject: to, other: from }, to, port),
  ]);
}

function sideOf(
  objects: readonly KubernetesObject[],
  direction: Direction,
  destination: Peer,
  port: Port,
): OpenVerdict {
  const { type, subject } = direction;
  if (subject.pod && at(subject.pod.spec, "hostNetwork").value === true) {
    const text = "whether policies mean a pod in the network of its node depends on the network plugin";
    return { allowed: true, because: [], unknown: [reason(at(subject.pod.spec, "hostNetwork"), text)] };
  }
  const policies = ofKind(objects, "networking.k8s.io", "NetworkPolicy").filter((policy) =>
    subject.pod ? isolates(policy, subject.pod, type) : false,
  );
  const unknown: Reason[] = [];
  for (const policy of policies) {
    const found = ruleThatLets(policy, direction, destination, port);
    if (found?.match === true)
      return {
        allowed: true,
        because: [reason(found.node, `this lets it ${type === "Egress" ? "out" : "in"}`)],
        unknown: [],
      };
    if (found) unknown.push(reason(found.node, unknownPeer));
  }
  return {
    allowed: policies.length === 0,
    because: policies.map((policy) => refusal(policy, direction)),
    unknown,
  };
}

const unknownPeer =
  "whether it means the pod depends on its address, or on the labels of its namespace, of which the objects do not say";

function refusal(policy: KubernetesObject, { type, rules }: Direction): Reason {
  const node = at(nodeOf(policy), "spec", rules);
  const [side, way] = type === "Egress" ? ["source", "out"] : ["destination", "in"];
  return reason(node, `it selects the ${side}, and has no rule that lets this ${way}`);
}

/** Whether a policy selects a pod, and is about a direction: what goes that way then needs a rule. */
export function isolates(policy: KubernetesObject, pod: Pod, type: "Ingress" | "Egress"): boolean {
  const spec = at(nodeOf(policy), "spec");
  if (namespaceOf(policy) !== pod.namespace) return false;
  return selects(podSelectorOf(spec), pod.labels) && policyTypesOf(spec).includes(type);
}

/** One that is left out is empty, and selects every pod. */
function podSelectorOf(spec: Node): Node {
  const selector = at(spec, "podSelector");
  return isThere(selector) ? selector : { ...selector, value: {} };
}

/** Without types, a policy is about what comes in, and if it has a rule for that, about what goes out. */
export function policyTypesOf(spec: Node): readonly string[] {
  const types = textsAt(at(spec, "policyTypes"));
  if (types.length > 0) return types;
  return elements(at(spec, "egress")).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

/** What lets the connection through, or may. */
interface MatchedRule {
  readonly match: true | "unknown";
  readonly node: Node;
}

function ruleThatLets(
  policy: KubernetesObject,
  { rules, peers, other }: Direction,
  destination: Peer,
  port: Port,
): MatchedRule | undefined {
  const matches = elements(at(nodeOf(policy), "spec", rules)).flatMap((rule): readonly MatchedRule[] => {
    const ports = elements(at(rule, "ports"));
    if (ports.length > 0 && !ports.some((entry) => isPolicyPort(entry, port, destination))) return [];
    const entries = elements(at(rule, peers));
    if (entries.length === 0) return [{ match: true, node: rule }];
    return entries.flatMap((node) => {
      const match = isPeer(node, other, namespaceOf(policy));
      return match === false ? [] : [{ match, node }];
    });
  });
  return matches.find(({ match }) => match === true) ?? matches[0];
}
