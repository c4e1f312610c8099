import {
  base,
  compose,
  external,
  type ExternalObject,
  type KubernetesObject,
  type Resource,
} from "@atlas/compose";
import { follow, namesIn } from "@atlas/compose/places";
import { findingsOf, isEncrypted, type Finding } from "@atlas/input";
import { hasPlaceholder, isPlaceholderIn } from "./placeholder.ts";

/** Why an object stays a YAML file. */
export type KeptReason =
  /** Kubernetes no longer has its kind in this version. */
  | "outdated"
  /** It has two elements of one key in a list that patches would tell apart by it. */
  | "ambiguous"
  /** SOPS has encrypted it: it is decrypted as it stands. */
  | "encrypted"
  /** A placeholder stands where Kubernetes takes none: something puts a value there after Kustomize. */
  | "unfilled"
  /** Its name is none: layers above give it another. */
  | "misnamed";

const outdated = new Map<string, boolean>();
const keptReasons = new WeakMap<KubernetesObject, KeptReason | "none">();

/** Whether sources cannot declare an object, which they then take from a YAML file. */
export const isKept = (object: KubernetesObject): boolean => keptReason(object) !== undefined;

/** Why sources cannot declare an object; undefined where they can. */
export function keptReason(object: KubernetesObject): KeptReason | undefined {
  const reason = keptReasons.get(object) ?? findReason(object) ?? "none";
  keptReasons.set(object, reason);
  return reason === "none" ? undefined : reason;
}

function findReason(object: KubernetesObject): KeptReason | undefined {
  if (isOutdated(object)) return "outdated";
  if (isEncrypted(object)) return "encrypted";
  if (isAmbiguous(object)) return "ambiguous";
  if (isUnfilled(object)) return "unfilled";
  return isMisnamed(object) ? "misnamed" : undefined;
}

function isOutdated({ apiVersion, kind }: KubernetesObject): boolean {
  const key = `${apiVersion} ${kind}`;
  const found =
    outdated.get(key) ??
    isRefused({ apiVersion, kind, metadata: { name: "any" } }, ({ path }) => path === "apiVersion");
  outdated.set(key, found);
  return found;
}

const isAmbiguous = (object: KubernetesObject): boolean =>
  hasNamesakes(object) && isRefused(object, ({ what }) => /^the list has an element .* already$/.test(what));

const isUnfilled = (object: KubernetesObject): boolean =>
  hasPlaceholder(object) && isRefused(object, (finding) => isOfPlaceholder(finding, object));

/** Whether there is nothing wrong but the name; that others are none is seldom, and composing each to know would take long. */
const isMisnamed = (object: KubernetesObject): boolean =>
  !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(object.metadata.name) &&
  isRefused(object, ({ code }) => code === "object-name-malformed");

/** Whether what is wrong is wrong with a placeholder. */
function isOfPlaceholder({ what, path = "" }: Finding, object: KubernetesObject): boolean {
  if (isPlaceholderIn(what)) return true;
  const names = namesIn(path) ?? [];
  const fields = follow(object, names);
  if (fields.length < names.length) return false;
  let value: unknown = object;
  for (const field of fields) value = (value as Record<string, unknown>)[field];
  return typeof value === "string" && isPlaceholderIn(value);
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
