import { copy, isObject, setOwn, type PlainObject } from "./plain.ts";
import { agrees, checkValue, reportType, type Merge } from "./merge.ts";
import { didYouMean } from "./problem.ts";
import { definitionOf, type Field } from "./schema.ts";

type KeyedField = Field & { readonly keys: readonly string[] };
type Element = PlainObject;

/** Applies the record form of a patch to a list that Kubernetes merges by key. */
export function patchList(
  target: PlainObject,
  name: string,
  body: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): void {
  if (!isObject(body)) {
    const key = field.keys[0] ?? "name";
    reportType(
      at,
      `a record from ${key} to change, with $add for new elements or $replace for a whole list`,
      body,
      merge,
    );
    return;
  }
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  let list: Element[] = Array.isArray(current) ? current.filter(isObject) : [];
  const { $add, $replace, ...changes } = body;
  if ($replace !== undefined) {
    if (isListOfElements($replace, field, `${at}.$replace`, merge) && agrees(at, $replace, merge))
      list = copy($replace);
  }
  for (const [key, change] of Object.entries(changes))
    list = changeElement(list, key, change, field, at, merge);
  if ($add !== undefined && isListOfElements($add, field, `${at}.$add`, merge))
    list = addElements(list, $add, field, at, merge);
  setOwn(target, name, list);
}

function changeElement(
  list: Element[],
  key: string,
  change: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): Element[] {
  const matches = list.filter((element) => keysOf(element, field.keys).includes(key));
  const [element] = matches;
  if (!element) {
    const known = list.flatMap((other) => keysOf(other, field.keys).slice(0, 1));
    merge.report(`${at}[${key}]`, `the list has no element "${key}"`, {
      expected: known.length > 0 ? `one of: ${known.join(", ")}` : "nothing, the list is empty",
      mend: didYouMean(key, known, "put a new element into $add"),
    });
  } else if (matches.length > 1) {
    merge.report(`${at}[${key}]`, `"${key}" stands for ${matches.length} elements`, {
      expected: `one of: ${matches.map((match) => keysOf(match, field.keys)[1]).join(", ")}`,
      mend: `name the element by ${field.keys.join(" and ")}`,
    });
  } else if (change === null) {
    return agrees(`${at}[${key}]`, null, merge) ? list.filter((other) => other !== element) : list;
  } else if (!isObject(change))
    reportType(`${at}[${key}]`, "an object, or null to remove the element", change, merge);
  else
    merge.fields(
      element,
      change,
      definitionOf(field.definition),
      `${at}[${keysOf(element, field.keys)[0]}]`,
      merge,
    );
  return list;
}

function addElements(
  list: Element[],
  added: readonly Element[],
  field: KeyedField,
  at: string,
  merge: Merge,
): Element[] {
  const result = [...list];
  for (const element of added) {
    const [key = "", full = key] = keysOf(element, field.keys);
    if (result.some((other) => keysOf(other, field.keys).at(-1) === full)) {
      merge.report(`${at}.$add`, `the list has an element "${full}" already`, {
        expected: "an element that is new",
        mend: `change it by its key: { ${JSON.stringify(key)}: { … } }`,
      });
    } else if (agrees(`${at}[${full}]`, element, merge)) result.push(copy(element));
  }
  return result;
}

function isListOfElements(value: unknown, field: KeyedField, at: string, merge: Merge): value is Element[] {
  if (!Array.isArray(value)) {
    reportType(at, "a list", value, merge);
    return false;
  }
  const complete = value.map((element, index) => {
    const key = field.keys[0] ?? "name";
    if (isObject(element) && element[key] !== undefined) return true;
    merge.report(`${at}[${index}]`, `the element has no "${key}"`, {
      expected: `an object with ${key}, which identifies it`,
      mend: `state its ${key}`,
    });
    return false;
  });
  return checkValue(value, field, at, merge) && complete.every(Boolean);
}

/** What an element may be called: by its first key, and by all of them (`8080` and `8080/UDP`). */
function keysOf(element: Element, keys: readonly string[]): string[] {
  const parts = keys.map((key) => {
    const part = element[key] ?? (key === "protocol" ? "TCP" : "");
    return typeof part === "object" ? JSON.stringify(part) : String(part);
  });
  return parts.length === 1 ? parts : [parts[0] ?? "", parts.join("/")];
}
