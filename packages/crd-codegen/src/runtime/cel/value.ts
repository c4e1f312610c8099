import { parse } from "@marcbachmann/cel-js";
import { durationOf } from "../format.ts";
import { fieldSchema, isFields, unlike, type Fields, type Resolve, type Schema } from "../schema.ts";

/**
 * A value as a rule sees it: whole numbers are `int`, others `double`, texts with the format `date-time`, `duration` or
 * `byte` are of these types, and the names of fields are escaped where CEL reserves them (Kubernetes documentation,
 * "Validation rules").
 */
export function celValue(value: unknown, given: Schema | undefined, resolve: Resolve): unknown {
  const schema = given === undefined ? {} : resolve(given);
  if (unlike(value, schema) !== undefined) return ofAnotherType;
  if (Array.isArray(value)) return value.map((element) => celValue(element, schema.items, resolve));
  if (isFields(value)) return celObject(value, schema, resolve);
  if (typeof value === "number")
    return schema.type === "number" || !Number.isInteger(value) ? value : BigInt(value);
  return typeof value === "string" ? celText(value, schema) : value;
}

/** What stands for a value of a wrong type, which an update may keep: no expression that takes it can be evaluated. */
const ofAnotherType = Symbol("a value of another type");

function celObject(value: Fields, schema: Schema, resolve: Resolve): unknown {
  const isMap = schema.properties === undefined && typeof schema.additionalProperties === "object";
  const isResource = schema.properties?.["apiVersion"] !== undefined;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    isMap ? name : escapedField(name),
    name === "metadata" && isResource
      ? visibleMetadata(inner)
      : celValue(inner, fieldSchema(schema, name), resolve),
  ]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** Of an object's metadata, rules see the name and what it is generated from. */
function visibleMetadata(metadata: unknown): unknown {
  const { name, generateName } = isFields(metadata) ? metadata : {};
  return {
    // Where the API server makes up the name, it does so before it asks the rules.
    name: name ?? (typeof generateName === "string" ? `${generateName}xxxxx` : ""),
    ...(generateName !== undefined && { generateName }),
  };
}

const duration = parse("duration(value)");

function celText(value: string, { type, format }: Schema): unknown {
  if (type !== "string") return value;
  switch (format) {
    case "date":
    case "date-time":
      return new Date(value);
    case "duration":
      return duration({ value: `${durationOf(value) ?? 0}ns` });
    case "byte":
      return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    default:
      return value;
  }
}

const reserved = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

/** A field's name as expressions have it, where CEL reserves it or could not read it. */
export function escapedField(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll("__", "__underscores__")
    .replaceAll(".", "__dot__")
    .replaceAll("-", "__dash__")
    .replaceAll("/", "__slash__");
}
