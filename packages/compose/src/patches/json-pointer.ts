import { fieldPath } from "../value/path.ts";
import { keysOf } from "../value/element-keys.ts";
import { shortKey } from "./patch-list.ts";
import { isObject, type Plain, type PlainObject } from "../value/plain.ts";
import { didYouMean } from "../problems/problem.ts";
import { definitionOf, type Definition, type Field } from "../kubernetes/schema.ts";

/** A place in a value: the object or list that holds it, and its field or index there. */
export interface PointerPlace {
  readonly parent: PlainObject | Plain[];
  readonly key: string;
  /** Whether there is a value at the place. */
  readonly exists: boolean;
  /** What the schema says of the value; undefined where nothing is known. */
  readonly field: Field | undefined;
  /** What knows all fields of the parent, where this is none of them. */
  readonly refusedBy?: Definition;
  /** The place as problems name it: `spec.template.spec.containers[web].image`. */
  readonly path: string;
}

/** Why a pointer leads nowhere. */
export interface Stray {
  readonly path: string;
  readonly code: "pointer-unmatched";
  readonly what: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * The segments of a JSON pointer, `~1` read as `/` and `~0` as `~`; undefined for a text that is none.
 *
 * Source: RFC 6901.
 */
export function segmentsOf(pointer: unknown): readonly string[] | undefined {
  if (typeof pointer !== "string" || /~(?![01])/.test(pointer)) return undefined;
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Follows a pointer to its place, whose parent must be there. */
export function pointerPlace(
  root: PlainObject,
  schema: Field,
  segments: readonly string[],
  { mayAppend = false }: { mayAppend?: boolean } = {},
): PointerPlace | Stray {
  let parent: Plain | PointerPlace["parent"] | undefined = root;
  let field: Field | undefined = schema;
  let path = "";
  const last = segments.length - 1;
  for (const [depth, key] of segments.entries()) {
    if (!isParent(parent)) return noInside(path, parent, segments.slice(depth));
    const step: PointerPlace | Stray = pointerStep(parent, key, field, path, mayAppend && depth === last);
    if ("what" in step) return step;
    if (depth === last) return step;
    if (!step.exists) return { ...missingPlace(step, parent), ...slashHint(segments.slice(depth)) };
    parent = childOf(parent, key);
    ({ field, path } = step);
  }
  return {
    path: "",
    code: "pointer-unmatched",
    what: "the pointer names the whole object",
    expected: "a field of it",
    fix: "name the field",
  };
}

/** Objects and lists are the merge's own copies, so that both can be changed. */
const isParent = (value: unknown): value is PointerPlace["parent"] =>
  typeof value === "object" && value !== null;

/** Why there is nothing at a place, and what is near. */
export function missingPlace({ path, key }: PointerPlace, parent: PointerPlace["parent"]): Stray {
  const names = Array.isArray(parent) ? [] : Object.keys(parent);
  return {
    path,
    code: "pointer-unmatched",
    what: `the pointer stops matching: there is no ${JSON.stringify(key)}`,
    expected: names.length === 0 ? "nothing, it is empty" : `one of: ${names.slice(0, 30).join(", ")}`,
    fix: didYouMean(key, names, "name a field that is there, or add it first"),
  };
}

/** No field has a dot in its name, but labels, annotations and keys of data have: what follows is the rest of that name. */
function slashHint([key = "", ...rest]: readonly string[]): Pick<Stray, "fix"> | undefined {
  if (!key.includes(".") || rest.length !== 1) return undefined;
  const name = [key, ...rest].map((part) => part.replaceAll("~", "~0")).join("~1");
  return {
    fix: `where ${JSON.stringify([key, ...rest].join("/"))} is one name, write its slash as ~1: "${name}"`,
  };
}

export function childOf(parent: PointerPlace["parent"], key: string): Plain | undefined {
  if (Array.isArray(parent)) return parent[Number(key)];
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function pointerStep(
  parent: PointerPlace["parent"],
  key: string,
  field: Field | undefined,
  path: string,
  mayAppend: boolean,
): PointerPlace | Stray {
  if (Array.isArray(parent)) return elementAt(parent, key, field, path, mayAppend);
  const definition = field?.type === "object" ? definitionOf(field.definition) : undefined;
  const known = definition ? definition.fields.get(key) : field?.items;
  const exists = Object.hasOwn(parent, key) && parent[key] !== undefined;
  const place = { parent, key, exists, field: known, path: fieldPath(path, key) };
  return definition && !known && !definition.open ? { ...place, refusedBy: definition } : place;
}

function elementAt(
  list: Plain[],
  key: string,
  field: Field | undefined,
  path: string,
  mayAppend: boolean,
): PointerPlace | Stray {
  const index = mayAppend && key === "-" ? list.length : /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  const end = mayAppend ? list.length : list.length - 1;
  if (index < 0 || index > end) {
    const among =
      end < 0 ? "nothing, the list is empty" : `an index from 0 to ${end}${mayAppend ? ", or -" : ""}`;
    return {
      path: `${path}[${key}]`,
      code: "pointer-unmatched",
      what: `the pointer stops matching: the list has no index ${JSON.stringify(key)}`,
      expected: `${among}${elementNames(list, field)}`,
      fix: "count from 0",
    };
  }
  const name = pointerName(list, index, field);
  return {
    parent: list,
    key: String(index),
    exists: index < list.length,
    field: field?.items,
    path: `${path}[${name}]`,
  };
}

/** An element by its merge key where it has one, as other patches name it. */
function pointerName(list: readonly Plain[], index: number, field: Field | undefined): string {
  const element = list[index];
  const { keys } = field ?? {};
  if (!keys || keys.length === 0 || !isObject(element)) return String(index);
  return shortKey(element, list.filter(isObject), { type: "list", keys, ...field });
}

function elementNames(list: readonly Plain[], field: Field | undefined): string {
  const keys = field?.keys ?? ["name"];
  const names = list.flatMap((element, index) => {
    const [name] = isObject(element) ? keysOf(element, keys) : [];
    return name ? [`${index} is ${name}`] : [];
  });
  return names.length === 0 ? "" : ` (${names.slice(0, 30).join(", ")})`;
}

function noInside(path: string, value: Plain | undefined, rest: readonly string[]): Stray {
  return {
    path,
    code: "pointer-unmatched",
    what: `the pointer stops matching: ${JSON.stringify(value)} holds no ${JSON.stringify(rest[0])}`,
    expected: "an object or a list",
    fix: `end the pointer before /${rest.join("/")}`,
  };
}
