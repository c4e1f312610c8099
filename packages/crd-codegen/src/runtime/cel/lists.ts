import { isEqual } from "./equality.ts";
import { standIn } from "./expression.ts";
import type { Library } from "./functions.ts";

type Ordered = bigint | number | string | boolean | Date;

/** A duration of the library. */
interface LibraryDuration {
  readonly seconds: bigint;
  readonly nanos: number;
  readonly addDuration: (other: LibraryDuration) => LibraryDuration;
}

const compare = (a: Ordered, b: Ordered): number => (a < b ? -1 : a > b ? 1 : 0);

function extreme(list: readonly Ordered[], sign: number): Ordered {
  const [first, ...others] = list;
  if (first === undefined) throw new Error("an empty list has no least or greatest element");
  return others.reduce((found, element) => (sign * compare(element, found) > 0 ? element : found), first);
}

const rangeLimit = 2n ** 63n;

/** The sum of numbers, or of durations; of none it is 0. */
function sum(list: readonly (bigint | number | LibraryDuration)[]): unknown {
  if (list.some((element) => typeof element === "number"))
    return list.reduce((total: number, element) => total + Number(element), 0);
  const [first, ...others] = list;
  if (typeof first === "object")
    return others.reduce<LibraryDuration>(
      (total, element) => total.addDuration(element as LibraryDuration),
      first,
    );
  const total = list.reduce<bigint>((part, element) => part + (element as bigint), 0n);
  if (total >= rangeLimit || total < -rangeLimit) throw new Error("integer overflow");
  return total;
}

function slice(list: readonly unknown[], start: bigint, end: bigint): unknown[] {
  if (start < 0n || start > end || end > BigInt(list.length))
    throw new Error(`cannot slice(${start}, ${end})`);
  return list.slice(Number(start), Number(end));
}

function flattened(list: readonly unknown[], depth: bigint): unknown[] {
  if (depth < 0n) throw new Error("level must be non-negative");
  return list.flat(Number(depth));
}

const distinct = (list: readonly unknown[]): unknown[] =>
  list.filter((element, index) => list.findIndex((other) => isEqual(other, element)) === index);

/** The elements in the order of their keys. */
function sortedBy(list: readonly unknown[], keys: readonly Ordered[]): unknown[] {
  if (keys.some((key) => typeof key !== typeof keys[0]))
    throw new Error("list elements must have the same type");
  const pairs = list.map((element, index) => ({ element, key: keys[index] ?? 0 }));
  return pairs.toSorted((a, b) => compare(a.key, b.key)).map(({ element }) => element);
}

const containsValue = (list: readonly unknown[], value: unknown): boolean =>
  list.some((element) => isEqual(element, value));
const indexValue = (index: number): bigint => BigInt(index);

interface ComprehensionEntry {
  readonly key: unknown;
  readonly value: unknown;
}

/** What a comprehension of two variables goes through. */
function entriesOf(value: readonly unknown[] | { readonly [key: string]: unknown }): ComprehensionEntry[] {
  if (Array.isArray(value))
    return value.map((element: unknown, index) => ({ key: indexValue(index), value: element }));
  return Object.entries(value).map(([key, field]) => ({ key, value: field }));
}

/** One map of several, which have no key in common. */
function unitedMaps(maps: readonly { readonly [key: string]: unknown }[]): unknown {
  const united: { [key: string]: unknown } = Object.create(null);
  for (const [key, value] of maps.flatMap((map) => Object.entries(map))) {
    if (Object.hasOwn(united, key)) throw new Error(`the key ${key} stands twice`);
    united[key] = value;
  }
  return united;
}

const mapOfEntries = (entries: readonly (readonly [unknown, unknown])[]): unknown =>
  unitedMaps(entries.map(([key, value]) => Object.assign(Object.create(null), { [String(key)]: value })));

/** Lists and sets (Kubernetes 1.34, `cel/library/lists.go`; cel-go 0.26, `ext/lists.go`, `ext/sets.go`). */
export const lists: Library = {
  "list<dyn>.isSorted(): bool": (list: readonly Ordered[]) =>
    list.every((element, index) => index === 0 || compare(list[index - 1] ?? element, element) <= 0),
  "list<dyn>.sum(): dyn": sum,
  "list<dyn>.min(): dyn": (list: readonly Ordered[]) => extreme(list, -1),
  "list<dyn>.max(): dyn": (list: readonly Ordered[]) => extreme(list, 1),
  [`list<dyn>.${standIn("indexOf")}(dyn): int`]: (list: readonly unknown[], value: unknown) =>
    indexValue(list.findIndex((element) => isEqual(element, value))),
  [`list<dyn>.${standIn("lastIndexOf")}(dyn): int`]: (list: readonly unknown[], value: unknown) =>
    indexValue(list.findLastIndex((element) => isEqual(element, value))),
  "list<dyn>.slice(int, int): list<dyn>": slice,
  "list<dyn>.flatten(): list<dyn>": (list: readonly unknown[]) => flattened(list, 1n),
  "list<dyn>.flatten(int): list<dyn>": flattened,
  "list<dyn>.distinct(): list<dyn>": distinct,
  "list<dyn>.reverse(): list<dyn>": (list: readonly unknown[]) => list.toReversed(),
  "list<dyn>.sort(): list<dyn>": (list: readonly Ordered[]) => sortedBy(list, list),
  "sortedBy(list<dyn>, list<dyn>): list<dyn>": sortedBy,
  "ListsNamespace.range(int): list<int>": (_: unknown, count: bigint) =>
    Array.from({ length: Math.max(Number(count), 0) }, (_element, index) => indexValue(index)),
  "entriesOf(dyn): list<dyn>": entriesOf,
  "mapOf(list<dyn>): dyn": mapOfEntries,
  "unitedMaps(list<dyn>): dyn": unitedMaps,
  "SetsNamespace.contains(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.every((element) => containsValue(list, element)),
  "SetsNamespace.equivalent(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.every((element) => containsValue(list, element)) &&
    list.every((element) => containsValue(other, element)),
  "SetsNamespace.intersects(list<dyn>, list<dyn>): bool": (_: unknown, list: unknown[], other: unknown[]) =>
    other.some((element) => containsValue(list, element)),
};
