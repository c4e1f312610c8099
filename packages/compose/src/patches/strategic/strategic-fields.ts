import { fieldPath } from "../../value/path.ts";
import { unknownField } from "../../problems/field-problems.ts";
import { agrees, checkValue, isRepeated, reportType, type Merge } from "../merge.ts";
import { mergeFields } from "../merge-fields.ts";
import { isObject, same, setOwn, type Plain, type PlainObject } from "../../value/plain.ts";
import { didYouMean } from "../../problems/problem.ts";
import { definitionOf, fieldNamed, type Definition, type Field } from "../../kubernetes/schema.ts";
import { setElementOrder } from "./element-order.ts";
import { directiveIn, isMark } from "./strategic-list.ts";

const orderOf = "$setElementOrder/";
const deletionsFrom = "$deleteFromPrimitiveList/";

/** Merges the fields of an object of the patch, directives included. */
export function mergeStrategic(
  target: PlainObject,
  body: PlainObject,
  definition: string | Definition | undefined,
  path: string,
  merge: Merge,
): void {
  const known = definitionOf(definition);
  const { $retainKeys, ...rest } = body;
  if ($retainKeys !== undefined) retainKeys(target, rest, $retainKeys, known, path, merge);
  const fields: PlainObject = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith(deletionsFrom)) deleteValues(target, name, value, path, merge);
    else if (!name.startsWith(orderOf)) setOwn(fields, name, value);
  }
  for (const [name, value] of Object.entries(fields)) {
    mergeOne(target, name, value, known, path, merge);
  }
  for (const [name, order] of Object.entries(rest)) {
    const list = name.slice(orderOf.length);
    if (name.startsWith(orderOf))
      setElementOrder(target, list, order, fieldNamed(known, list), fieldPath(path, name), merge);
  }
}

/** Merges one field; `$patch` in its value says how. Without it, that is a matter of the field alone. */
function mergeOne(
  target: PlainObject,
  name: string,
  value: Plain | undefined,
  known: Definition | undefined,
  path: string,
  merge: Merge,
): void {
  const at = fieldPath(path, name);
  const field = fieldNamed(known, name);
  const mergeValue = (given: Plain | undefined): void => {
    const single = {};
    setOwn(single, name, given);
    mergeFields(target, single, known, path, merge);
  };
  if (Array.isArray(value)) {
    if (field?.type === "set" && directiveIn(value) !== "delete")
      return mergeSet(target, name, value, field, at, merge);
    if (field?.type === "set") return mergeValue(null);
    if (!field?.keys && reportDirectives(value, at, merge)) return undefined;
  }
  if (!isObject(value) || !Object.hasOwn(value, "$patch") || (known && !field && !known.open))
    return mergeValue(value);
  const { $patch, ...changes } = value;
  if ($patch === "merge") mergeValue(changes);
  else if ($patch === "delete") mergeValue(null);
  else if ($patch !== "replace")
    reportType(fieldPath(at, "$patch"), '"delete", "replace" or "merge"', $patch, merge);
  else if (agrees(at, changes, merge)) {
    setOwn(target, name, {});
    mergeValue(changes);
  }
}

/** Reports directives in a list that is not merged: there they would say nothing, and stand in the object. */
function reportDirectives(list: readonly Plain[], at: string, merge: Merge): boolean {
  const index = list.findIndex((element) => isObject(element) && Object.hasOwn(element, "$patch"));
  if (index < 0) return false;
  merge.report(
    fieldPath(`${at}[${index}]`, "$patch"),
    "directive-misplaced",
    "a directive in a list that is replaced as a whole",
    {
      expected: "the elements that the list shall have",
      fix: "take the directive out; the lists of a custom kind are merged by the keys of its CRD, where it is known",
    },
  );
  return true;
}

/** A list of values that Kubernetes merges as a set, such as finalizers; new ones stand first, as in Kustomize. */
function mergeSet(
  target: PlainObject,
  name: string,
  body: readonly Plain[],
  field: Field,
  at: string,
  merge: Merge,
): void {
  const values = body.filter((value) => !isMark(value));
  if (!checkValue(values, field, at, merge)) return;
  const isReplaced = directiveIn(body) === "replace";
  if (isReplaced && !agrees(at, values, merge)) return;
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  if (current === undefined) merge.effect.isAny = true;
  const old = Array.isArray(current) && !isReplaced ? current : [];
  setOwn(target, name, [...new Set([...values, ...old])]);
}

function deleteValues(
  target: PlainObject,
  directive: string,
  values: Plain | undefined,
  path: string,
  merge: Merge,
): void {
  const name = directive.slice(deletionsFrom.length);
  const at = fieldPath(path, directive);
  const listPath = fieldPath(path, name);
  const list = Object.hasOwn(target, name) ? target[name] : undefined;
  if (!Array.isArray(values)) return reportType(at, "a list of the values to remove", values, merge);
  if (!Array.isArray(list)) {
    const lists = Object.keys(target).filter((field) => Array.isArray(target[field]));
    return merge.report(at, "removal-of-nothing", `there is no list "${name}"`, {
      expected: lists.length > 0 ? `one of: ${lists.join(", ")}` : "a list of the object",
      fix: didYouMean(name, lists, "take the directive out"),
    });
  }
  const removed = values.filter((value) => {
    const place = `${listPath}[${JSON.stringify(value)}]`;
    if (list.some((other) => same(other, value))) return agrees(place, null, merge);
    if (isRepeated(place, null, merge)) return false;
    merge.report(at, "removal-of-nothing", `there is no ${JSON.stringify(value)} to remove`, {
      expected: `one of: ${list.map((other) => JSON.stringify(other)).join(", ")}`,
      fix: didYouMean(
        JSON.stringify(value),
        list.map((other) => JSON.stringify(other)),
        "take it out of the patch",
      ),
    });
    return false;
  });
  const rest = list.filter((value) => !removed.some((other) => same(other, value)));
  setOwn(target, name, rest);
}

/** Removes the fields that are not listed: of a union, such as a volume's source, one member takes another's place. */
function retainKeys(
  target: PlainObject,
  body: PlainObject,
  keys: Plain,
  known: Definition | undefined,
  path: string,
  merge: Merge,
): void {
  const at = fieldPath(path, "$retainKeys");
  if (!Array.isArray(keys)) return reportType(at, "a list of the fields to keep", keys, merge);
  const names = keys.map((key) => (typeof key === "string" ? key : JSON.stringify(key)));
  for (const [index, name] of names.entries()) {
    if (!known || known.open || known.fields.has(name)) continue;
    const { code, what, ...rest } = unknownField(name, known);
    merge.report(`${at}[${index}]`, code, what, rest);
  }
  const unlisted = Object.keys(body).filter((name) => !name.startsWith("$") && !names.includes(name));
  for (const name of unlisted) {
    merge.report(at, "key-not-retained", `the patch sets "${name}", which is not among the keys to retain`, {
      expected: [...names, name].join(", "),
      fix: `add "${name}" to $retainKeys, or take it out of the patch`,
    });
  }
  for (const name of Object.keys(target))
    if (!names.includes(name) && agrees(fieldPath(path, name), null, merge)) delete target[name];
}
