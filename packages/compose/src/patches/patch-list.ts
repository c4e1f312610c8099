import { fieldPath } from "../value/path.ts";
import { keysOf } from "../value/element-keys.ts";
import { agrees, checkValue, isRepeated, reportType, type KeyedField, type Merge } from "./merge.ts";
import { copy, isObject, setOwn, type PlainObject } from "../value/plain.ts";
import { didYouMean } from "../problems/problem.ts";
import { setByAnother } from "./settings.ts";

type Element = PlainObject;

/** Where new elements stand, in the order in which they are put there. */
const additions = ["$first", "$before", "$after", "$add"] as const;
/** What a record says of a list beside the names of its elements. */
export const listDirectives: readonly string[] = [...additions, "$replace"];

/** What others call something that a record says of a list: MongoDB's updates, JavaScript's arrays, strategic merges, people. */
const otherDirectives: Readonly<Record<string, string>> = {
  $append: "$add",
  $concat: "$add",
  $delete: "NAME: null",
  $insert: "$before: { NAME: [ … ] } or $after: { NAME: [ … ] }",
  $insertAfter: "$after: { NAME: [ … ] }",
  $insertBefore: "$before: { NAME: [ … ] }",
  $last: "$add",
  $merge: "NAME: { … }",
  $new: "$add",
  $patch: "NAME: null to remove an element, $replace for a whole list, or strategicMerge(target, { … })",
  $pop: "NAME: null",
  $prepend: "$first",
  $pull: "NAME: null",
  $push: "$add",
  $remove: "NAME: null",
  $set: "$replace",
  $start: "$first",
  $unset: "NAME: null",
  $unshift: "$first",
};

const directiveFor = (key: string): string | undefined =>
  Object.hasOwn(otherDirectives, key) ? `here it is ${otherDirectives[key]}` : undefined;

/** Applies the record form of a patch to a list that Kubernetes merges by key. */
export function patchList(
  target: PlainObject,
  name: string,
  body: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): void {
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  let list: Element[] = Array.isArray(current) ? current.filter(isObject) : [];
  if (Array.isArray(body)) {
    if (list.length > 0) return reportList(at, list, field, merge);
    list = wholeList(list, body, field, at, at, merge);
  } else if (!isObject(body)) {
    const form = `a record from ${field.keys[0]} to change, with $add for new elements or $replace for a whole list`;
    return reportType(at, form, body, merge);
  } else {
    if (body["$replace"] !== undefined)
      list = wholeList(list, body["$replace"], field, at, `${at}.$replace`, merge);
    for (const [key, change] of Object.entries(body))
      if (change !== undefined && !listDirectives.includes(key))
        list = changeElement(list, key, change, field, at, merge);
    for (const directive of additions)
      if (body[directive] !== undefined) list = addNextTo(list, directive, body[directive], field, at, merge);
  }
  setOwn(target, name, list);
}

/** A list in place of one that is there would lose its elements without a word. */
function reportList(at: string, list: readonly Element[], field: KeyedField, merge: Merge): void {
  const names = list.map((element) => JSON.stringify(shortKey(element, list, field)));
  merge.report(
    at,
    "list-form-unexpected",
    "got a whole list, in place of changes of the elements there are",
    {
      expected: `a record from ${field.keys[0]} to change: ${names.join(", ")}`,
      fix: "change elements by their names, put new ones into $add, or the whole list into $replace",
    },
  );
}

/** The list that is stated whole; the one that is there, where it is wrong. */
function wholeList(
  list: Element[],
  whole: unknown,
  field: KeyedField,
  at: string,
  statedAt: string,
  merge: Merge,
): Element[] {
  return isListOfElements(whole, field, statedAt, merge, !field.isOurs) && agrees(at, whole, merge)
    ? [...copy(whole)]
    : list;
}

/** Puts new elements first, last, or beside others that are named. */
function addNextTo(
  list: Element[],
  directive: (typeof additions)[number],
  added: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): Element[] {
  const statedAt = `${at}.${directive}`;
  if (directive === "$add" || directive === "$first") {
    if (!isListOfElements(added, field, statedAt, merge)) return list;
    return addElements(list, added, directive === "$add" ? list.length : 0, field, at, statedAt, merge);
  }
  if (!isObject(added)) {
    reportType(statedAt, `a record from the ${field.keys[0]} of an element to new ones`, added, merge);
    return list;
  }
  let result = list;
  for (const [key, elements] of Object.entries(added)) {
    const index = result.indexOf(elementNamed(result, key, field, statedAt, merge) ?? {});
    if (index < 0 || !isListOfElements(elements, field, `${statedAt}[${key}]`, merge)) continue;
    const place = directive === "$before" ? index : index + 1;
    result = addElements(result, elements, place, field, at, `${statedAt}[${key}]`, merge);
  }
  return result;
}

