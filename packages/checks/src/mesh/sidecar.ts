import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { hasLabels } from "../objects/selector.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import { meshDefaults } from "./defaults.ts";
import type { Registration } from "./registry.ts";

/** What the Sidecars make of what a pod calls. */
export interface SidecarScope {
  /** The listeners for what goes out; undefined where every destination is known. */
  readonly egress?: Node;
  /** What happens with unknown destinations; undefined where they are let through. */
  readonly registryOnly?: Node;
  readonly unknown: readonly Reason[];
}

/**
 * What the Sidecars say of a pod: one that selects it, or else that of its namespace, or else that of the root namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export function sidecarScope(objects: readonly KubernetesObject[], pod: Pod): SidecarScope {
  const sidecars = ofKind(objects, "networking.istio.io", "Sidecar");
  const within = (namespace: string): readonly KubernetesObject[] =>
    sidecars.filter((each) => namespaceOf(each) === namespace);
  const levels = [
    within(pod.namespace).filter((each) => !forAll(each) && hasLabels(pod.labels, sidecarLabels(each))),
    within(pod.namespace).filter(forAll),
    within(meshDefaults.rootNamespace).filter(forAll),
  ].filter((level) => level.length > 0);
  const [[first, ...others] = []] = levels;
  if (first === undefined) return { unknown: [] };
  const egress = levels
    .flatMap(([each]) => (each ? [at(nodeOf(each), "spec", "egress")] : []))
    .find((each) => elements(each).length > 0);
  const policy = at(nodeOf(first), "spec", "outboundTrafficPolicy");
  // The mode that a policy has without one is the first of the enumeration.
  const drops = isThere(policy) && (textAt(at(policy, "mode")) ?? "REGISTRY_ONLY") === "REGISTRY_ONLY";
  const text = `which of several Sidecars counts is undefined: ${first.metadata.name} is taken`;
  return {
    ...(egress && { egress }),
    ...(drops && { registryOnly: policy }),
    unknown: others.map((each) => reason(nodeOf(each), text)),
  };
}

const sidecarLabels = (sidecar: KubernetesObject): Node =>
  at(nodeOf(sidecar), "spec", "workloadSelector", "labels");

const forAll = (sidecar: KubernetesObject): boolean => fieldNodes(sidecarLabels(sidecar)).length === 0;

/** The entry of `hosts` by which a pod's proxy knows a registration; undefined where it does not. */
export function importingHost(
  { egress }: SidecarScope,
  registration: Registration,
  namespace: string,
): Node | undefined {
  if (!isExported(registration, namespace)) return undefined;
  if (egress === undefined) return nodeOf(registration.object);
  const listeners = elements(egress);
  // A listener for the port goes before those for every port.
  const ofPort = listeners.filter((each) => listenerPort(each) === registration.port);
  const chosen = ofPort.length > 0 ? ofPort : listeners.filter((each) => listenerPort(each) === undefined);
  const hosts = chosen.flatMap((each) => elements(at(each, "hosts")));
  const matching = (excluding: boolean): Node | undefined =>
    hosts.find((each) => isExclusion(each) === excluding && selectsHost(each, registration, namespace));
  return matching(true) === undefined ? matching(false) : undefined;
}

const listenerPort = (listener: Node): unknown => at(listener, "port", "number").value;

function isExported({ exportTo, namespace: own }: Registration, namespace: string): boolean {
  if (exportTo.length === 0) return true;
  return exportTo.some((each) => each === "*" || each === namespace || (each === "." && own === namespace));
}

const isExclusion = (host: Node): boolean => textAt(host)?.startsWith("~") === true;

/** Whether an entry, as `namespace/name`, or `~namespace/name` for what it leaves out, means a registration. */
function selectsHost(host: Node, { hosts, namespace: own }: Registration, namespace: string): boolean {
  const [given = "", name = ""] = (textAt(host) ?? "").replace(/^~/, "").split("/");
  // What is left of a bare `~` is any namespace.
  const wanted = given === "." ? namespace : given || "*";
  if (wanted !== "*" && wanted !== own) return false;
  return hosts.some((each) => isHostMatch(name, each));
}

/** Whether a name, with a wildcard in its first part at most, means a host. */
function isHostMatch(name: string, host: string): boolean {
  if (name === "*" || name === host) return true;
  return name.startsWith("*.") && host.endsWith(name.slice(1));
}
