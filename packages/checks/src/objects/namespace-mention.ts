import type { KubernetesObject } from "./kubernetes-object.ts";
import { elements, fieldNodes, nodeOf, textAt, type Node } from "./node.ts";

/**
 * The places in which an object names a namespace other than by the fields that say where something lies: selectors of
 * namespaces, a Namespace's own labels, hosts of a mesh, names in DNS, identities.
 *
 * @example
 * namespaceMentions(sidecar, "shop").map(({ path }) => path); // ["spec.egress[0].hosts[0]"]
 */
export const namespaceMentions = (object: KubernetesObject, namespace: string): readonly Node[] =>
  textsWithin(nodeOf(object), []).flatMap(({ node, steps }) =>
    isMention(steps, textAt(node) ?? "", namespace, object.kind === "Namespace") ? [node] : [],
  );

interface Written {
  readonly node: Node;
  /** The names of the fields that lead there. */
  readonly steps: readonly string[];
}

/** Every text in a value, with the way to it. */
function textsWithin(node: Node, steps: readonly string[]): readonly Written[] {
  if (typeof node.value === "string") return [{ node, steps }];
  return [
    ...fieldNodes(node).flatMap(([name, inner]) => textsWithin(inner, [...steps, name])),
    ...elements(node).flatMap((inner) => textsWithin(inner, steps)),
  ];
}

function isMention(steps: readonly string[], text: string, namespace: string, isNamespace: boolean): boolean {
  const field = steps.at(-1) ?? "";
  if (text === namespace)
    return (
      /^namespaces?$/i.test(field) ||
      steps.includes("namespaceSelector") ||
      (isNamespace && steps[0] === "metadata" && steps[1] === "labels")
    );
  // A host of a mesh (`namespace/host`), a service's name in DNS, a workload's identity (SPIFFE).
  if (field === "hosts" && text.startsWith(`${namespace}/`)) return true;
  return text.includes(`.${namespace}.svc`) || text.includes(`/ns/${namespace}/`);
}
