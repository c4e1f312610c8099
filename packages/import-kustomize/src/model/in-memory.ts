import {
  base,
  compose,
  external,
  type ExternalObject,
  type KubernetesObject,
  type Resource,
} from "@atlas/compose";
import { findingsOf } from "@atlas/input";

const known = new Map<string, boolean>();

/** Whether Kubernetes no longer has a kind in the version that an object states, so that sources cannot declare it. */
export function isOutdated({ apiVersion, kind }: KubernetesObject): boolean {
  const key = `${apiVersion} ${kind}`;
  const found = known.get(key) ?? isRefused({ apiVersion, kind, metadata: { name: "any" } });
  known.set(key, found);
  return found;
}

function isRefused(object: KubernetesObject): boolean {
  try {
    compose(base({ resources: [object] }));
    return false;
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    return findings.every(({ path }) => path === "apiVersion");
  }
}

const files = new WeakMap<KubernetesObject, ExternalObject>();
const objects = new Map<string, KubernetesObject>();

/** An object as layers take it: in a file that is yet to be written, where the sources leave it to one. */
export function resourceOf(object: KubernetesObject): Resource {
  if (!isOutdated(object)) return object;
  const { apiVersion, kind, metadata } = object;
  const source = new URL(`memory:${objects.size}`);
  const file = files.get(object) ?? external({ apiVersion, kind, metadata }, source);
  files.set(object, file);
  objects.set(file.source.href, object);
  return file;
}

/** The object of such a file. */
export const objectAt = ({ href }: URL): KubernetesObject | undefined => objects.get(href);
