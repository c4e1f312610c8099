import { agrees, checkValue, isRepeated, reportType, type KeyedField, type Merge } from "./merge.ts";
import { copy, isObject, setOwn, type PlainObject } from "./plain.ts";
import { didYouMean } from "./problem.ts";
import { setByAnother } from "./settings.ts";

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
    const form = `a record from ${field.keys[0]} to change, with $add for new elements or $replace for a whole list`;
    reportType(at, form, body, merge);
    return;
  }
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  let list: Element[] = Array.isArray(current) ? current.filter(isObject) : [];
  const { $add, $replace, ...changes } = body;
  if ($replace !== undefined) {
    if (isListOfElements($replace, field, `${at}.$replace`, merge) && agrees(at, $replace, merge))
      list = [...copy($replace)];
  }
  for (const [key, change] of Object.entries(changes))
    if (change !== undefined) list = changeElement(list, key, change, field, at, merge);
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
  const path = `${at}[${key}]`;
  const matches = list.filter((element) => keysOf(element, field.keys).includes(key));
  const [element] = matches;
  if (!element) {
    if (change === null && isRepeated(path, null, merge)) return list;
    const known = list.flatMap((other) => keysOf(other, field.keys).slice(0, 1));
    merge.report(path, `the list has no element "${key}"`, {
      expected: known.length > 0 ? `one of: ${known.join(", ")}` : "nothing, the list is empty",
      mend: didYouMean(key, known, "put a new element into $add"),
    });
  } else if (matches.length > 1) {
    merge.report(path, `"${key}" stands for ${matches.length} elements`, {
      expected: `one of: ${matches.map((match) => keysOf(match, field.keys).at(-1)).join(", ")}`,
      mend: `name the element by ${field.keys.join(" and ")}`,
    });
  } else if (change === null) {
    return agrees(path, null, merge) ? list.filter((other) => other !== element) : list;
  } else if (!isObject(change)) reportType(path, "an object, or null to remove the element", change, merge);
  else
    merge.fields(element, change, field.items?.definition, `${at}[${shortKey(element, list, field)}]`, merge);
  return list;
}

/** One name for an element, however a patch calls it. */
export function shortKey(element: Element, list: readonly Element[], { keys }: KeyedField): string {
  const names = keysOf(element, keys);
  const isAlone = (name: string): boolean =>
    list.every((other) => other === element || !keysOf(other, keys).includes(name));
  return names.find(isAlone) ?? names.at(-1) ?? "";
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
    const names = keysOf(element, field.keys);
    const full = names.at(-1) ?? "";
    if (isRepeated(`${at}[${full}]`, element, merge)) continue;
    const isFull = (other: Element): boolean => keysOf(other, field.keys).at(-1) === full;
    if (result.some(isFull)) reportAdded(names, list.some(isFull), at, merge);
    else if (agrees(`${at}[${full}]`, element, merge)) result.push(copy(element));
  }
  return result;
}

/** Reports an element that cannot be added: the base has it, another patch of the layer brings it, or this one does twice. */
function reportAdded(names: readonly string[], isThere: boolean, at: string, merge: Merge): void {
  const full = names.at(-1) ?? "";
  const { settings, patch } = merge;
  const rival = setByAnother(settings, `${at}[${full}]`, patch) ?? setByAnother(settings, at, patch);
  const add = `${at}.$add`;
  if (!isThere) {
    merge.report(add, `the element "${full}" is added twice`, {
      expected: "one element of each name",
      mend: "drop one of them",
    });
  } else if (rival) {
    merge.report(add, `two patches of this layer add an element "${full}"`, {
      expected: "one patch that adds it",
      mend: "drop one of them, or say in one patch what both say",
      rival,
    });
  } else {
    merge.report(add, `the list has an element "${full}" already`, {
      expected: "an element that is new",
      mend: `change it by its key: { ${JSON.stringify(names[0])}: { ... } }`,
    });
  }
}

function isListOfElements(
  value: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): value is readonly Element[] {
  if (!Array.isArray(value)) {
    reportType(at, "a list", value, merge);
    return false;
  }
  const [key = "name"] = field.keys;
  const complete = value.map((element, index) => {
    if (isObject(element) && element[key] !== undefined) return true;
    merge.report(`${at}[${index}]`, `the element has no "${key}"`, {
      expected: `an object with ${key}, which identifies it`,
      mend: `state its ${key}`,
    });
    return false;
  });
  const checked = checkValue(value, { type: "list", ...(field.items && { items: field.items }) }, at, merge);
  return checked && complete.every(Boolean);
}

/** What an element may be called: by its first key, by the first two and so on, by all (`8080` and `8080/UDP`). */
export function keysOf(element: Element, keys: readonly string[]): string[] {
  const parts = keys.map((key) => {
    const part = element[key] ?? (key === "protocol" ? "TCP" : "");
    return typeof part === "object" ? JSON.stringify(part) : String(part);
  });
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
