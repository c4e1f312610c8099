import type { World } from "../../findings/world.ts";
import { isolates } from "../../network/network-policy.ts";
import type { Protocol } from "../../network/policy-port.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import {
  at,
  elements,
  fieldNodes,
  isThere,
  mapAt,
  nodeOf,
  textAt,
  textsAt,
  type Node,
} from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { maySelect } from "../../objects/selector.ts";

/** Something outside of the objects that a pod calls. */
export interface Outside {
  /** The namespace of its pods; undefined for what is no pod. */
  readonly namespace?: string;
  /** Any of these; undefined for whatever port it has. */
  readonly ports?: readonly number[];
  readonly protocol: Protocol;
  /** Whether its address is in a range that is kept for private networks. */
  readonly isPrivate?: boolean;
}

/** The policies that isolate what a pod sends; none where it sends to everything. */
export const egressPolicies = (world: World, pod: Pod): readonly KubernetesObject[] =>
  world.of("networking.k8s.io", "NetworkPolicy").filter((policy) => isolates(policy, pod, "Egress"));

/** The policies that isolate what a pod receives; none where everything reaches it. */
export const ingressPolicies = (world: World, pod: Pod): readonly KubernetesObject[] =>
  world.of("networking.k8s.io", "NetworkPolicy").filter((policy) => isolates(policy, pod, "Ingress"));

/** The rules by which pods send. */
export const egressRules = (policies: readonly KubernetesObject[]): readonly Node[] =>
  policies.flatMap((policy) => elements(at(nodeOf(policy), "spec", "egress")));

/**
 * Whether a rule of the policies may let something out. Of pods that are not among the objects only the namespace is known,
 * and of what is no pod not even the address, so that every doubt counts as a yes.
 */
export function mayLetOut(world: World, policies: readonly KubernetesObject[], to: Outside): boolean {
  return policies.some((policy) =>
    egressRules([policy]).some((rule) => hasPort(rule, to) && mayMean(world, rule, namespaceOf(policy), to)),
  );
}

function hasPort(rule: Node, { ports: wanted, protocol }: Outside): boolean {
  const ports = elements(at(rule, "ports"));
  return (
    ports.length === 0 ||
    ports.some((entry) => {
      if ((textAt(at(entry, "protocol")) ?? "TCP") !== protocol) return false;
      const { value: first } = at(entry, "port");
      if (typeof first !== "number" || wanted === undefined) return true;
      const { value: last = first } = at(entry, "endPort");
      return wanted.some((port) => first <= port && typeof last === "number" && port <= last);
    })
  );
}

function mayMean(world: World, rule: Node, own: string, { namespace, isPrivate }: Outside): boolean {
  const entries = elements(at(rule, "to"));
  return (
    entries.length === 0 ||
    entries.some((entry) => {
      const block = at(entry, "ipBlock");
      if (isThere(block)) return !isPrivate || !isPublicAlone(block);
      const namespaces = at(entry, "namespaceSelector");
      if (!isThere(namespaces)) return namespace === own;
      return namespace === undefined || maySelectNamespace(world, namespaces, namespace);
    })
  );
}

/** Whether a selector may mean a namespace: of one that is not among the objects, only its name is known. */
export function maySelectNamespace(world: World, selector: Node, name: string): boolean {
  const namespace = world.namespace(name);
  const nameLabel = "kubernetes.io/metadata.name";
  const labels = new Map([
    ...(namespace ? mapAt(at(nodeOf(namespace), "metadata", "labels")) : []),
    [nameLabel, name],
  ]);
  return maySelect(selector, labels, (label) => namespace !== undefined || label === nameLabel) !== false;
}

/** @see https://www.rfc-editor.org/rfc/rfc1918 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Whether a block leaves all private networks out. */
const isPublicAlone = (block: Node): boolean => {
  const except = textsAt(at(block, "except"));
  return privateRanges.every((range) => except.includes(range));
};

/**
 * Whether a rule lets something out that is called by a name: to pods, behind Services, or at some port to anywhere.
 *
 * @param byAddress the ports of what is called by address.
 */
export function callsByName(rule: Node, byAddress: readonly number[]): boolean {
  const to = elements(at(rule, "to"));
  if (to.some((entry) => fieldNodes(entry).some(([name]) => name !== "ipBlock"))) return true;
  const isAnywhere =
    to.length === 0 || to.some((entry) => textAt(at(entry, "ipBlock", "cidr"))?.endsWith("/0"));
  const ports = elements(at(rule, "ports")).map((entry) => at(entry, "port").value);
  return (
    isAnywhere &&
    (ports.length === 0 || ports.some((port) => typeof port !== "number" || !byAddress.includes(port)))
  );
}
