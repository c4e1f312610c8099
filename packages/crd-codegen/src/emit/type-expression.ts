import { referenceOf } from "../model/expand.ts";
import type { Interfaces } from "./interfaces.ts";
import type { SharedDefinitions } from "../model/crd.ts";
import { isObject, type Schema } from "../model/schema.ts";

/** What the type of a schema is made of in one module. */
export interface TypeScope {
  readonly interfaces: Interfaces;
  readonly definitions: SharedDefinitions;
  /** Whether the API server has put in defaults. */
  readonly isObserved: boolean;
  /** The type that a definition has in the module, as it is written or with an ending. */
  readonly definitionType: (key: string, ending: string) => string;
  /** The name that a type of the shared module has in this one. */
  readonly reference: (type: string) => string;
}

/** The type of a value that has the schema. */
export function typeExpression(schema: Schema, scope: TypeScope): string {
  const type = plainType(schema, scope);
  return schema.nullable === true && !/(?:^|\| )null$/.test(type) && type !== "unknown"
    ? `${type} | null`
    : type;
}

function plainType(schema: Schema, scope: TypeScope): string {
  const definition = referenceOf(schema);
  if (definition !== undefined) {
    const target = scope.definitions[definition] ?? {};
    const isChanged = scope.isObserved && hasDefaults(target, scope.definitions);
    return scope.definitionType(definition, isChanged ? "Observed" : "");
  }
  const literals = allowedValues(schema);
  if (literals) return [...new Set(literals)].toSorted(nullLast).join(" | ") || "never";
  if (schema["x-kubernetes-int-or-string"] === true) return "number | string";
  switch (schema.type) {
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayOf(elementType(schema, scope));
    case "object":
      return objectExpression(schema, scope);
    default:
      return schema["x-kubernetes-embedded-resource"] === true
        ? scope.reference("EmbeddedObject")
        : "unknown";
  }
}

/** Where a list keeps unknown fields, it is its elements that do. */
function elementType(list: Schema, scope: TypeScope): string {
  const { items } = list;
  if (items === undefined) return "unknown";
  if (list["x-kubernetes-preserve-unknown-fields"] !== true) return typeExpression(items, scope);
  if (items.type === "array")
    return typeExpression({ ...items, "x-kubernetes-preserve-unknown-fields": true }, scope);
  const type = typeExpression(items, scope);
  if (items.type !== "object" && items.$ref === undefined) return type;
  return `${type.includes(" | ") ? `(${type})` : type} & { [field: string]: unknown }`;
}

const arrayOf = (element: string): string => (/^[\w."]+$/.test(element) ? `${element}[]` : `(${element})[]`);
const nullLast = (a: string, b: string): number => Number(a === "null") - Number(b === "null");

function objectExpression(schema: Schema, scope: TypeScope): string {
  const name = scope.interfaces.get(schema);
  if (name !== undefined)
    return scope.isObserved && hasDefaults(schema, scope.definitions) ? `${name}Observed` : name;
  if (schema["x-kubernetes-embedded-resource"] === true) return scope.reference("EmbeddedObject");
  const { additionalProperties } = schema;
  // An interface fits no index signature: where fields are neither told nor kept, any object will do.
  if (additionalProperties === undefined && schema["x-kubernetes-preserve-unknown-fields"] !== true)
    return "object";
  const values = isObject(additionalProperties) ? typeExpression(additionalProperties, scope) : "unknown";
  return `{ [name: string]: ${values} }`;
}

/** The values that `enum` leaves, as literals, with those of `allOf` and the like taken into account. */
export function allowedValues(schema: Schema): readonly string[] | undefined {
  const own = Array.isArray(schema.enum) ? schema.enum.map((value) => JSON.stringify(value)) : undefined;
  const all = (schema.allOf ?? []).map(allowedValues);
  const some = [schema.anyOf, schema.oneOf].map((branches) => {
    const values = (branches ?? []).map(allowedValues);
    return values.length > 0 && values.every((list) => list !== undefined) ? values.flat() : undefined;
  });
  const lists = [own, ...all, ...some].filter((list) => list !== undefined);
  return lists.reduce<readonly string[] | undefined>(
    (left, list) => (left === undefined ? list : left.filter((value) => list.includes(value))),
    undefined,
  );
}

const knownSchemas = new WeakMap<Schema, boolean>();

/** Whether the API server may put a default into an object of the schema, at any depth. */
export function hasDefaults(schema: Schema, definitions: SharedDefinitions): boolean {
  const found = knownSchemas.get(schema);
  if (found !== undefined) return found;
  const definition = referenceOf(schema);
  const target = definition === undefined ? schema : (definitions[definition] ?? {});
  const { items, additionalProperties, properties = {} } = target;
  const inner = [items, isObject(additionalProperties) ? additionalProperties : undefined];
  const result =
    Object.values(properties).some(
      (property) => hasDefault(property) || hasDefaults(property, definitions),
    ) || inner.some((sub) => sub !== undefined && hasDefaults(sub, definitions));
  knownSchemas.set(schema, result);
  return result;
}

/** A default that is null is none. */
export const hasDefault = (schema: Schema): boolean =>
  schema.default !== undefined && schema.default !== null;
