import ipaddr from "ipaddr.js";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, mapAt, nodeOf, type Node } from "../objects/node.ts";
import { podOf, type Pod } from "../objects/pod.ts";
import { maySelect, type LabelMap } from "../objects/selector.ts";
import { ofKind } from "../objects/kubernetes-object.ts";

/**
 * One side of a connection: a pod, or those that a workload makes, or an address outside of the cluster; of a destination,
 * also a Service that selects no pods, of which nothing says what is behind it.
 */
export type Endpoint =
  | {
      readonly pod: KubernetesObject;
      /** Where it is known, as of a pod that runs. */
      readonly address?: string;
    }
  | { readonly address: string }
  | { readonly service: KubernetesObject };

/** An endpoint, with what policies look at. */
export interface Peer {
  readonly pod?: Pod;
  readonly namespaceLabels: LabelMap;
  /** Whether these are all: the namespace is among the objects. */
  readonly isNamespaceKnown: boolean;
  readonly address?: string;
}

/**
 * What policies see of an endpoint.
 *
 * @throws {TypeError} for an object that makes no pods, and for an address that is none.
 */
export function peerOf(objects: readonly KubernetesObject[], endpoint: Endpoint): Peer {
  if ("service" in endpoint) return { namespaceLabels: new Map(), isNamespaceKnown: false };
  const { address } = endpoint;
  if (address !== undefined && !isWritten(address))
    throw new TypeError(
      `got the address ${JSON.stringify(address)}: expected one such as "10.0.0.1" or "fd00::1"`,
    );
  const known = address !== undefined && { address };
  if (!("pod" in endpoint)) return { namespaceLabels: new Map(), isNamespaceKnown: true, ...known };
  const pod = podOf(endpoint.pod);
  if (pod === undefined)
    throw new TypeError(
      `${endpoint.pod.kind}/${endpoint.pod.metadata.name} makes no pods: expected a Pod, or a workload with a template of pods`,
    );
  const namespace = ofKind(objects, "", "Namespace").find(({ metadata }) => metadata.name === pod.namespace);
  const namespaceLabels = labelsOfNamespace(pod.namespace, namespace);
  return { pod, namespaceLabels, isNamespaceKnown: namespace !== undefined, ...known };
}

/** Whether a text is an address as Kubernetes takes it: other readers take `10.1` and octal numbers as well. */
const isWritten = (address: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(address) || (address.includes(":") && ipaddr.IPv6.isValid(address));

/** Whether a pod calls itself; those of a workload are several. */
export const isItself = (from: Peer, to: Peer): boolean =>
  from.pod?.object.kind === "Pod" && from.pod.object === to.pod?.object;

/** The label by which the API server says the name of a namespace. */
export const nameLabel = "kubernetes.io/metadata.name";

/** The labels of a namespace, with the one that the API server gives to each. */
export const labelsOfNamespace = (name: string, namespace: KubernetesObject | undefined): LabelMap =>
  new Map([...(namespace ? mapAt(at(nodeOf(namespace), "metadata", "labels")) : []), [nameLabel, name]]);

/** Whether a selector selects the namespace of a pod; of one that is not among the objects, only its name is known. */
export const selectsNamespace = (selector: Node, peer: Peer): boolean | "unknown" =>
  maySelect(selector, peer.namespaceLabels, (name) => peer.isNamespaceKnown || name === nameLabel);

/** Whether two texts are the same address; one that cannot be read is none. */
export function isSameAddress(address: string, other: string): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValid(other)) return false;
  return ipaddr.process(address).toNormalizedString() === ipaddr.process(other).toNormalizedString();
}

/** Whether an address lies in a block such as `10.0.0.0/8`; in one that cannot be read lies none. */
export function isIn(address: string, block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [parsed, [start, bits]] = [ipaddr.process(address), ipaddr.parseCIDR(block)];
  return parsed.kind() === start.kind() && parsed.match(start, bits);
}
