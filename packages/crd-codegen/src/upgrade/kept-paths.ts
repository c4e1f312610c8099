import { isDeepStrictEqual } from "node:util";
import { join } from "../runtime/issue.ts";
import { elementLike } from "../runtime/list.ts";
import { fieldSchema, isFields, own, type Schema } from "../runtime/schema.ts";

/**
 * The paths of the values that an update keeps as they were, none of them within another: what is wrong there is excused.
 * A value that holds a field which its schema does not state counts as another one, and so does a whole object whose schema
 * leaves its metadata open, as most do (apiserver 1.34, `cel/common` CorrelatedObject).
 */
export function keptPaths(value: unknown, old: unknown, schema: Schema): ReadonlySet<string> {
  return new Set(pathsWithin(value, old, schema, ""));
}

function pathsWithin(value: unknown, old: unknown, schema: Schema, path: string): string[] {
  if (isKeptAlike(value, old, schema)) return [path];
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return [];
    return value.flatMap((element: unknown, index) => {
      const before = elementLike(element, schema, old);
      return before === undefined ? [] : pathsWithin(element, before, items, `${path}[${index}]`);
    });
  }
  if (!isFields(value) || !isFields(old)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fieldSchema(schema, name);
    return field && Object.hasOwn(old, name) ? pathsWithin(inner, old[name], field, join(path, name)) : [];
  });
}

function isKeptAlike(value: unknown, old: unknown, schema: Schema): boolean {
  if (Array.isArray(value) && Array.isArray(old)) return isSameList(value, old, schema);
  if (!isFields(value) || !isFields(old)) return isDeepStrictEqual(value, old);
  const names = Object.keys(value);
  return (
    names.length === Object.keys(old).length &&
    names.every((name) => {
      const field = fieldSchema(schema, name);
      return (
        field !== undefined && Object.hasOwn(old, name) && isKeptAlike(value[name], own(old, name), field)
      );
    })
  );
}

/** Elements of a list of type `map` are told by their keys, whatever their order; any other list is one value. */
function isSameList(value: readonly unknown[], old: readonly unknown[], schema: Schema): boolean {
  if (value.length !== old.length) return false;
  const { items } = schema;
  if (schema["x-kubernetes-list-type"] !== "map" || !items) return isDeepStrictEqual(value, old);
  return value.every((element) => {
    const before = elementLike(element, schema, old);
    return before !== undefined && isKeptAlike(element, before, items);
  });
}
