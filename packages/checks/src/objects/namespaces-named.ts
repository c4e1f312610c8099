import type { KubernetesObject } from "./kubernetes-object.ts";

/**
 * Every namespace that objects are in or refer to, and those of every cluster, in order. A cluster may have others.
 *
 * @example
 * namespacesNamed([]); // ["default", "kube-node-lease", "kube-public", "kube-system"]
 */
export function namespacesNamed(objects: readonly KubernetesObject[]): readonly string[] {
  const own = objects.flatMap((object) => [
    ...(object.kind === "Namespace" ? [object.metadata.name] : []),
    ...(object.metadata.namespace === undefined ? [] : [object.metadata.namespace]),
    ...boundSubjects(object).flatMap(({ namespace }) => (typeof namespace === "string" ? [namespace] : [])),
  ]);
  return [...new Set([...own, "default", "kube-system", "kube-public", "kube-node-lease"])].toSorted();
}

function boundSubjects(object: KubernetesObject): readonly { readonly namespace?: unknown }[] {
  return "subjects" in object && Array.isArray(object.subjects)
    ? object.subjects.filter((each) => typeof each === "object" && each !== null)
    : [];
}
