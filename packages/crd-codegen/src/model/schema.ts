/** A plain object as YAML or JSON gives it. */
export type Json = { readonly [key: string]: unknown };

/**
 * A schema node: a Kubernetes structural schema (apiextensions.k8s.io/v1 JSONSchemaProps), in which the compact
 * form may put `$ref` in place of a shared subtree; `description`, `default` and `nullable` may stand beside it.
 */
export interface Schema extends Json {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly multipleOf?: number | bigint;
  readonly minLength?: number | bigint;
  readonly maxLength?: number | bigint;
  readonly minItems?: number | bigint;
  readonly maxItems?: number | bigint;
  readonly minProperties?: number | bigint;
  readonly maxProperties?: number | bigint;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-validations"?: readonly (Json & {
    readonly rule: string;
    readonly message?: string;
  })[];
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a field; empty where it has none, or something else, of which no text can always be made. */
export function wordIn(object: { readonly [field: string]: unknown }, field: string): string {
  const value = object[field];
  return typeof value === "string" ? value : "";
}

const schemaSingles = ["items", "not"] as const;
const schemaLists = ["allOf", "anyOf", "oneOf"] as const;

/** Steps from a schema to a direct subschema, in the words of the document: `["properties", "spec"]`. */
export type SchemaStep = readonly (string | number)[];

/** The direct subschemas of a node and the steps that lead to them. */
export function subschemas(schema: Schema): readonly (readonly [SchemaStep, Schema])[] {
  const found: [SchemaStep, Schema][] = [];
  if (isObject(schema.properties)) {
    for (const [name, property] of Object.entries(schema.properties))
      found.push([["properties", name], property]);
  }
  if (isObject(schema.additionalProperties)) {
    found.push([["additionalProperties"], schema.additionalProperties]);
  }
  for (const key of schemaSingles) if (isObject(schema[key])) found.push([[key], schema[key]]);
  for (const key of schemaLists) {
    const list = schema[key];
    if (Array.isArray(list)) list.forEach((item: Schema, index) => found.push([[key, index], item]));
  }
  return found;
}

/**
 * A copy of an object with other values: `Object.fromEntries` takes several times as long, and large CRDs are copied often.
 * `__proto__` is an ordinary name.
 */
export function mapFields<T>(
  object: Json,
  change: (value: unknown, name: string) => T,
): { [name: string]: T } {
  const copy: { [name: string]: T } = {};
  for (const name of Object.keys(object)) {
    const value = change(object[name], name);
    if (name === "__proto__")
      Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
    else copy[name] = value;
  }
  return copy;
}

/** A copy of a node in which each direct subschema is replaced. Key order stays. */
export function mapSubschemas(schema: Schema, change: (sub: Schema, step: SchemaStep) => Schema): Schema {
  return mapFields(schema, (value, key) => mapKeyword(key, value, change));
}

function mapKeyword(key: string, value: unknown, change: (sub: Schema, step: SchemaStep) => Schema): unknown {
  if (key === "properties" && isObject(value))
    return mapFields(value, (sub, name) => change(isObject(sub) ? sub : {}, ["properties", name]));
  if ((key === "items" || key === "not" || key === "additionalProperties") && isObject(value)) {
    return change(value, [key]);
  }
  if ((key === "allOf" || key === "anyOf" || key === "oneOf") && Array.isArray(value)) {
    return value.map((sub: Schema, index) => change(sub, [key, index]));
  }
  return value;
}

/** A property of an object by an own key only, so that `constructor` is not a property of every schema. */
export function ownProperty<T>(
  object: { readonly [key: string]: T } | undefined,
  key: string,
): T | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** JSON text with sorted keys: equal texts are equal values. Whole numbers beyond 2^53 keep their digits. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${entries.join(",")}}`;
  }
  return typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "null");
}
