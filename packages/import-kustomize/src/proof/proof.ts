import {
  compose,
  displayName,
  identity,
  isClusterScoped,
  isExternal,
  type Identity,
  type KubernetesObject,
  type Layer,
} from "@atlas/compose";
import { customKindsOf } from "@atlas/compose/conversion";
import { isDeepStrictEqual } from "node:util";
import type { YamlValue } from "@atlas/input/yaml";
import type { Comparison } from "./comparison.ts";
import { isYamlObject } from "../read/cursor.ts";
import { readSource } from "../model/read-source.ts";

/** Compares a layer with what Kustomize made of its source, object by object. The order of fields is no difference. */
export function compareLayer(layer: Layer, built: readonly YamlValue[]): Comparison {
  const ours = byIdentity(
    compose(layer, readSource).map((object) => (isExternal(object) ? readSource(object.source) : object)),
  );
  const theirs = byIdentity(built as unknown as readonly KubernetesObject[]);
  const clusterScoped = placeOfCluster(theirs, ours);
  const placed = [...placeAlike(theirs, ours), ...placeSubjects(theirs, ours)];
  const differences = [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((key) => {
    const [their, our] = [theirs.get(key), ours.get(key)];
    const name = nameOf(their ?? our);
    if (!our) return [`${name}: only theirs`];
    if (!their) return [`${name}: only ours`];
    return [...differencesIn(their, our, "")].map((difference) => `${name}: ${difference}`);
  });
  return { count: theirs.size, placed, clusterScoped, differences };
}

/** Gives objects of the cluster the namespace that ours state, or none: it means nothing there. */
function placeOfCluster(
  theirs: Map<string, KubernetesObject>,
  ours: ReadonlyMap<string, KubernetesObject>,
): readonly string[] {
  const crds = [...ours.values()].filter(({ kind }) => kind === "CustomResourceDefinition");
  const customKinds = customKindsOf(crds, (crd) => (isExternal(crd) ? undefined : crd));
  const left = [...ours].filter(([key]) => !theirs.has(key));
  return [...theirs].flatMap(([key, their]) => {
    if (ours.has(key) || !isClusterScoped(their, customKinds)) return [];
    const [ourKey, our] = left.find(([, each]) => isAlike(identity(each), identity(their))) ?? [];
    if (ourKey === undefined || !our) return [];
    const { namespace: _namespace, ...metadata } = their.metadata;
    const { namespace } = our.metadata;
    theirs.delete(key);
    theirs.set(ourKey, {
      ...their,
      metadata: { ...metadata, ...(namespace !== undefined && { namespace }) },
    });
    return [displayName(their)];
  });
}

const isAlike = ({ namespace: _one, ...one }: Identity, { namespace: _other, ...other }: Identity): boolean =>
  isDeepStrictEqual(one, other);

/** Gives objects of Kustomize's that state no namespace the one that ours has from the layer below. */
function placeAlike(
  theirs: Map<string, KubernetesObject>,
  ours: ReadonlyMap<string, KubernetesObject>,
): readonly string[] {
  const unmatched = [...ours].filter(([key]) => !theirs.has(key));
  return [...theirs].flatMap(([key, { metadata, ...fields }]) => {
    if (ours.has(key) || metadata.namespace !== undefined) return [];
    const found = unmatched.find(([, our]) => isAlike(identity(our), identity({ metadata, ...fields })));
    const namespace = found?.[1].metadata.namespace;
    if (!found || namespace === undefined) return [];
    const moved = { ...fields, metadata: { ...metadata, namespace } };
    theirs.delete(key);
    theirs.set(found[0], moved);
    return [nameOf(moved)];
  });
}

interface Binding extends KubernetesObject {
  readonly subjects: readonly Readonly<Record<string, unknown>>[];
}

const isBinding = (object: KubernetesObject | undefined): object is Binding =>
  object !== undefined &&
  /^(?:Cluster)?RoleBinding$/.test(object.kind) &&
  "subjects" in object &&
  Array.isArray(object.subjects) &&
  object.subjects.every(isYamlObject);

/** Gives ServiceAccounts in bindings of Kustomize's, which the API server takes with a namespace alone, the one that ours have. */
function placeSubjects(
  theirs: Map<string, KubernetesObject>,
  ours: ReadonlyMap<string, KubernetesObject>,
): readonly string[] {
  return [...theirs].flatMap(([key, their]) => {
    const our = ours.get(key);
    if (!isBinding(their) || !isBinding(our)) return [];
    const subjects = their.subjects.map((subject, index) => {
      const namespace = our.subjects[index]?.["namespace"];
      const isOpen = subject["kind"] === "ServiceAccount" && subject["namespace"] === undefined;
      return isOpen && namespace !== undefined ? { ...subject, namespace } : subject;
    });
    if (isDeepStrictEqual(subjects, their.subjects)) return [];
    theirs.set(key, { ...their, subjects } as KubernetesObject);
    return [`the subjects of ${nameOf(their)}`];
  });
}

function nameOf(object: KubernetesObject | undefined): string {
  if (!object) return "";
  const { namespace } = object.metadata;
  return displayName(object) + (namespace === undefined ? "" : ` in ${namespace}`);
}

function byIdentity(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  return new Map(
    objects.map((object) => {
      const { group, version, kind, namespace, name } = identity(object);
      return [JSON.stringify([group, version, kind, namespace ?? null, name]), object];
    }),
  );
}

/** Each place in which two values differ: `spec.replicas: theirs 1, ours 2`. */
function* differencesIn(theirs: unknown, ours: unknown, path: string): Generator<string> {
  if (Object.is(theirs, ours)) return;
  const isList = Array.isArray(theirs) && Array.isArray(ours);
  if (!isList && !(isYamlObject(theirs) && isYamlObject(ours))) {
    const [their, our] = shown(theirs, ours);
    yield `${path}: theirs ${their}, ours ${our}`;
    return;
  }
  const [left, right] = [new Map(Object.entries(theirs)), new Map(Object.entries(ours))];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const at = isList
      ? `${path}[${name}]`
      : /^[\w$-]+$/.test(name)
        ? joined(path, name)
        : `${path}[${JSON.stringify(name)}]`;
    yield* differencesIn(left.get(name), right.get(name), at);
  }
}

const joined = (path: string, name: string): string => (path ? `${path}.${name}` : name);

const longest = 200;

/** Two values as text: of long ones the part in which they differ. */
function shown(theirs: unknown, ours: unknown): readonly [string, string] {
  const [their, our] = [theirs, ours].map((value) =>
    value === undefined ? "(none)" : JSON.stringify(value),
  ) as [string, string];
  if (their.length <= longest && our.length <= longest) return [their, our];
  let same = 0;
  while (same < Math.min(their.length, our.length) && their[same] === our[same]) same++;
  const start = Math.max(0, same - 40);
  const part = (text: string): string => {
    const end = start + longest;
    return `${start > 0 ? "…" : ""}${text.slice(start, end)}${text.length > end ? "…" : ""}`;
  };
  return [part(their), part(our)];
}
