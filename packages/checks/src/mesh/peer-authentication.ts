import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { hasLabels } from "../objects/selector.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import { meshDefaults } from "./defaults.ts";

/** What a proxy takes: mutual TLS alone, both, or plain text alone. */
export interface MtlsMode {
  readonly mode: "STRICT" | "PERMISSIVE" | "DISABLE";
  /** What says so; undefined for what Istio takes by itself. */
  readonly node?: Node;
  readonly unknown: readonly Reason[];
}

/**
 * What the proxy of a pod takes at a port: as the policy says that selects the pod, of the port or of all, or else that of
 * its namespace, or else that of the root namespace. A mode that is unset is that of the next.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function mtlsMode(objects: readonly KubernetesObject[], pod: Pod, port: number): MtlsMode {
  const policies = ofKind(objects, "security.istio.io", "PeerAuthentication");
  const within = (namespace: string, isMeant: (labels: Node) => boolean): readonly Node[] =>
    policies
      .filter((each) => namespaceOf(each) === namespace)
      .map((each) => at(nodeOf(each), "spec"))
      .filter((spec) => isMeant(at(spec, "selector", "matchLabels")));
  // Those of the root namespace that select are ignored, also for the pods that lie there.
  const selecting =
    pod.namespace === meshDefaults.rootNamespace
      ? []
      : within(pod.namespace, (labels) => !isForAll(labels) && hasLabels(pod.labels, labels));
  const levels = [
    selecting.map((spec) => at(spec, "portLevelMtls", String(port), "mode")),
    ...[selecting, within(pod.namespace, isForAll), within(meshDefaults.rootNamespace, isForAll)].map(
      (specs) => specs.map((spec) => at(spec, "mtls", "mode")),
    ),
  ];
  for (const level of levels) {
    const [first, ...others] = level.flatMap((node) => {
      const mode = modeOf(node);
      return mode ? [{ mode, node }] : [];
    });
    if (first === undefined) continue;
    const unknown = others
      .filter(({ mode }) => mode !== first.mode)
      .map(({ node }) => reason(node, "of several policies the oldest counts, which the objects do not say"));
    return { ...first, unknown };
  }
  return { mode: "PERMISSIVE", unknown: [] };
}

const isForAll = (labels: Node): boolean => fieldNodes(labels).length === 0;

function modeOf(node: Node): MtlsMode["mode"] | undefined {
  const mode = textAt(node);
  return mode === "STRICT" || mode === "PERMISSIVE" || mode === "DISABLE" ? mode : undefined;
}
