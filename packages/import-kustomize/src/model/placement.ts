import {
  displayName,
  identity,
  isClusterScoped,
  isExternal,
  type Identity,
  type KubernetesObject,
} from "@atlas/compose";
import { customKindsOf } from "@atlas/compose/conversion";
import { isDeepStrictEqual } from "node:util";

/** Objects by what identifies them. */
export type Objects = ReadonlyMap<string, KubernetesObject>;

/** Kustomize's objects, with the namespaces of ours where it leaves them open or where they mean nothing. */
export interface Placement {
  readonly theirs: Objects;
  /** What has got a namespace that Kustomize leaves open. */
  readonly placed: readonly string[];
  /** Objects of the cluster for which Kustomize states another namespace, or one at all. */
  readonly clusterScoped: readonly string[];
}

/** Gives Kustomize's objects the namespaces of ours, where that makes no difference in the cluster. */
export function placeLike(given: Objects, ours: Objects): Placement {
  const theirs = new Map(given);
  const clusterScoped = placeOfCluster(theirs, ours);
  const placed = [...placeAlike(theirs, ours), ...placeSubjects(theirs, ours)];
  return { theirs, placed, clusterScoped };
}

export function byIdentity(objects: readonly KubernetesObject[]): Objects {
  return new Map(
    objects.map((object) => {
      const { group, version, kind, namespace, name } = identity(object);
      return [JSON.stringify([group, version, kind, namespace ?? null, name]), withoutEmpty(object)];
    }),
  );
}

/** An object without annotations that are empty: Kustomize leaves them out, and in the cluster they are none. */
function withoutEmpty(object: KubernetesObject): KubernetesObject {
  const { annotations, ...metadata } = object.metadata as Readonly<Record<string, unknown>>;
  const isEmpty =
    annotations === null || (typeof annotations === "object" && Object.keys(annotations).length === 0);
  return isEmpty && "annotations" in object.metadata
    ? { ...object, metadata: metadata as KubernetesObject["metadata"] }
    : object;
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
    return [nameInSpace(moved)];
  });
}

interface RoleBindingObject extends KubernetesObject {
  readonly subjects: readonly Readonly<Record<string, unknown>>[];
}

const isBinding = (object: KubernetesObject | undefined): object is RoleBindingObject =>
  object !== undefined &&
  /^(?:Cluster)?RoleBinding$/.test(object.kind) &&
  "subjects" in object &&
  Array.isArray(object.subjects) &&
  object.subjects.every((subject) => typeof subject === "object" && subject !== null);

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
    return [`the subjects of ${nameInSpace(their)}`];
  });
}

/** An object as messages name it, with its namespace. */
export function nameInSpace(object: KubernetesObject): string {
  const { namespace } = object.metadata;
  return displayName(object) + (namespace === undefined ? "" : ` in ${namespace}`);
}
