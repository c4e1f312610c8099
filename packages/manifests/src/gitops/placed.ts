import { displayName, identity, isClusterScoped, type KubernetesObject, type Problem } from "@atlas/compose";
import { definedBy } from "./order.ts";

/**
 * Objects that leave their namespace to whoever applies them: Argo CD takes the destination's, Flux its own, and what is in the
 * repository does not say which. A custom kind is judged where its CustomResourceDefinition is among the objects.
 */
export function unplacedProblems(objects: readonly KubernetesObject[]): readonly Problem[] {
  const namespaced = new Set(objects.filter(isOfNamespaces).flatMap((definition) => definedBy(definition)));
  return objects.filter((object) => isUnplaced(object, namespaced)).map(unplaced);
}

const isOfNamespaces = (object: KubernetesObject): boolean => {
  const { spec }: { spec?: { scope?: unknown } } = object as object;
  return spec?.scope === "Namespaced";
};

function isUnplaced(object: KubernetesObject, namespaced: ReadonlySet<string>): boolean {
  const { group, kind, namespace } = identity(object);
  if (namespace !== undefined) return false;
  const isKubernetes = !group.includes(".") || group.endsWith(".k8s.io");
  return isKubernetes ? !isClusterScoped(object) : namespaced.has(`${group}/${kind}`);
}

const unplaced = (object: KubernetesObject): Problem => ({
  code: "manifests/gitops-unplaced",
  object: displayName(object),
  path: "metadata.namespace",
  what: "it states no namespace, so that the repository does not say where it stands",
  expected: "the namespace that it stands in",
  fix: "state its namespace, or one for all in the layer",
});
