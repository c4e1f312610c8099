import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { OpenVerdict } from "../objects/verdict.ts";
import { peerOf, type Endpoint } from "./endpoint.ts";
import { byNetworkPolicies } from "./network-policy.ts";
import type { Protocol } from "./policy-port.ts";

/** A connection: from where, to which port of what. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port of the pod itself, whatever that of a Service before it is. */
  readonly port: number;
  /** TCP, unless it is said. */
  readonly protocol?: Protocol;
}

/**
 * Whether a connection gets through, by the NetworkPolicies among the objects. A pod's namespace has the labels of the
 * Namespace among them.
 *
 * What lets it through is a rule, or the entry of its `from` or `to`, on each side that a policy selects; what does not, are
 * the policies that select the side. A block of addresses means a pod only where its address is given, and is else unknown.
 *
 * @throws {TypeError} for an object that makes no pods, and for an address that is none.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * reach(objects, { from: { pod: operator }, to: { pod: postgres }, port: 5432 });
 * // { allowed: false, because: [{ object: policy, path: "spec.ingress", text: "it selects the destination, and …" }], … }
 */
export function reach(
  objects: readonly KubernetesObject[],
  { from, to, port, protocol = "TCP" }: Connection,
): OpenVerdict {
  return byNetworkPolicies(objects, peerOf(objects, from), peerOf(objects, to), { port, protocol });
}
