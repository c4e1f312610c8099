import { toJson } from "../../value/json.ts";
import { reportType, type Merge } from "../merge.ts";
import { keysOf } from "../../value/element-keys.ts";
import { isObject, same, type Plain, type PlainObject } from "../../value/plain.ts";
import { didYouMean } from "../../problems/problem.ts";
import type { Field } from "../../kubernetes/schema.ts";

/**
 * Puts the elements of a list into the order of a `$setElementOrder` directive. Those that it does not name keep their
 * order among themselves, and stand where the list had them, as far as the new order allows.
 */
export function setElementOrder(
  target: PlainObject,
  name: string,
  order: Plain | undefined,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  const keys = field?.keys ?? [];
  if (!Array.isArray(order)) return reportType(at, "a list of keys or values", order, merge);
  if (!Array.isArray(current)) {
    const lists = Object.keys(target).filter((other) => Array.isArray(target[other]));
    return merge.report(at, "removal-of-nothing", `there is no list "${name}"`, {
      expected: lists.length > 0 ? `one of: ${lists.join(", ")}` : "a list of the object",
      fix: didYouMean(name, lists, "take the directive out"),
    });
  }
  const called = current.map((element) => orderName(element, keys));
  const named = order.map((element) => ({ element, index: orderPlace(element, current, keys) }));
  for (const { element } of named.filter(({ index }) => index < 0)) {
    merge.report(at, "element-unknown", `the list has no element ${orderName(element, keys)}`, {
      expected: `one of: ${called.join(", ")}`,
      fix: didYouMean(orderName(element, keys), called, "take it out of the order"),
    });
  }
  const places = [...new Set(named.flatMap(({ index }) => (index < 0 ? [] : [index])))];
  target[name] = interleave(places, current.length).flatMap((index) => current.slice(index, index + 1));
}

/** The places of a list, those that are ordered in their order; another stands before the first that followed it. */
function interleave(ordered: readonly number[], length: number): number[] {
  const others = Array.from({ length }, (_, index) => index).filter((index) => !ordered.includes(index));
  const result: number[] = [];
  for (const place of ordered) {
    while ((others[0] ?? Infinity) < place) result.push(...others.splice(0, 1));
    result.push(place);
  }
  return [...result, ...others];
}

function orderPlace(wanted: Plain, list: readonly Plain[], keys: readonly string[]): number {
  if (!isObject(wanted)) return list.findIndex((element) => same(element, wanted));
  const given = keys.filter((key) => wanted[key] !== undefined);
  if (given.length === 0) return -1;
  return list.findIndex(
    (element) => isObject(element) && given.every((key) => same(element[key], wanted[key])),
  );
}

const orderName = (element: Plain, keys: readonly string[]): string =>
  (isObject(element) && keysOf(element, keys)[0]) || toJson(element).trim();
