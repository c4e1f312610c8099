import { fieldSchema, isFields, type Resolve, type Schema } from "./schema.ts";

/** How elements of a list are told apart: by their keys, by all they hold, or not at all. */
function identityOf(schema: Schema): ((element: unknown) => string) | undefined {
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const type = schema["x-kubernetes-list-type"];
  if (type === "map")
    return (element) => JSON.stringify(keys.map((key) => (isFields(element) ? element[key] : null)));
  return type === "set" || schema.uniqueItems === true ? sortedJson : undefined;
}

/** The elements that an earlier one makes superfluous, in a list of type `set` or `map` (`schema/listtype`). */
export function duplicates(list: readonly unknown[], schema: Schema): { index: number; got: string }[] {
  const identify = identityOf(schema);
  if (!identify) return [];
  const seen = new Set<string>();
  return list.flatMap((element, index) => {
    const got = identify(element);
    if (seen.has(got)) return [{ index, got }];
    seen.add(got);
    return [];
  });
}

/** The element of an earlier list that this one replaces; only lists of type `map` tell. */
export function elementLike(element: unknown, schema: Schema, old: unknown): unknown {
  if (schema["x-kubernetes-list-type"] !== "map" || !Array.isArray(old)) return undefined;
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const identify = identityOf(schema);
  if (!identify || !hasKeys(element, keys)) return undefined;
  return old.find((other: unknown) => hasKeys(other, keys) && identify(other) === identify(element));
}

const hasKeys = (element: unknown, keys: readonly string[]): boolean =>
  isFields(element) && keys.every((key) => ["string", "number", "boolean"].includes(typeof element[key]));

/** Whether elements stand twice in any list of a value, wherever its schema says that they must not. */
export function hasDuplicates(value: unknown, given: Schema | undefined, resolve: Resolve): boolean {
  const schema = given && resolve(given);
  if (!schema) return false;
  if (Array.isArray(value))
    return (
      duplicates(value, schema).length > 0 ||
      value.some((element) => hasDuplicates(element, schema.items, resolve))
    );
  return (
    isFields(value) &&
    Object.entries(value).some(([name, inner]) => hasDuplicates(inner, fieldSchema(schema, name), resolve))
  );
}

/** JSON with sorted names. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isFields(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
