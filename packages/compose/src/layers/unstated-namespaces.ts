import { customKindsOf } from "../kubernetes/crd.ts";
import {
  displayName,
  identity,
  isExternal,
  type KubernetesObject,
  type Resource,
} from "../kubernetes/object.ts";
import type { Component, Layer } from "./overlay.ts";
import type { Problem } from "../problems/problem.ts";
import { isBuiltInGroup } from "../kubernetes/schema.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";

/**
 * What is wrong with objects that are to be applied together: namespaced ones that state no namespace, beside others that
 * do. `kubectl apply` would put them wherever its context happens to be.
 *
 * Not a matter of `compose`, since a layer above may still state the namespace.
 *
 * @param layer whose objects they are; its `crds` say which custom kinds stand in no namespace.
 * @param read reads a CustomResourceDefinition that lies in a file.
 * @example
 * const problems = unstatedNamespaces(production, compose(production), read);
 */
export function unstatedNamespaces(
  layer: Layer,
  objects: readonly Resource[],
  read?: (source: URL) => KubernetesObject,
): Problem[] {
  const stating = objects.find((object) => !isUnstated(object));
  if (!stating) return [];
  const customKinds = customKindsOf([...objects, ...crdsOf(layer)], (crd) =>
    isExternal(crd) ? read?.(crd.source) : crd,
  );
  return objects.flatMap((object) => {
    if (!isUnstated(object) || isClusterScoped(object, customKinds)) return [];
    const isCustom = !isBuiltInGroup(object.apiVersion);
    return [
      {
        code: "namespace-unstated",
        what: `the object states no namespace, and ${displayName(stating)} stands in "${identity(stating).namespace}"`,
        object: displayName(object),
        path: "metadata.namespace",
        expected: "a namespace in all objects, or in none",
        fix: isCustom
          ? "state its namespace, or list its CustomResourceDefinition in `crds` if it stands in none"
          : "state its namespace, or one for all in the layer",
      },
    ];
  });
}

const isUnstated = (object: Resource): boolean => identity(object).namespace === undefined;

/** The definitions that a layer, its components and all that it stands on name. */
function crdsOf(layer: Layer | Component): Resource[] {
  const below = layer.type === "layer" ? [layer.below, ...(layer.beside ?? [])] : [];
  return [...layer.crds, ...[...layer.components, ...below].flatMap((other) => (other ? crdsOf(other) : []))];
}
