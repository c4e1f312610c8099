import { isObject, type PlainObject } from "../value/plain.ts";

/** Any Kubernetes object: plain data with an identity. Objects of `kubernetes-types` and frozen literals are such. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * An object whose finished YAML text lies in a file, such as a CustomResourceDefinition of thousands of lines. Its
 * identity is known without reading it, and a render that changes nothing in it copies the file's bytes.
 */
export interface ExternalObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly source: URL;
  /**
   * Of a file that a generator has written and validated: how many bytes it has. Whoever renders has to validate one of
   * another size anew.
   */
  readonly size?: number;
}

/** What a layer holds. */
export type Resource = KubernetesObject | ExternalObject;

export function isExternal(resource: Resource): resource is ExternalObject {
  return "source" in resource && resource.source instanceof URL;
}

/** Whether a value has what every object has, whatever its type promised: modules that import each other hold undefined. */
export function isResource(value: unknown): value is Resource {
  return isObject(value) && missingIn(value).length === 0;
}

/** The fields that a value lacks to be an object of Kubernetes. */
export function missingIn(value: unknown): string[] {
  const { apiVersion, kind, metadata } = isObject(value) ? value : {};
  const name = isObject(metadata) ? metadata["name"] : undefined;
  const missing: string[] = [];
  if (isNoText(apiVersion)) missing.push("apiVersion");
  if (isNoText(kind)) missing.push("kind");
  if (isNoText(name)) missing.push("metadata.name");
  return missing;
}

const isNoText = (value: unknown): boolean => typeof value !== "string" || value === "";

/** What makes two objects the same one to the API server; the version is not part of it. */
export interface Identity {
  /** The API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function identity(resource: Resource): Identity {
  const { apiVersion, kind, metadata } = resource;
  const slash = apiVersion.indexOf("/");
  const { namespace } = metadata;
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const version = slash < 0 ? apiVersion : apiVersion.slice(slash + 1);
  const { name } = metadata;
  return namespace === undefined ? { group, version, kind, name } : { group, version, kind, namespace, name };
}

/** The object as kubectl names it: `Deployment/atlas-operator`. */
export function displayName({ kind, metadata }: Resource): string {
  return `${kind}/${metadata?.name}`;
}

/** The object as one whose fields can be set by name. */
export const settableFields = (object: object): PlainObject => object as PlainObject;