/** The one element that goes by a name; otherwise that there is none, or that there are several, is reported. */
function elementNamed(
  list: readonly Element[],
  key: string,
  field: KeyedField,
  at: string,
  merge: Merge,
): Element | undefined {
  const matches = list.filter((element) => keysOf(element, field.keys).includes(key));
  const path = `${at}[${key}]`;
  if (matches.length === 0) {
    const known = list.flatMap((other) => keysOf(other, field.keys).slice(0, 1));
    const names = key.startsWith("$") ? [...known, ...listDirectives] : known;
    merge.report(path, "element-unknown", `the list has no element "${key}"`, {
      expected: known.length > 0 ? `one of: ${known.join(", ")}` : "nothing, the list is empty",
      fix: directiveFor(key) ?? didYouMean(key, names, "put a new element into $add"),
    });
  } else if (matches.length > 1) {
    merge.report(path, "element-ambiguous", `"${key}" stands for ${matches.length} elements`, {
      expected: `one of: ${matches.map((match) => keysOf(match, field.keys).at(-1)).join(", ")}`,
      fix: field.keys.length > 1 ? `name the element by ${field.keys.join(" and ")}` : "give the whole list",
    });
  }
  return matches.length === 1 ? matches[0] : undefined;
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
  const isThere = list.some((element) => keysOf(element, field.keys).includes(key));
  if (!isThere && change === null && isRepeated(path, null, merge)) return list;
  const element = elementNamed(list, key, field, at, merge);
  if (!element) return list;
  if (change === null) return agrees(path, null, merge) ? list.filter((other) => other !== element) : list;
  if (!isObject(change)) reportType(path, "an object, or null to remove the element", change, merge);
  else if (!renames(element, key, change, field, path, merge))
    merge.fields(element, change, field.items?.definition, `${at}[${shortKey(element, list, field)}]`, merge);
  return list;
}

/** Whether a change gives its element another name than the record has it under; reports it. */
function renames(
  element: Element,
  name: string,
  change: Element,
  { keys }: KeyedField,
  at: string,
  merge: Merge,
): boolean {
  const stated = keys.filter((key) => Object.hasOwn(change, key) && change[key] !== undefined);
  const changed = Object.fromEntries(
    keys.map((key) => [key, (stated.includes(key) ? change : element)[key]]),
  );
  const names = keysOf(changed, keys);
  if (stated.length === 0 || names.includes(name)) return false;
  const key = stated.find((each) => change[each] !== element[each]) ?? "name";
  merge.report(
    fieldPath(at, key),
    "element-key-changed",
    `the key says "${name}", and ${key} says ${JSON.stringify(change[key])}`,
    {
      expected: `${JSON.stringify(element[key]) ?? "none"}, or no ${key}: the key says which element is meant`,
      fix: `to rename an element, remove it, and put the new one into $add: { ${JSON.stringify(name)}: null, $add: [ … ] }`,
    },
  );
  return true;
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
  place: number,
  field: KeyedField,
  at: string,
  statedAt: string,
  merge: Merge,
): Element[] {
  const result = [...list];
  let index = place;
  for (const element of added) {
    const names = keysOf(element, field.keys);
    const full = names.at(-1) ?? "";
    if (isRepeated(`${at}[${full}]`, element, merge)) continue;
    const isFull = (other: Element): boolean => keysOf(other, field.keys).at(-1) === full;
    if (result.some(isFull)) reportAdded(names, list.some(isFull), at, statedAt, merge);
    else if (agrees(`${at}[${full}]`, element, merge)) result.splice(index++, 0, copy(element));
  }
  return result;
}

/** Reports an element that cannot be added: the base has it, another patch of the layer brings it, or this one does twice. */
function reportAdded(
  names: readonly string[],
  isThere: boolean,
  at: string,
  statedAt: string,
  merge: Merge,
): void {
  const full = names.at(-1) ?? "";
  const { settings, patch } = merge;
  const rival = setByAnother(settings, `${at}[${full}]`, patch) ?? setByAnother(settings, at, patch);
  if (!isThere) {
    merge.report(statedAt, "element-repeated", `the element "${full}" is added twice`, {
      expected: "one element of each name",
      fix: "drop one of them",
    });
  } else if (rival) {
    merge.report(statedAt, "patches-conflict", `two patches of this layer add an element "${full}"`, {
      expected: "one patch that adds it",
      fix: "drop one of them, or say in one patch what both say",
      rival,
    });
  } else {
    merge.report(statedAt, "element-repeated", `the list has an element "${full}" already`, {
      expected: "an element that is new",
      fix: `change it by its key: { ${JSON.stringify(names[0])}: { ... } }`,
    });
  }
}

function isListOfElements(
  value: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
  isWhole = false,
): value is readonly Element[] {
  if (!Array.isArray(value)) {
    reportType(at, "a list", value, merge);
    return false;
  }
  const [key = "name"] = field.keys;
  const complete = value.map((element, index) => {
    if (isObject(element) && element[key] !== undefined) return true;
    merge.report(`${at}[${index}]`, "element-key-missing", `the element has no "${key}"`, {
      expected: `an object with ${key}, which identifies it`,
      fix: `state its ${key}`,
    });
    return false;
  });
  const { items, keys } = field;
  const list = { type: "list", ...(items && { items }), ...(isWhole && { keys }) } as const;
  const checked = checkValue(value, list, at, merge);
  return checked && complete.every(Boolean);
}
