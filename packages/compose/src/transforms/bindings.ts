import type { CustomKinds } from "../kubernetes/crd.ts";
import {
  displayName,
  identity,
  isExternal,
  type KubernetesObject,
  type Resource,
} from "../kubernetes/object.ts";
import type { Plain } from "../value/plain.ts";
import type { Problem } from "../problems/problem.ts";
import { namedPlaces, placeOfStated } from "../problems/stated.ts";
import {
  acrossNamespaces,
  mayRefer,
  pathOf,
  referencesAcross,
  referencesIn,
  fieldsText,
  type Reference,
} from "./references.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { Entry } from "./entry.ts";

/** A reference and what it means among the objects of a layer. */
export interface Binding {
  readonly referrer: Entry;
  readonly reference: Reference;
  /** The objects that may be meant: none, one, or several that cannot be told apart. */
  readonly meant: readonly Entry[];
}

/** What an object is called, or was before a layer gave it another name or namespace. */
interface Called {
  readonly entry: Entry;
  readonly namespace: string | undefined;
  readonly isFormer: boolean;
}

interface BindingOptions {
  readonly customKinds: CustomKinds;
  /**
   * Reads an external object, where it may have such a reference; without it, only what it is called counts. The file of a
   * CustomResourceDefinition is passed on as it is.
   */
  readonly open?: (entry: Entry) => KubernetesObject;
  /** The namespace that all objects are about to stand in, so that each finds every other there. */
  readonly destination?: string | undefined;
}

/**
 * Finds what the references in the objects mean. A name means an object by where it came from: who has the name now, else
 * who had it in a layer below.
 *
 * @param which all references, or those alone that have to say the namespace: all that can change where no object gets
 * another name.
 */
export function bindingsAmong(
  entries: readonly Entry[],
  which: "all" | "across namespaces",
  { customKinds, open, destination }: BindingOptions,
): Binding[] {
  const bindings: Binding[] = [];
  let called: ReadonlyMap<string, readonly Called[]> | undefined;
  for (const referrer of entries) {
    const object = lookedAt(referrer, which, open);
    if (!object) continue;
    const references = which === "all" ? referencesIn(object) : referencesAcross(object);
    if (references.length === 0) continue;
    called ??= calledAmong(entries);
    const scope = isClusterScoped(object, customKinds) ? undefined : { namespace: object.metadata.namespace };
    for (const reference of references) {
      const name = (reference.holder as Record<string, unknown>)[reference.field];
      if (typeof name !== "string") continue;
      const candidates = (called.get(name) ?? []).filter((candidate) =>
        isMeantBy(reference, candidate, scope, { customKinds, destination }),
      );
      bindings.push({ referrer, reference, meant: likeliest(candidates, scope?.namespace) });
    }
  }
  return bindings;
}

/** The object, if it may have such references. */
function lookedAt(
  referrer: Entry,
  which: "all" | "across namespaces",
  open: ((entry: Entry) => KubernetesObject) | undefined,
): KubernetesObject | undefined {
  const { object } = referrer;
  const mayName = mayRefer(object);
  const isLookedAt = acrossNamespaces.has(object.kind)
    ? mayName || !isExternal(object)
    : which === "all" && mayName;
  if (!isLookedAt) return undefined;
  return isExternal(object) ? open?.(referrer) : object;
}

/** The objects by each name that they have or had. */
function calledAmong(entries: readonly Entry[]): ReadonlyMap<string, readonly Called[]> {
  const called = new Map<string, Called[]>();
  for (const entry of entries) {
    const { name, namespace } = entry.object.metadata;
    add(called, name, { entry, namespace, isFormer: false });
    for (const former of entry.former ?? [])
      add(called, former.name, { entry, namespace: former.namespace, isFormer: true });
  }
  return called;
}

function add(index: Map<string, Called[]>, name: string, called: Called): void {
  const others = index.get(name);
  if (others) others.push(called);
  else index.set(name, [called]);
}

/** Who has the name now, before those who had it; those of the same namespace, before others; an object once. */
function likeliest(candidates: readonly Called[], namespace: string | undefined): Entry[] {
  if (candidates.length < 2) return candidates.map(({ entry }) => entry);
  const current = candidates.filter(({ isFormer }) => !isFormer);
  const entries = [...new Set((current.length > 0 ? current : candidates).map(({ entry }) => entry))];
  const near = entries.filter(({ object }) => identity(object).namespace === namespace);
  return namespace !== undefined && near.length > 0 ? near : entries;
}

