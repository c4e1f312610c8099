import { fieldPath } from "../value/path.ts";
import { customKindsOf } from "../kubernetes/crd.ts";
import { settableFields, identity, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import { keysOf } from "../value/element-keys.ts";
import { copy, isObject, setOwn, type Plain, type PlainObject } from "../value/plain.ts";
import { builtInKind, definitionOf, type Definition, type Field } from "../kubernetes/schema.ts";

/** A strategic merge patch that says all that it does, and does all that it says. */
export interface ExplicitPatch {
  /** New elements of lists are marked with `$patch: merge`, and what removes nothing is left out. */
  readonly body: PlainObject;
  /** The paths of what the patch was to remove and the object does not have. */
  readonly vain: readonly string[];
  /** The elements that the patch adds to lists because they have none of that name. */
  readonly added: readonly AddedElement[];
}

/** An element that a list does not have. */
export interface AddedElement {
  /** The path of the list. */
  readonly path: string;
  readonly name: string;
  /** The names of the elements that the list has. */
  readonly known: readonly string[];
}

/**
 * A strategic merge patch as Kustomize takes it, for one object, in the words of `strategicMerge`: Kustomize adds an
 * element that the list does not have, and removes what is not there, without a word.
 *
 * @param crds where the definition of a custom kind is looked for. Lists of custom kinds are replaced, as in Kustomize.
 */
export function explicitPatch(
  object: KubernetesObject,
  body: PlainObject,
  crds: readonly Resource[] = [],
): ExplicitPatch {
  const vain: string[] = [];
  const added: AddedElement[] = [];
  const definition = builtInKind(object.apiVersion, object.kind);
  const isCustom = !definition;
  const known = definition ?? customDefinition(object, crds);
  const explicit = explicitFields(settableFields(object), body, known, "", { vain, added, isCustom });
  return { body: explicit, vain, added };
}

/** What is known of the fields of a kind, built-in or custom. */
function customDefinition(object: KubernetesObject, crds: readonly Resource[]): Definition | undefined {
  const kinds = customKindsOf(crds, (crd) => crd);
  return kinds(object)?.definition(identity(object).version);
}

interface Walk {
  readonly vain: string[];
  readonly added: AddedElement[];
  readonly isCustom: boolean;
  /** Whether what is said stands in the place of what was there, so that empty objects say something, too. */
  readonly isWhole?: boolean;
}

const isDirectiveName = (name: string): boolean => name.startsWith("$");

function explicitFields(
  target: PlainObject,
  body: PlainObject,
  definition: string | Definition | undefined,
  path: string,
  walk: Walk,
): PlainObject {
  const known = definitionOf(definition);
  const result: PlainObject = {};
  const isWhole = walk.isWhole === true || body["$patch"] === "replace";
  const inner = { ...walk, isWhole };
  for (const [name, value] of Object.entries(body)) {
    const current = Object.hasOwn(target, name) ? target[name] : undefined;
    const at = fieldPath(path, name);
    const isVain = value === null || (isObject(value) && value["$patch"] === "delete");
    if (isVain && current === undefined && !isDirectiveName(name)) walk.vain.push(at);
    else if (value !== undefined) {
      const explicit = explicitValue(current, value, known?.fields.get(name), at, inner);
      const isVainly = isLeftEmpty(value, explicit, known?.fields.get(name), isWhole);
      if (!isVainly || leavesEmpty(current, at)) setOwn(result, name, explicit);
    }
  }
  return result;
}

/** Whether there is nothing to merge: there never was, or all of it was in vain. */
function isLeftEmpty(value: Plain, explicit: Plain, field: Field | undefined, isWhole: boolean): boolean {
  if (typeof explicit !== "object" || explicit === null || Object.keys(explicit).length > 0) return false;
  const isMerged = isObject(explicit) || field?.keys !== undefined;
  return isMerged && (!isWhole || Object.keys(value as object).length > 0);
}

/** Kustomize leaves an empty object or list behind where there was none, but for annotations. */
const leavesEmpty = (current: Plain | undefined, at: string): boolean =>
  current === undefined && at !== "metadata.annotations";

function explicitValue(
  current: Plain | undefined,
  value: Plain,
  field: Field | undefined,
  at: string,
  walk: Walk,
): Plain {
  if (Array.isArray(value)) {
    if (!field?.keys) return copy(value);
    return walk.isCustom
      ? [{ $patch: "replace" }, ...copy(value as PlainObject[])]
      : explicitList(current, value, { ...field, keys: field.keys }, at, walk);
  }
  if (!isObject(value)) return value;
  const inner = isObject(current) ? current : {};
  if (field?.type !== "map") return explicitFields(inner, value, field?.definition, at, walk);
  const open: Definition = {
    fields: new Map(Object.keys(value).flatMap((key) => (field.items ? [[key, field.items]] : []))),
  };
  return explicitFields(inner, value, open, at, walk);
}

function explicitList(
  current: Plain | undefined,
  elements: readonly Plain[],
  field: Field & { readonly keys: readonly string[] },
  at: string,
  outer: Walk,
): Plain[] {
  const list = Array.isArray(current) ? current.filter(isObject) : [];
  const isReplaced = elements.some((element) => isObject(element) && element["$patch"] === "replace");
  const walk = isReplaced ? { ...outer, isWhole: true } : outer;
  return elements.flatMap((element): Plain[] => {
    if (!isObject(element) || !field.keys.some((key) => element[key] !== undefined)) return [copy(element)];
    const { $patch: directive } = element;
    const match = list.find((other) => isMeant(other, element, field.keys));
    const [name = ""] = keysOf(element, field.keys);
    const inner = `${at}[${name}]`;
    if (match) return [explicitFields(match, element, field.items?.definition, inner, walk)];
    if (directive === "delete") {
      walk.vain.push(inner);
      return [];
    }
    walk.added.push({ path: at, name, known: list.map((other) => keysOf(other, field.keys)[0] ?? "") });
    return [{ $patch: "merge", ...explicitFields({}, element, field.items?.definition, inner, walk) }];
  });
}

/** Whether an element of the list has the keys that an element of the patch states. */
export const isMeant = (other: PlainObject, element: PlainObject, keys: readonly string[]): boolean =>
  keys.every((key) => {
    const own = other[key] ?? (key === "protocol" ? "TCP" : undefined);
    return element[key] === undefined || element[key] === own;
  });
