import { plainText } from "../objects/text.ts";
import type { Peer } from "../network/endpoint.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, mapAt, nodeOf, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";

/** Whether a pod has a proxy of the mesh beside it, and the field that decides. */
export interface Injection {
  readonly injected: boolean;
  /** Undefined where nothing asks for a proxy, or the namespace does. */
  readonly node?: Node;
}

/** Where the injector does nothing, whatever is asked. */
const ignoredNamespaces = new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);

/**
 * Whether the injector gives a pod a proxy: by the labels of its namespace and its own, as the webhooks select them, and then
 * by what the pod itself says.
 *
 * A revision that a label names is taken for one that there is. A pod that the injector has been at already has its proxy.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function injectionOf(pod: Pod, namespaceLabels: Peer["namespaceLabels"]): Injection {
  const annotations = at(pod.metadata, "annotations");
  const done = at(annotations, "sidecar.istio.io/status");
  if (isThere(done)) return { injected: true, node: done };
  const hostNetwork = at(pod.spec, "hostNetwork");
  if (hostNetwork.value === true) return { injected: false, node: hostNetwork };
  if (ignoredNamespaces.has(pod.namespace)) return { injected: false };
  const label = at(pod.metadata, "labels", "sidecar.istio.io/inject");
  if (!isSelected(pod.labels, namespaceLabels))
    return { injected: false, ...(isThere(label) && { node: label }) };
  // The label wins over the annotation that it has replaced.
  const asked = isThere(label) ? label : at(annotations, "sidecar.istio.io/inject");
  if (!isThere(asked) || asked.value === "") return { injected: true };
  return { injected: /^(?:y|yes|true|on)$/i.test(plainText(asked.value)), node: asked };
}

/** Whether a pod among objects gets a proxy: as {@link injectionOf} says by the labels of its namespace. */
export const injectionIn = (
  { namespace }: { readonly namespace: (name: string) => KubernetesObject | undefined },
  pod: Pod,
): Injection => {
  const own = namespace(pod.namespace);
  return injectionOf(pod, own ? mapAt(at(nodeOf(own), "metadata", "labels")) : new Map());
};

/** Whether one of the injector's webhooks is for the pod. */
function isSelected(labels: Pod["labels"], namespaceLabels: Peer["namespaceLabels"]): boolean {
  const own = labels.get("sidecar.istio.io/inject");
  if (own === "false") return false;
  const injection = namespaceLabels.get("istio-injection");
  // It takes precedence over a revision.
  if (injection !== undefined) return injection === "enabled";
  if (namespaceLabels.has("istio.io/rev") || labels.has("istio.io/rev")) return true;
  return own === "true";
}

/** What says that a pod is in the mesh without a proxy of its own: the pod's label, or else that of its namespace. */
export function isAmbient(pod: Pod, namespaceLabels: Peer["namespaceLabels"]): boolean {
  const label = "istio.io/dataplane-mode";
  return (mapAt(at(pod.metadata, "labels")).get(label) ?? namespaceLabels.get(label)) === "ambient";
}
