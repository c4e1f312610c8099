/** Any Kubernetes object: plain data with an identity, as a renderer or a YAML file gives it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The API group of an object, empty for the core group. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
}

/** The namespace that an object of a namespaced kind lies in: without one, or with an empty one, kubectl takes `default`. */
export const namespaceOf = ({ metadata }: KubernetesObject): string => metadata.namespace || "default";

/** The object as kubectl names it: `Deployment/atlas-operator`. */
export const kubectlName = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** The objects of a kind, whatever version of its group they are written in. */
export function ofKind(
  objects: readonly KubernetesObject[],
  group: string,
  kind: string,
): readonly KubernetesObject[] {
  return objects.filter((object) => object.kind === kind && groupOf(object) === group);
}
