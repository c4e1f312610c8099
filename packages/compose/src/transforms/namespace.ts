import type { CustomKinds } from "../kubernetes/crd.ts";
import { settableFields, identity, type KubernetesObject } from "../kubernetes/object.ts";
import { isObject } from "../value/plain.ts";
import type { Problem } from "../problems/problem.ts";
import { namedPlaces, placeOfStated } from "../problems/stated.ts";
import { rememberName } from "./names.ts";
import { referencesAcross } from "./references.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { Entry } from "./entry.ts";

/** A namespace that layers have settled on, and the layer or component that says so. */
export interface Settled {
  readonly namespace: string;
  readonly by?: object;
}

/**
 * Moves the objects into one namespace, as Kustomize's `namespace` field does: every namespaced object, whatever it said
 * before; the Namespace object's own name; the services of APIServices and conversions, and the subjects called
 * `default`. What else refers to a moved object follows it as its binding says.
 */
export function applyNamespace(
  entries: readonly Entry<KubernetesObject>[],
  namespace: string,
  customKinds: CustomKinds,
): Problem[] {
  const moved = entries.filter(({ object }) => !isClusterScoped(object, customKinds));
  const spaces = entries.filter(({ object }) => isNamespace(object));
  if (moved.length + spaces.length === 0) {
    return [
      {
        code: "namespace-matches-nothing",
        what: `the namespace "${namespace}" applies to no object`,
        path: "namespace",
        expected: "an object that stands in a namespace",
        fix: "add one, or take the namespace out",
      },
    ];
  }
  for (const { object } of entries) moveServices(object, namespace);
  for (const entry of moved) moveTo(namespace, entry);
  for (const { object } of spaces) Object.assign(object.metadata, { name: namespace });
  return [];
}

const isNamespace = ({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean =>
  apiVersion === "v1" && kind === "Namespace";

function moveTo(namespace: string, entry: Entry<KubernetesObject>): void {
  const { metadata } = entry.object;
  if (metadata.namespace === namespace) return;
  rememberName(entry);
  settableFields(metadata)["namespace"] = namespace;
}

/** What moves along without being looked for: every namespace has an account called `default`. */
function moveServices(object: KubernetesObject, namespace: string): void {
  for (const { holder, field } of referencesAcross(object)) {
    const slot = holder as Record<string, unknown>;
    const isMoved = isRoleBinding(object) ? slot[field] === "default" : movesAlong.has(object.kind);
    if (isMoved) slot["namespace"] = namespace;
  }
}

const movesAlong = new Set(["APIService", "CustomResourceDefinition"]);
const isRoleBinding = ({ kind }: KubernetesObject): boolean => kind.endsWith("RoleBinding");

/**
 * Puts objects that a layer adds without a namespace into the one that the layers below have settled on. Where those have
 * settled on several, each such object is a problem.
 */
export function inheritNamespace(
  added: readonly Entry[],
  settled: readonly Settled[],
  customKinds: CustomKinds,
  open: (entry: Entry) => KubernetesObject,
): Problem[] {
  const [only, ...others] = settled;
  const homeless = added.filter(
    ({ object }) => identity(object).namespace === undefined && !isClusterScoped(object, customKinds),
  );
  if (!only) return [];
  if (others.length > 0) return homeless.map((entry) => undecided(entry, settled));
  for (const entry of homeless) {
    const { metadata, ...object } = open(entry);
    rememberName(entry);
    Object.assign(metadata, { namespace: only.namespace });
    for (const subject of isRoleBinding({ metadata, ...object }) ? bindingSubjects(object) : [])
      if (subject["name"] === "default" && subject["namespace"] === undefined)
        subject["namespace"] = only.namespace;
  }
  return [];
}

const bindingSubjects = (object: object): Record<string, unknown>[] => {
  const { subjects } = settableFields(object);
  return Array.isArray(subjects)
    ? subjects.filter(isObject).filter(({ kind }) => kind === "ServiceAccount")
    : [];
};

function undecided({ object, stated }: Entry, settled: readonly Settled[]): Problem {
  const { kind, name } = identity(object);
  return {
    code: "namespace-ambiguous",
    what: "the object states no namespace, and the layers below stand in several",
    object: `${kind}/${name}`,
    path: "metadata.namespace",
    expected: `one of: ${settled.map(({ namespace }) => namespace).join(", ")}`,
    fix: "state the namespace in the object, or one for all in the layer",
    places: namedPlaces("object", placeOfStated(stated)),
  };
}
