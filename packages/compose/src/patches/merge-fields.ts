import { fieldPath } from "../value/path.ts";
import {
  agrees,
  checkValue,
  isRepeated,
  reportType,
  reportUnknown,
  type KeyedField,
  type Merge,
} from "./merge.ts";
import { listDirectives } from "./patch-list.ts";
import { copy, isObject, setOwn, type PlainObject } from "../value/plain.ts";
import { didYouMean } from "../problems/problem.ts";
import { definitionOf, fieldNamed, type Definition, type Field } from "../kubernetes/schema.ts";

/** Merges the fields of a patch into an object; without a definition (an unknown kind) every field name is taken. */
export function mergeFields(
  target: PlainObject,
  body: PlainObject,
  definition: string | Definition | undefined,
  path: string,
  merge: Merge,
): void {
  const known = definitionOf(definition);
  for (const name of Object.keys(body)) {
    const value = body[name];
    const at = fieldPath(path, name);
    const field = fieldNamed(known, name);
    if (known && !field && !known.open) reportUnknown(at, name, known, merge);
    else if (value !== undefined) mergeField(target, name, value, field, at, merge);
  }
}

function mergeField(
  target: PlainObject,
  name: string,
  value: unknown,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  if (value === null) return removeField(target, name, field, at, merge);
  // Where nothing is known of a field, a record of new elements would become its value.
  if (merge.record && !field && listDirectives.includes(name)) return reportRecord(at, merge);
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  const keys = merge.record ? recordKeys(field, current, value, merge.record) : keysIn(field);
  if (keys) {
    const isOurs = keys !== field?.keys;
    return merge.list(target, name, value, { ...field, type: "list", keys, isOurs }, at, merge);
  }
  // Where no schema tells, the base does: a list stays a list, and an object an object.
  const expected = field ?? shapeOf(current);
  const isMerged = isObject(value) && (!expected || ["object", "map", "any"].includes(expected.type));
  if (isMerged && (current === undefined || isObject(current))) {
    return mergeObject(target, name, value, current ?? {}, expected, at, merge);
  }
  if (!field && typeof value === "object" && isScalar(current)) {
    return reportType(at, `a ${typeof current}, as in the base`, value, merge);
  }
  if (merge.record?.isCustom && expected?.type === "list" && isObject(value)) return reportRecord(at, merge);
  if (!checkValue(value, expected, at, merge)) return;
  if (agrees(at, value, merge)) setOwn(target, name, copy(value));
}

/** Subjects have no merge key in Kubernetes; the record form names them all the same, so that it cannot miss one. */
const subjectKeys = ["name", "kind", "namespace"];

const keysIn = (field: Field | undefined): KeyedField["keys"] | undefined =>
  field?.type === "list" ? field.keys : undefined;

/**
 * By what the record form names the elements of a list; undefined where the list is given whole. Of a custom kind it is
 * given whole wherever it is given as a list, as its type says; as a record, the elements go by `name` where each has one.
 * Other keys stand in the CustomResourceDefinition alone: types do not have them, nor has who composes without it.
 */
function recordKeys(
  field: Field | undefined,
  current: unknown,
  value: unknown,
  { isCustom }: { readonly isCustom: boolean },
): KeyedField["keys"] | undefined {
  if (!isCustom) return field?.items?.definition === "rbac.v1.Subject" ? subjectKeys : keysIn(field);
  const isList = !field || field.type === "list" || field.type === "any";
  return isObject(value) && isList && isListOfNamed(current) ? nameKey : undefined;
}

const nameKey = ["name"];

const isListOfNamed = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((element) => isObject(element) && typeof element["name"] === "string");

function reportRecord(at: string, merge: Merge): void {
  merge.report(at, "list-form-unexpected", "got a record in place of a list", {
    expected: "a list",
    fix: "give the whole list: of a custom kind, only elements that all have a name are changed by it; strategicMerge goes by the keys of the CustomResourceDefinition",
  });
}

const shapeOf = (current: unknown): Field | undefined =>
  Array.isArray(current) ? { type: "list" } : isObject(current) ? { type: "object" } : undefined;

const isScalar = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== "object";

function removeField(
  target: PlainObject,
  name: string,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  if (field?.isRequired && merge.record) {
    merge.report(at, "field-required", `"${name}" cannot be removed: Kubernetes takes no object without it`, {
      expected: "another value, or none",
      fix: "take the null out of the patch",
    });
  } else if (Object.hasOwn(target, name)) {
    if (agrees(at, null, merge)) delete target[name];
  } else if (!isRepeated(at, null, merge)) {
    const names = Object.keys(target);
    merge.report(at, "removal-of-nothing", `there is no "${name}" to remove`, {
      expected: names.length > 0 ? `one of: ${names.join(", ")}` : "nothing, the object is empty",
      fix: didYouMean(name, names, "take the null out of the patch"),
    });
  }
}

function mergeObject(
  target: PlainObject,
  name: string,
  value: PlainObject,
  inner: PlainObject,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  const definition = field?.type === "map" ? mapDefinition(field) : field?.definition;
  // An empty object says that one is there: where it has content, it says nothing.
  if (Object.keys(inner).length === 0) merge.effect.isAny = true;
  merge.fields(inner, value, definition, at, merge);
  if (!Object.hasOwn(target, name)) setOwn(target, name, inner);
}

/** A map as an object whose fields are not listed. */
const mapDefinition = ({ items = { type: "any" } }: Field): Definition => ({
  fields: new Map(),
  open: true,
  others: items,
});
