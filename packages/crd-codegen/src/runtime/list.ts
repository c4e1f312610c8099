import { isFields, type Schema } from "./schema.ts";

/** How elements of a list are told apart: by their keys, by all they hold, or not at all. */
function identityOf(schema: Schema): ((element: unknown) => string) | undefined {
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const type = schema["x-kubernetes-list-type"];
  if (type === "map")
    return (element) => JSON.stringify(keys.map((key) => (isFields(element) ? element[key] : null)));
  return type === "set" || schema.uniqueItems === true ? canonical : undefined;
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
  const identify = identityOf(schema);
  return identify && old.find((other: unknown) => identify(other) === identify(element));
}

/** JSON with sorted names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isFields(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
