import { agrees, checkValue, isRepeated, reportType, type KeyedField, type Merge } from "../merge.ts";
import { keysOf } from "../../value/element-keys.ts";
import { shortKey } from "../patch-list.ts";
import { copy, isObject, same, setOwn, type Plain, type PlainObject } from "../../value/plain.ts";
import { didYouMean } from "../../problems/problem.ts";

/** One element of the patch, and what it does to the list. */
interface ElementChange {
  readonly directive: Plain;
  /** The element without its directive. */
  readonly body: PlainObject;
  readonly path: string;
}

/** A list on its way through a patch. */
interface ListWork {
  readonly list: PlainObject[];
  readonly field: KeyedField;
  readonly at: string;
  readonly merge: Merge;
}

/** Applies the list form of a patch to a list that Kubernetes merges by key. */
export function strategicList(
  target: PlainObject,
  name: string,
  body: unknown,
  field: KeyedField,
  at: string,
  merge: Merge,
): void {
  if (!Array.isArray(body)) return reportType(at, `a list of elements with ${field.keys[0]}`, body, merge);
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  const list = Array.isArray(current) ? current.filter(isObject) : [];
  if (current === undefined) merge.effect.isAny = true;
  const changes = changesIn(body, { list, field, at, merge });
  const directive = directiveIn(body);
  if (directive === "delete") {
    if (current === undefined)
      merge.report(at, "removal-of-nothing", "there is no list to remove", nothingToRemove);
    else if (agrees(at, null, merge)) delete target[name];
  } else if (directive === "replace") {
    const elements = changes.map((change) => withoutMarks(change.body));
    if (checkValue(elements, asList(field), at, merge) && agrees(at, elements, merge))
      target[name] = copy(elements);
  } else {
    const all = directive
      ? changes.map((change) => ({ ...change, directive: change.directive ?? "merge" }))
      : changes;
    target[name] = mergeElements(all, { list, field, at, merge });
  }
}

const nothingToRemove = { expected: "a list that is there", fix: "take the directive out of the patch" };

const asList = ({ items }: KeyedField): { type: "list"; items?: NonNullable<KeyedField["items"]> } => ({
  type: "list",
  ...(items && { items }),
});

/** Whether an element is a directive for the whole list. */
const isWhole = (element: unknown): element is PlainObject =>
  isObject(element) && Object.hasOwn(element, "$patch") && Object.keys(element).length === 1;

/** The directive for the whole list, where there is one. */
export const directiveIn = (list: readonly Plain[]): Plain | undefined => list.find(isWhole)?.["$patch"];

const directives = new Set<unknown>([undefined, "delete", "replace", "merge"]);

/** The elements that change something; reports those that say nothing of which element they mean. */
function changesIn(body: readonly Plain[], { field, at, merge }: ListWork): ElementChange[] {
  const seen = new Set<string>();
  return body.flatMap((element, index) => {
    const path = `${at}[${index}]`;
    if (isObject(element) && !directives.has(element["$patch"])) {
      reportType(`${path}.$patch`, '"delete", "replace" or "merge"', element["$patch"], merge);
      return [];
    }
    if (isWhole(element)) return [];
    const [key = "name"] = field.keys;
    if (!isObject(element) || element[key] === undefined || element[key] === null) {
      merge.report(path, "element-key-missing", `the element has no "${key}"`, {
        expected: `an object with ${key}, which identifies it`,
        fix: `state its ${key}`,
      });
      return [];
    }
    const name = keysOf(element, field.keys).at(-1) ?? "";
    if (seen.has(name)) {
      merge.report(path, "element-repeated", `the patch names "${name}" twice`, {
        expected: "each element once",
        fix: "make them one",
      });
      return [];
    }
    seen.add(name);
    const { $patch: directive = null, ...rest }: PlainObject = element;
    return [{ directive, body: rest, path: `${at}[${keysOf(element, field.keys)[0]}]` }];
  });
}

/**
 * The list with its changes, in the order of Kustomize: what the patch names stands first, in the patch's order. Where
 * elements are told apart by more than one key, only those that are new do.
 */
