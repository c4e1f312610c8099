import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { peerOf, type Peer } from "../../network/endpoint.ts";
import { byNetworkPolicies, isolates } from "../../network/network-policy.ts";
import { isPeer } from "../../network/policy-peer.ts";
import { portsNamed, type Port, type Protocol } from "../../network/policy-port.ts";
import { kubectlName, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { printedReason } from "../../objects/verdict.ts";
import { ingressPolicies } from "./outward.ts";

export const policiesDisagree: Rule = {
  code: "policies-disagree",
  severity: "error",
  why: "A connection takes both sides: where the policies of the source let it out to certain pods, and theirs do not let it in, it times out.",
  fix: "let it in where the destination is isolated as well, or take the rule out",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation",
  find: (world) => {
    const peers = new Map(
      world.pods.map((pod) => [pod, { ...peerOf(world.objects, { pod: pod.object }), pod }] as const),
    );
    const isolated = world.pods.filter((pod) => ingressPolicies(world, pod).length > 0);
    if (isolated.length === 0) return [];
    return world
      .of("networking.k8s.io", "NetworkPolicy")
      .flatMap((policy) => ofPolicy(world, policy, peers, isolated));
  },
};

type Peers = ReadonlyMap<Pod, Peer>;

/** The entries of a policy's `to` that mean certain pods, none of which lets anything in that the policy lets out to it. */
function ofPolicy(
  world: World,
  policy: KubernetesObject,
  peers: Peers,
  isolated: readonly Pod[],
): readonly Found[] {
  const entries = elements(at(nodeOf(policy), "spec", "egress")).flatMap((rule) =>
    elements(at(rule, "to"))
      .filter((entry) => fieldNodes(at(entry, "podSelector")).length > 0)
      .map((entry) => ({ rule, entry })),
  );
  if (entries.length === 0) return [];
  const namespace = namespaceOf(policy);
  const sources = world.podsIn(namespace).filter((pod) => isolates(policy, pod, "Egress"));
  const [source] = sources;
  if (source === undefined) return [];
  const policies = world.of("networking.k8s.io", "NetworkPolicy");
  return entries.flatMap(({ rule, entry }) => {
    const near = isThere(at(entry, "namespaceSelector")) ? world.pods : world.podsIn(namespace);
    const meant = near.filter((pod) => isMeant(entry, peers.get(pod), namespace));
    const [destination] = meant;
    // Of pods that are free, or several of which some let it in, the rule does something.
    if (destination === undefined || !meant.every((pod) => isolated.includes(pod))) return [];
    const refusal = refusalOf(policies, rule, sources, meant, peers);
    if (refusal === undefined) return [];
    const what = `it lets ${kubectlName(source.object)} out to ${kubectlName(destination.object)}, which does not let it in: ${refusal}`;
    return [found(entry, what)];
  });
}

const isMeant = (entry: Node, peer: Peer | undefined, namespace: string): boolean =>
  peer !== undefined && isPeer(entry, peer, namespace) === true;

/** Why no connection gets through from any of the sources to any of the destinations; undefined where one does, or may. */
function refusalOf(
  policies: readonly KubernetesObject[],
  rule: Node,
  sources: readonly Pod[],
  meant: readonly Pod[],
  peers: Peers,
): string | undefined {
  let first: string | undefined;
  for (const source of sources)
    for (const destination of meant) {
      const [from, to] = [peers.get(source), peers.get(destination)];
      if (from === undefined || to === undefined || source.object === destination.object) return undefined;
      const ports = portsOf(rule, to);
      if (ports.length === 0) return undefined;
      for (const port of ports) {
        const { allowed, unknown, because } = byNetworkPolicies(policies, from, to, port);
        if (allowed || unknown.length > 0) return undefined;
        first ??= because.map(printedReason).join("; ");
      }
    }
  return first;
}

/** The ports of a pod that a rule is for; without any, those that it declares. */
function portsOf(rule: Node, to: Peer): readonly Port[] {
  const entries = elements(at(rule, "ports"));
  if (entries.length === 0) return declaredPorts(to);
  return entries.flatMap((entry) => {
    const protocol = protocolOf(entry);
    const port = at(entry, "port");
    if (!isThere(port)) return declaredPorts(to);
    const numbers = typeof port.value === "number" ? [port.value] : portsNamed(to, port.value, protocol);
    return numbers.flatMap((number) => (typeof number === "number" ? [{ port: number, protocol }] : []));
  });
}

const declaredPorts = ({ pod }: Peer): readonly Port[] =>
  (pod ? elements(at(pod.spec, "containers")) : [])
    .flatMap((container) => elements(at(container, "ports")))
    .flatMap((entry) => {
      const { value: port } = at(entry, "containerPort");
      return typeof port === "number" ? [{ port, protocol: protocolOf(entry) }] : [];
    });

const protocolOf = (node: Node): Protocol => {
  const text = textAt(at(node, "protocol"));
  return text === "UDP" || text === "SCTP" ? text : "TCP";
};
