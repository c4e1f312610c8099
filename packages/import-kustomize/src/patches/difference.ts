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
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const [index, value] of to.entries()) yield* operationsOf(from[index], value, pointer(path, index));
  } else if (isObjectFields(from) && isObjectFields(to)) {
    for (const name of Object.keys(from))
      if (!Object.hasOwn(to, name)) yield { op: "remove", path: pointer(path, name) };
    for (const [name, value] of Object.entries(to)) {
      if (Object.hasOwn(from, name)) yield* operationsOf(from[name], value, pointer(path, name));
      else yield { op: "add", path: pointer(path, name), value: value as never };
    }
  } else yield { op: "replace", path, value: to as never };
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
