import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { byMesh } from "../mesh/by-mesh.ts";
import { at, isThere, nodeOf } from "../objects/node.ts";
import { reason, united, type OpenVerdict } from "../objects/verdict.ts";
import { peerOf, type Endpoint } from "../network/endpoint.ts";
import { byNetworkPolicies } from "../network/network-policy.ts";
import type { Protocol } from "../network/policy-port.ts";

/** A connection: from where, to which port of what. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port of the pod itself, whatever that of a Service before it is. */
  readonly port: number;
  /** TCP, unless it is said. */
  readonly protocol?: Protocol;
}

/** What there is to say of a destination of which nobody knows what it is. */
function behind(service: KubernetesObject): OpenVerdict {
  const spec = at(nodeOf(service), "spec");
  const name = at(spec, "externalName");
  const unknown = isThere(name)
    ? reason(name, "it leads to whatever this name resolves to")
    : reason(at(spec, "selector"), "it selects no pods, and no EndpointSlice says where it leads");
  return { allowed: true, because: [], unknown: [unknown] };
}

const protocols: readonly Protocol[] = ["TCP", "UDP", "SCTP"];

/**
 * Whether a connection gets through, by the NetworkPolicies among the objects, and then by Istio's own. A pod's namespace
 * has the labels of the Namespace among them; without one, what its labels decide is unknown.
 *
 * What lets it through is a rule, or the entry of its `from` or `to`, on each side that a policy selects; what does not, are
 * the policies that select the side. A block of addresses means a pod only where its address is given, and is else unknown.
 *
 * Where the pods have proxies of the mesh, that of the source has to know the destination or let through what it does not,
 * and that of the destination has to take what comes.
 *
 * @throws {TypeError} for an object that makes no pods, and for an address, a port or a protocol that is none.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @see https://istio.io/latest/docs/reference/config/
 * @example
 * reach(objects, { from: { pod: operator }, to: { pod: postgres }, port: 5432 });
 * // { allowed: false, because: [{ object: policy, path: "spec.ingress", text: "it selects the destination, and …" }], … }
 */
export function reach(
  objects: readonly KubernetesObject[],
  { from, to, port, protocol = "TCP" }: Connection,
): OpenVerdict {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new TypeError(`got the port ${JSON.stringify(port)}: expected a whole number from 1 to 65535`);
  if (!protocols.includes(protocol))
    throw new TypeError(
      `got the protocol ${JSON.stringify(protocol)}: expected one of: ${protocols.join(", ")}`,
    );
  const [source, destination] = [peerOf(objects, from), peerOf(objects, to)];
  const byPolicies = byNetworkPolicies(objects, source, destination, { port, protocol });
  if ("service" in to) return united([byPolicies, behind(to.service)]);
  return united([byPolicies, byMesh(objects, source, destination, { port, protocol })]);
}
