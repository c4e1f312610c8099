import { isObject, type Json } from "../model/schema.ts";
import { escapedField } from "../runtime/cel/value.ts";
import type { CelType } from "./cel-type.ts";

/** The type that a schema declares, with what is known of how large its values are. */
export interface DeclaredType extends CelType {
  readonly of: readonly DeclaredType[];
  readonly fields?: ReadonlyMap<string, DeclaredType>;
  /** The most elements, entries, or bytes of a text. */
  readonly most: number;
  /** The fewest bytes of JSON. */
  readonly fewestBytes: number;
}

/** The largest request that an API server reads. */
export const mostRequestBytes: number = 3 * 1024 * 1024;

/**
 * The type that rules see of what a schema describes; undefined for what they do not see.
 *
 * Source: `SchemaDeclType` in k8s.io/apiserver/pkg/cel/common.
 *
 * @param name tells objects of this place from those of others: they are of different types, whatever their fields are.
 */
export function typeDeclared(given: unknown, isItself: boolean, name: string): DeclaredType | undefined {
  if (!isObject(given)) return undefined;
  if (given["x-kubernetes-int-or-string"] === true)
    return simple("dyn", mostBytesOfText(given) ?? mostRequestBytes - 2, 1);
  const schema = isItself ? withObjectFields(given) : given;
  switch (schema["type"]) {
    case "array":
      return listType(schema, name);
    case "object":
      return isObject(schema["additionalProperties"]) ? mapType(schema, name) : objectType(schema, name);
    case "string":
      return textType(schema);
    case "boolean":
      return simple("bool", 0, 4);
    case "number":
      return simple("double", 0, 1);
    case "integer":
      return simple("int", 0, 1);
    default:
      return undefined;
  }
}

const simple = (name: string, most: number, fewestBytes: number): DeclaredType => ({
  name,
  of: [],
  most,
  fewestBytes,
});

const isEmbeddedSchema = (schema: unknown): boolean =>
  isObject(schema) && schema["x-kubernetes-embedded-resource"] === true;

/** A limit of a schema; undefined where there is none. */
export function limitIn(schema: Json, keyword: string): number | undefined {
  const limit = schema[keyword];
  return typeof limit === "number" || typeof limit === "bigint" ? Math.max(0, Number(limit)) : undefined;
}

function listType(schema: Json, name: string): DeclaredType | undefined {
  const element = typeDeclared(schema["items"], isEmbeddedSchema(schema["items"]), `${name}.@idx`);
  if (element === undefined) return undefined;
  const most = limitIn(schema, "maxItems") ?? Math.floor((mostRequestBytes - 2) / (element.fewestBytes + 1));
  return { name: "list", of: [element], most, fewestBytes: 2 };
}

function mapType(schema: Json, name: string): DeclaredType | undefined {
  const inner = schema["additionalProperties"];
  const value = typeDeclared(inner, isEmbeddedSchema(inner), `${name}.@elem`);
  if (value === undefined) return undefined;
  // Beside a value, an entry has at least six bytes.
  const most =
    limitIn(schema, "maxProperties") ?? Math.floor((mostRequestBytes - 2) / (value.fewestBytes + 6));
  return { name: "map", of: [simple("string", 0, 0), value], most, fewestBytes: 2 };
}

function objectType(schema: Json, name: string): DeclaredType {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const fields = new Map<string, DeclaredType>();
  let fewestBytes = 2;
  for (const [field, inner] of Object.entries(properties)) {
    const type = typeDeclared(inner, isEmbeddedSchema(inner), `${name}.${field}`);
    if (type === undefined) continue;
    if (/^[A-Za-z_./-][\w./-]*$/.test(field)) fields.set(escapedField(field), type);
    if (required.has(field) && (!isObject(inner) || inner["default"] === undefined))
      fewestBytes += new TextEncoder().encode(field).length + type.fewestBytes + 4;
  }
  return { name: `object ${name}`, of: [], fields, most: 0, fewestBytes };
}

function textType(schema: Json): DeclaredType {
  switch (schema["format"]) {
    case "byte":
      return simple("bytes", limitIn(schema, "maxLength") ?? mostRequestBytes - 2, 2);
    case "duration":
      return simple("duration", 32, 3);
    case "date":
      return simple("timestamp", 12, 12);
    case "date-time":
      return simple("timestamp", 32, 21);
    default:
      return simple(
        "string",
        mostBytesOfText(schema) ?? longestWord(schema["enum"]) ?? mostRequestBytes - 2,
        2,
      );
  }
}

/** The most bytes that a text of so many characters has. */
function mostBytesOfText(schema: Json): number | undefined {
  const most = limitIn(schema, "maxLength");
  return most === undefined ? undefined : most * 4;
}

function longestWord(words: unknown): number | undefined {
  if (!Array.isArray(words) || words.length === 0) return undefined;
  return Math.max(
    ...words.map((word) => (typeof word === "string" ? new TextEncoder().encode(word).length : 0)),
  );
}

const textSchema = { type: "string" };

/** What a rule sees of an object as such, whatever its schema says of it. */
function withObjectFields(schema: Json): Json {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const metadata = { type: "object", properties: { name: textSchema, generateName: textSchema } };
  return { ...schema, properties: { ...properties, apiVersion: textSchema, kind: textSchema, metadata } };
}

/** The field of an object that an expression names: names that CEL reserves may be written as they are. */
export const declaredField = (type: CelType, name: string): CelType | undefined => {
  const reserved = `__${name}__`;
  return type.fields?.get(name) ?? (escapedField(name) === reserved ? type.fields?.get(reserved) : undefined);
};