function isMeantBy(
  reference: Reference,
  { entry, namespace }: Called,
  referrer: { readonly namespace: string | undefined } | undefined,
  { customKinds, destination }: Pick<BindingOptions, "customKinds" | "destination">,
): boolean {
  const { object } = entry;
  if (!isOfKind(reference, object)) return false;
  if (isClusterScoped(object, customKinds)) return true;
  const { space } = reference;
  const stated = space?.holder[space.field];
  // An object that states no namespace stands in the one that is called `default`, if anybody asks for one.
  if (typeof stated === "string") return stated === (namespace ?? "default") || stated === destination;
  if (space?.isRequired || !referrer || destination !== undefined) return true;
  return (identity(object).namespace ?? "default") === (referrer.namespace ?? "default");
}

export function isOfKind({ kind, isPlural, group }: Reference, object: Resource): boolean {
  // Few are of the kind, and only those are taken apart.
  if (!isPlural && kind !== object.kind) return false;
  const own = identity(object);
  if (group !== undefined && group !== own.group) return false;
  if (!isPlural) return true;
  return kind === "*" || pluralsOf(own.kind.toLowerCase()).includes(kind);
}

/** How the API server's resources are called that have this kind. */
const pluralsOf = (kind: string): readonly string[] => [
  `${kind}s`,
  `${kind}es`,
  kind.replace(/y$/, "ies"),
  kind,
];

/**
 * Gives each reference whose meaning is certain the name, and where it has to say it the namespace, of what it means. A name
 * in the rule of a role may mean objects of several kinds; it becomes the names of all. To be called once.
 */
export function followBindings(bindings: readonly Binding[]): void {
  const inRules = new Map<Plain[], Map<string, Set<string>>>();
  for (const { reference, meant } of bindings) {
    const [entry] = meant;
    if (!entry || !isCertain(meant)) continue;
    const { name, namespace } = identity(entry.object);
    const { holder, field, space } = reference;
    if (Array.isArray(holder)) {
      const names = inRules.get(holder) ?? new Map<string, Set<string>>();
      inRules.set(holder, names.set(field, (names.get(field) ?? new Set()).add(name)));
      continue;
    }
    holder[field] = name;
    if (!space || namespace === undefined) continue;
    const isStated = typeof space.holder[space.field] === "string";
    if (isStated || space.isRequired) space.holder[space.field] = namespace;
  }
  for (const [holder, names] of inRules) {
    const all = holder.flatMap((name, index) => [...(names.get(String(index)) ?? [name])]);
    holder.splice(0, holder.length, ...new Set(all));
  }
}

/** Whether a reference means one object, or several that go by one name in one namespace. */
export const isCertain = (meant: readonly Entry[]): boolean =>
  meant.length === 1 ||
  new Set(
    meant.map(({ object }) => {
      const { namespace, name } = identity(object);
      return JSON.stringify([namespace, name]);
    }),
  ).size === 1;

/** References that may mean several objects, where it makes a difference. */
export function unclearBindings(bindings: readonly Binding[]): Problem[] {
  return bindings.flatMap(({ reference, referrer, meant }) => {
    if (meant.length < 2 || isCertain(meant)) return [];
    const names = new Set(meant.map(({ object }) => identity(object).name));
    const { space, kind, holder, field } = reference;
    const isOpen = space?.isRequired === true && typeof space.holder[space.field] !== "string";
    if (names.size === 1 && !isOpen) return [];
    const name = String((holder as Record<string, unknown>)[field]);
    const path = pathOf(reference, referrer.object);
    return [
      {
        code: "reference-ambiguous",
        what: `"${name}" may mean ${meant.length} objects`,
        object: displayName(referrer.object),
        path: fieldsText(path),
        expected: `one of: ${meant.map(({ object }) => placeName(object)).join(", ")}`,
        fix: isOpen ? "state the namespace" : `name the ${kind} as it is called now`,
        places: namedPlaces("object", placeOfStated(referrer.stated, path)),
      },
    ];
  });
}

function placeName(object: Entry["object"]): string {
  const { namespace } = identity(object);
  return `${displayName(object)}${namespace === undefined ? "" : ` in "${namespace}"`}`;
}
