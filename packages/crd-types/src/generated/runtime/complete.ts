// Generated from crds/ by crd-codegen. Do not edit.

import { join, unknownFieldIssue, type ValidationIssue } from "./issue.ts";
import { decodedMetadata, embeddedSchema, knownMetadata } from "./metadata.ts";
import {
  elementSchema,
  fieldSchema,
  isFields,
  own,
  type Fields,
  type Resolve,
  type Schema,
} from "./schema.ts";

/**
 * The value as the API server has it when it validates: a field that is null is left out unless its schema is nullable, and
 * defaults stand where nothing was (apiextensions-apiserver 1.34, `schema/defaulting`). What stays as it is is not copied.
 */
export function withDefaults(value: unknown, given: Schema | undefined, resolve: Resolve): unknown {
  if (given === undefined) return value;
  const schema = resolve(given);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : elementsWithDefaults(value, items, resolve);
  }
  return isFields(value) ? fieldsWithDefaults(value, schema, resolve) : value;
}

function elementsWithDefaults(list: readonly unknown[], items: Schema, resolve: Resolve): readonly unknown[] {
  const filled = list.map((element) => fill(element, items, resolve) ?? element);
  return filled.every((element, index) => element === list[index]) ? list : filled;
}

function fieldsWithDefaults(given: Fields, stated: Schema, resolve: Resolve): Fields {
  const isResource = stated["x-kubernetes-embedded-resource"] === true;
  const schema = isResource ? embeddedSchema(stated, resolve) : stated;
  const value = isResource ? decodedResource(given, stated) : given;
  const changed = new Map<string, unknown>();
  for (const name of Object.keys(value)) {
    const inner = value[name];
    // What an object is called by has to be there as it is.
    const isKept = isResource && common.has(name) && inner === null;
    const field = isKept ? undefined : fieldSchema(schema, name);
    const filled = field === undefined ? inner : fill(inner, field, resolve);
    if (filled !== inner || inner === undefined) changed.set(name, filled);
  }
  const { properties = {} } = schema;
  for (const name of Object.keys(properties)) {
    const field = properties[name];
    if (field === undefined || (value[name] !== undefined && Object.hasOwn(value, name))) continue;
    const filled = fill(undefined, field, resolve);
    if (filled !== undefined) changed.set(name, filled);
  }
  if (changed.size === 0) return value;
  const entries = [...new Map([...Object.entries(value), ...changed])];
  return Object.fromEntries(entries.filter(([, filled]) => filled !== undefined));
}

/** An object inside of another, with its metadata as it is read; one that is null and may not be is left out. */
function decodedResource(value: Fields, { properties = {} }: Schema): Fields {
  const { metadata, ...rest } = value;
  const stated = own(properties, "metadata");
  const isDropped =
    metadata === undefined || (metadata === null && stated !== undefined && stated.default === undefined);
  return isDropped ? rest : { ...rest, metadata: decodedMetadata(metadata) };
}

/** The value, or its default where there is none; undefined where there is no default either. */
function fill(value: unknown, given: Schema, resolve: Resolve): unknown {
  const schema = resolve(given);
  const isMissing = value === undefined || (value === null && schema.nullable !== true);
  if (!isMissing) return withDefaults(value, schema, resolve);
  // A default that is null is none.
  return schema.default === undefined || schema.default === null
    ? undefined
    : withDefaults(structuredClone(schema.default), schema, resolve);
}

const common = new Set(["apiVersion", "kind"]);

/** A copy without the fields that the schema does not know, which the API server drops (`schema/pruning`). */
export function pruned(value: unknown, schema: Schema | undefined, resolve: Resolve): unknown {
  return prune(value, schema, "", { resolve, issues: [] });
}

/** The fields of a value that its schema does not know, however deep, whatever else is wrong with it. */
export function unknownIn(
  value: unknown,
  schema: Schema | undefined,
  path: string,
  resolve: Resolve,
): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  // A field that the schema does not state at all is found by whoever holds the object.
  if (schema !== undefined) prune(value, schema, path, { resolve, issues });
  return issues;
}

interface Pruning {
  readonly resolve: Resolve;
  readonly issues: ValidationIssue[];
}

function prune(value: unknown, given: Schema | undefined, path: string, context: Pruning): unknown {
  const schema = given && context.resolve(given);
  if (Array.isArray(value))
    return value.map((element: unknown, index) =>
      prune(
        element,
        schema && (elementSchema(schema, context.resolve) ?? inherited(schema)),
        `${path}[${index}]`,
        context,
      ),
    );
  if (!isFields(value)) return value;
  if (schema === undefined) return prune(value, {}, path, context);
  const keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const isResource = schema["x-kubernetes-embedded-resource"] === true;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
      if (isResource && name === "metadata")
        return [[name, prune(inner, knownMetadata, join(path, name), context)]];
      if (isResource && common.has(name)) return [[name, inner]];
      const field = (schema.properties && own(schema.properties, name)) ?? furtherFields(schema);
      if (field !== undefined) return [[name, prune(inner, field, join(path, name), context)]];
      if (!keepsUnknown)
        context.issues.push(unknownFieldIssue(name, Object.keys(schema.properties ?? {}), path));
      return keepsUnknown ? [[name, inner]] : [];
    }),
  );
}

/** What is inside of a list without `items` is kept where unknown fields are. */
function inherited(schema: Schema): Schema | undefined {
  return schema["x-kubernetes-preserve-unknown-fields"] === true ? schema : undefined;
}

function furtherFields({ additionalProperties }: Schema): Schema | undefined {
  // Any value is one of the map, and no field within it is known.
  if (additionalProperties === true) return {};
  return additionalProperties === false ? undefined : additionalProperties;
}