function mergeElements(changes: readonly ElementChange[], work: ListWork): PlainObject[] {
  const { list, field } = work;
  const named = new Set<PlainObject>();
  const removed = new Set<PlainObject>();
  for (const change of changes) {
    const { element, isRemoved } = applyChange(change, work);
    if (element) (isRemoved ? removed : named).add(element);
  }
  const isOld = (element: PlainObject): boolean => list.includes(element);
  const elements = [...list, ...changes.map(({ body }) => body)];
  const secondary = field.keys.slice(1);
  const isComposite = elements.some((element) => secondary.some((key) => element[key] !== undefined));
  const first = [...named].filter((element) => !isComposite || !isOld(element));
  return [...first, ...list.filter((element) => !removed.has(element) && !first.includes(element))];
}

/** Applies one element of the patch; gives the element of the list that it is about. */
function applyChange(
  { directive, body, path }: ElementChange,
  work: ListWork,
): { readonly element?: PlainObject; readonly isRemoved?: boolean } {
  const { list, field, at, merge } = work;
  const matches = list.filter((element) => hasStatedKeys(element, body, field));
  const [element] = matches;
  if (!element) {
    if (directive === "merge") return addElement(body, work);
    reportMissing(body, directive, path, work);
    return {};
  }
  if (matches.length > 1) {
    merge.report(path, "element-ambiguous", `${matches.length} elements are meant`, {
      expected: `one of: ${matches.map((match) => keysOf(match, field.keys).at(-1)).join(", ")}`,
      fix: `state ${field.keys.join(" and ")}`,
    });
    return {};
  }
  const place = `${at}[${shortKey(element, list, field)}]`;
  if (directive === "delete") return agrees(place, null, merge) ? { element, isRemoved: true } : { element };
  if (directive === "replace") {
    const whole = withoutMarks(body);
    if (checkValue(whole, field.items, place, merge) && agrees(place, whole, merge)) {
      for (const name of Object.keys(element)) delete element[name];
      for (const [name, value] of Object.entries(copy(whole))) setOwn(element, name, value);
    }
  } else merge.fields(element, body, field.items?.definition, place, merge);
  return { element };
}

/** Whether an element has the keys that the patch states; a port without a protocol is one of TCP. */
const hasStatedKeys = (element: PlainObject, body: PlainObject, { keys }: KeyedField): boolean =>
  keys.every((key) => {
    const own = element[key] ?? (key === "protocol" ? "TCP" : undefined);
    return body[key] === undefined || same(own, body[key]);
  });

function addElement(body: PlainObject, { field, at, merge }: ListWork): { readonly element?: PlainObject } {
  const element = withoutMarks(body);
  const place = `${at}[${keysOf(element, field.keys).at(-1)}]`;
  return checkValue(element, field.items, place, merge) && agrees(place, element, merge)
    ? { element: copy(element) }
    : {};
}

function reportMissing(
  body: PlainObject,
  directive: Plain,
  path: string,
  { list, field, merge }: ListWork,
): void {
  const [name = ""] = keysOf(body, field.keys);
  if (directive === "delete" && isRepeated(path, null, merge)) return;
  const known = list.flatMap((element) => keysOf(element, field.keys).slice(0, 1));
  merge.report(path, "element-unknown", `the list has no element "${name}"`, {
    expected: known.length > 0 ? `one of: ${known.join(", ")}` : "nothing, the list is empty",
    fix: didYouMean(name, known, directive ? "take it out" : "mark a new element with $patch: merge"),
  });
}

/** A value that is new as a whole: what lies in it is new too, and neither of two marks changes that. */
function withoutMarks<P extends Plain>(value: P): P;
function withoutMarks(value: Plain): Plain {
  if (Array.isArray(value))
    return value.filter((inner) => !isMark(inner)).map((inner: Plain) => withoutMarks(inner));
  if (!isObject(value)) return value;
  const result: PlainObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const isMarked = name === "$patch" && patchMarks.has(inner);
    if (inner !== undefined && !isMarked) setOwn(result, name, withoutMarks(inner));
  }
  return result;
}

const patchMarks = new Set<unknown>(["merge", "replace"]);
export const isMark = (value: unknown): boolean => isWhole(value) && patchMarks.has(value["$patch"]);
