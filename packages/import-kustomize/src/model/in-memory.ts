import {
  base,
  compose,
  external,
  type ExternalObject,
  type KubernetesObject,
  type Resource,
} from "@atlas/compose";
import { findingsOf, type Finding } from "@atlas/input";

const outdated = new Map<string, boolean>();
const ambiguousObjects = new WeakMap<KubernetesObject, boolean>();

/**
 * Whether sources cannot declare an object that the API server takes, so that it stays in a YAML file: Kubernetes no longer
 * has its kind in this version, or it has two elements of one key in a list that patches would tell apart by it.
 */
export function isKept(object: KubernetesObject): boolean {
  return isOutdated(object) || isAmbiguous(object);
}

function isOutdated({ apiVersion, kind }: KubernetesObject): boolean {
  const key = `${apiVersion} ${kind}`;
  const found =
    outdated.get(key) ??
    isRefused({ apiVersion, kind, metadata: { name: "any" } }, ({ path }) => path === "apiVersion");
  outdated.set(key, found);
  return found;
}

function isAmbiguous(object: KubernetesObject): boolean {
  const found =
    ambiguousObjects.get(object) ??
    (hasNamesakes(object) &&
      isRefused(object, ({ what }) => /^the list has an element .* already$/.test(what)));
  ambiguousObjects.set(object, found);
  return found;
}

/** Whether there may be such elements at all: composing each object to know would take long. */
function hasNamesakes(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const inner = Object.values(value);
  if (inner.some(hasNamesakes)) return true;
  if (!Array.isArray(value)) return false;
  return ["name", "containerPort", "port", "mountPath", "ip"].some((field) => {
    const keys = inner.flatMap((item) => (item as Record<string, unknown> | null)?.[field] ?? []);
    return new Set(keys).size < keys.length;
  });
}

function isRefused(object: KubernetesObject, isMeant: (finding: Finding) => boolean): boolean {
  try {
    compose(base({ resources: [object] }));
    return false;
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    return findings.every(isMeant);
  }
}

const files = new WeakMap<KubernetesObject, ExternalObject>();
const objectsInMemory = new Map<string, KubernetesObject>();

/** An object as layers take it: in a file that is yet to be written, where the sources leave it to one. */
export function resourceOf(object: KubernetesObject): Resource {
  if (!isKept(object)) return object;
  const { apiVersion, kind, metadata } = object;
  const source = new URL(`memory:${objectsInMemory.size}`);
  const file = files.get(object) ?? external({ apiVersion, kind, metadata }, source);
  files.set(object, file);
  objectsInMemory.set(file.source.href, object);
  return file;
}

/** The object of such a file. */
export const objectAt = ({ href }: URL): KubernetesObject | undefined => objectsInMemory.get(href);
