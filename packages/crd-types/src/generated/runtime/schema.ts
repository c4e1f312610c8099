// Generated from crds/ by crd-codegen. Do not edit.

/** A structural schema as the generated data states it; `$ref` is the name of a shared definition. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  /** The pattern as JavaScript says it, with the flag `u`; where it is missing, JavaScript can't, or not in linear time. */
  readonly expression?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-map-type"?: string;
  readonly "x-kubernetes-validations"?: readonly ValidationRule[];
}

/** A rule in the Common Expression Language (`x-kubernetes-validations`). */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
  readonly reason?: string;
  readonly optionalOldSelf?: boolean;
}

/** Definitions that several schemas share, by name. */
export type Definitions = { readonly [name: string]: Schema };

/** Gives the schema that a reference stands for, with what stands beside the reference; any other as it is. */
export type Resolve = (schema: Schema) => Schema;

export function resolver(definitions: Definitions): Resolve {
  const merged = new WeakMap<Schema, Schema>();
  return (schema) => {
    if (schema.$ref === undefined) return schema;
    const known = merged.get(schema);
    if (known) return known;
    const { $ref, ...beside } = schema;
    const definition = own(definitions, $ref);
    if (!definition) throw new Error(`the schema refers to ${$ref}, which is not declared`);
    const whole = { ...definition, ...beside };
    merged.set(schema, whole);
    return whole;
  };
}

/** The schema of a field: its own, or that of all further fields; undefined for one that is not known. */
export function fieldSchema({ properties, additionalProperties }: Schema, name: string): Schema | undefined {
  const further = typeof additionalProperties === "object" ? additionalProperties : undefined;
  return (properties && own(properties, name)) ?? further;
}

/** The schema of a list's elements, which keep what they do not know where the list does (`schema/pruning`). */
export function elementSchema(list: Schema, resolve: Resolve): Schema | undefined {
  const { items } = list;
  if (items === undefined || list["x-kubernetes-preserve-unknown-fields"] !== true) return items;
  return { ...resolve(items), "x-kubernetes-preserve-unknown-fields": true };
}

/** What an object has itself, so that `constructor` is not a field of every object. */
export function own<T>(object: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An object as JSON has it. */
export type Fields = { readonly [name: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The type that a schema demands and a value is not of; undefined for a value of the type. */
export function unlike(value: unknown, schema: Schema): string | undefined {
  const expected = schema["x-kubernetes-int-or-string"] === true ? "integer or string" : schema.type;
  return expected === undefined || (value === null && schema.nullable === true) || isOfType(value, expected)
    ? undefined
    : expected;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "object":
      return isFields(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "integer or string":
      return typeof value === "string" || isInteger(value);
    default:
      return typeof value === type;
  }
}

/** As far as Go counts in 64 bits; nearer to its last number, JavaScript tells none from the next. */
const isInteger = (value: unknown): boolean =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 2 ** 63;
