import type { JsonOperation } from "@atlas/compose/patches";
import { isDeepStrictEqual } from "node:util";

/** How a value becomes another, said in two ways. */
export interface Difference {
  /** As the operations of a JSON patch. */
  readonly operations: readonly JsonOperation[];
  /** As a strategic merge patch; undefined where lists differ in more than the fields of named elements. */
  readonly merge: Readonly<Record<string, unknown>> | undefined;
}

type ObjectFields = Readonly<Record<string, unknown>>;
const isObjectFields = (value: unknown): value is ObjectFields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an object lacks to be another of the same name. */
export function differenceOf(from: object, to: object): Difference {
  const operations = [...operationsOf(from, to, "")];
  const merge = mergeOf(from, to);
  return { operations, merge: isObjectFields(merge) ? merge : undefined };
}

const pointer = (path: string, name: string | number): string =>
  `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;

function* operationsOf(from: unknown, to: unknown, path: string): Generator<JsonOperation> {
  if (isDeepStrictEqual(from, to)) return;
  if (Array.isArray(from) && Array.isArray(to)) yield* operationsOfList(from, to, path);
  else if (isObjectFields(from) && isObjectFields(to)) {
    for (const name of Object.keys(from))
      if (!Object.hasOwn(to, name)) yield { op: "remove", path: pointer(path, name) };
    for (const [name, value] of Object.entries(to)) {
      if (Object.hasOwn(from, name)) yield* operationsOf(from[name], value, pointer(path, name));
      else yield { op: "add", path: pointer(path, name), value: value as never };
    }
  } else yield { op: "replace", path, value: to as never };
}

/** What stands in the middle of a longer list is added there, and taken out of a longer one: the others stay as they are. */
function* operationsOfList(
  from: readonly unknown[],
  to: readonly unknown[],
  path: string,
): Generator<JsonOperation> {
  const shorter = Math.min(from.length, to.length);
  let start = from.length === to.length ? shorter : 0;
  while (start < shorter && isSameElement(from[start], to[start])) start++;
  let end = 0;
  while (end < shorter - start && isSameElement(from.at(-1 - end), to.at(-1 - end))) end++;
  for (let index = from.length - end - 1; index >= start; index--)
    yield { op: "remove", path: pointer(path, index) };
  for (let index = start; index < to.length - end; index++)
    yield { op: "add", path: pointer(path, index), value: to[index] as never };
  for (const [index, value] of to.entries()) {
    const before = index < start ? from[index] : from[index - to.length + from.length];
    if (index < start || index >= to.length - end) yield* operationsOf(before, value, pointer(path, index));
  }
}

/** Whether an element is another one's with other fields: it has the same name, or is the same where it has none. */
function isSameElement(from: unknown, to: unknown): boolean {
  if (!isObjectFields(from) || !isObjectFields(to)) return isDeepStrictEqual(from, to);
  const { name } = from;
  return typeof name === "string" ? name === to["name"] : isDeepStrictEqual(from, to);
}

/** Marks what a merge cannot say. */
const unsayable = Symbol("unsayable");

function mergeOf(from: unknown, to: unknown): unknown {
  if (Array.isArray(from) && Array.isArray(to)) return mergeOfElements(from, to);
  if (!isObjectFields(from) || !isObjectFields(to)) return to;
  const result: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (isDeepStrictEqual(from[name], to[name])) continue;
    const inner = Object.hasOwn(to, name) ? mergeOf(from[name], to[name]) : null;
    if (inner === unsayable) return unsayable;
    Object.defineProperty(result, name, {
      value: inner,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

const listNames = (list: readonly unknown[]): unknown[] =>
  list.map((item) => (isObjectFields(item) ? item["name"] : undefined));

/** Elements with names, the same before and after, are merged by these; other lists are given whole. */
function mergeOfElements(from: readonly unknown[], to: readonly unknown[]): unknown {
  const [before, after] = [listNames(from), listNames(to)];
  const isNamed = after.every((name) => typeof name === "string") && isDeepStrictEqual(before, after);
  if (!isNamed) return from.every((item) => !isObjectFields(item)) ? to : unsayable;
  const changed = to.flatMap((item, index) => {
    if (isDeepStrictEqual(from[index], item)) return [];
    const inner = mergeOf(from[index], item);
    return [isObjectFields(inner) ? { name: after[index], ...inner } : unsayable];
  });
  return changed.includes(unsayable) ? unsayable : changed;
}
