import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { hasLabels } from "../objects/selector.ts";
import { portsNamed } from "./policy-port.ts";

/** A pod that a Service leads to; undefined where it selects none of them. */
export function podBehind(pods: readonly Pod[], service: KubernetesObject): Pod | undefined {
  const selector = at(nodeOf(service), "spec", "selector");
  if (fieldNodes(selector).length === 0) return undefined;
  const namespace = namespaceOf(service);
  return pods.find((pod) => pod.namespace === namespace && hasLabels(pod.labels, selector));
}

/** The port of a pod that a port of its Service leads to; undefined where the Service has no such port. */
export function targetPortOf(service: KubernetesObject, port: number, pod: Pod): number | undefined {
  const ports = elements(at(nodeOf(service), "spec", "ports"));
  const entry = ports.find((each) => at(each, "port").value === port);
  if (entry === undefined) return undefined;
  const target = at(entry, "targetPort");
  if (!isThere(target)) return port;
  if (typeof target.value === "number") return target.value;
  const peer = { pod, namespaceLabels: new Map(), isNamespaceKnown: false };
  const [number] = portsNamed(peer, target.value, "TCP");
  return typeof number === "number" ? number : undefined;
}
