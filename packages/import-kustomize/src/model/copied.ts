import type { KubernetesObject } from "@atlas/compose";

/** Whether the object's text becomes a file of its own, as it is. */
export const isCopied = (object: KubernetesObject): boolean =>
  object.kind === "CustomResourceDefinition" && !callsService(object);

/** A conversion's service moves with a namespace, which a file that is copied could not. */
function callsService(object: KubernetesObject): boolean {
  const { spec } = object as KubernetesObject & { spec?: { conversion?: unknown } };
  return spec?.conversion !== undefined && JSON.stringify(spec.conversion).includes('"service"');
}
