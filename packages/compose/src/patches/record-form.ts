import { isMeant } from "./explicit-patch.ts";
import { settableFields, type KubernetesObject } from "../kubernetes/object.ts";
import { keysOf } from "../value/element-keys.ts";
import { copy, isObject, setOwn, type Plain, type PlainObject } from "../value/plain.ts";
import { builtInKind, definitionOf, type Definition, type Field } from "../kubernetes/schema.ts";

/** Thrown within, where the record form has no words for something. */
const inexpressible = Symbol("inexpressible");

/**
 * A strategic merge patch in the record form of `patch`, as far as that form has words for it: not for `$retainKeys`,
 * orders of elements, deletions from lists of values and of fields that Kubernetes demands, and elements that the object, as it was declared, does not have.
 *
 * What is new stands last in this form, in the other one first: whether the two come to the same is for the caller to see.
 *
 * @param declared the object that the patch is made against.
 * @param body a patch that says all that it does, as `explicitPatch` gives it.
 */
export function recordForm(declared: KubernetesObject, body: PlainObject): PlainObject | undefined {
  const definition = builtInKind(declared.apiVersion, declared.kind);
  if (!definition) return undefined;
  try {
    return recordFields(settableFields(declared), body, definition);
  } catch (error) {
    if (error === inexpressible) return undefined;
    throw error;
  }
}

function recordFields(
  declared: PlainObject,
  body: PlainObject,
  definition: string | Definition | undefined,
): PlainObject {
  const known = definitionOf(definition);
  const result: PlainObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith("$")) throw inexpressible;
    const own = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const field = known?.fields.get(name);
    const record = value === undefined ? undefined : recordValue(own, value, field);
    if (record === null && field?.isRequired) throw inexpressible;
    if (record !== undefined) setOwn(result, name, record);
  }
  return result;
}

function recordValue(declared: Plain | undefined, value: Plain, field: Field | undefined): Plain {
  if (Array.isArray(value)) {
    if (field?.items?.definition === "rbac.v1.Subject") return { $replace: copy(value) };
    if (field?.keys) return recordList(declared, value, { ...field, keys: field.keys });
    if (field?.type === "set") throw inexpressible;
    return copy(value);
  }
  if (!isObject(value)) return value;
  if (value["$patch"] === "delete") return null;
  const inner = isObject(declared) ? declared : {};
  return recordFields(inner, value, field?.type === "map" ? undefined : field?.definition);
}

function recordList(
  declared: Plain | undefined,
  elements: readonly Plain[],
  { keys, items }: Field & { readonly keys: readonly string[] },
): Plain {
  const list = Array.isArray(declared) ? declared.filter(isObject) : [];
  const result: PlainObject = {};
  const added: Plain[] = [];
  const whole = elements.find((element) => isObject(element) && Object.keys(element).join() === "$patch");
  if (isObject(whole)) {
    if (whole["$patch"] === "delete") return null;
    if (whole["$patch"] !== "replace") throw inexpressible;
    return { $replace: elements.filter((element) => element !== whole).map(unmarked) };
  }
  for (const element of elements) {
    if (!isObject(element)) throw inexpressible;
    const { $patch, ...changes } = element;
    const isNew = $patch === "merge" && !list.some((other) => isMeant(other, changes, keys));
    const directive = $patch === "merge" ? undefined : $patch;
    if (isNew) added.push(unmarked(changes));
    else {
      const key = nameIn(list, changes, keys);
      setOwn(
        result,
        key,
        directive === "delete" ? null : recordElement(list, changes, keys, items, directive),
      );
    }
  }
  return added.length > 0 ? { ...result, $add: added } : result;
}

/** What is new as a whole: all within is new, and needs no mark that says so. */
function unmarked(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isObject(value)) return value;
  const { $patch: directive = "merge", ...fields } = value;
  if (directive !== "merge") throw inexpressible;
  const result: PlainObject = {};
  for (const [name, inner] of Object.entries(fields)) {
    if (name.startsWith("$")) throw inexpressible;
    if (inner !== undefined) setOwn(result, name, unmarked(inner));
  }
  return result;
}

/** By what a record names an element; it must be one that was declared, and no other may go by that name. */
function nameIn(list: readonly PlainObject[], element: PlainObject, keys: readonly string[]): string {
  const [match, ...others] = list.filter((other) => isMeant(other, element, keys));
  if (!match || others.length > 0) throw inexpressible;
  const names = keysOf(match, keys).slice(0, 2);
  const name = names.find((candidate) =>
    list.every((other) => other === match || !keysOf(other, keys).includes(candidate)),
  );
  if (name === undefined) throw inexpressible;
  return name;
}

function recordElement(
  list: readonly PlainObject[],
  changes: PlainObject,
  keys: readonly string[],
  items: Field | undefined,
  directive: Plain | undefined,
): PlainObject {
  if (directive !== undefined) throw inexpressible;
  const match = list.find((other) => isMeant(other, changes, keys));
  const others = Object.entries(changes).filter(([name]) => !keys.includes(name));
  return recordFields(match ?? {}, Object.fromEntries(others), items?.definition);
}
