import { toJson } from "@atlas/compose/yaml";
import { definitionName, referenceOf } from "../model/expand.ts";
import { definitionsUnder, servedKinds, moduleName, type Kind, type Model } from "../model/model.ts";
import {
  isObject,
  mapSubschemas,
  ownProperty,
  type Json,
  type Schema,
  type SchemaStep,
} from "../model/schema.ts";
import { jsonSchemaPattern } from "../pattern/expression.ts";
import { resourceSchema } from "../runtime/metadata.ts";
import type * as runtime from "../runtime/schema.ts";
import { hasDefault } from "./type-expression.ts";
import type { OutputFile } from "./output-file.ts";

/** One JSON Schema (draft 2020-12) a kind and version, for editors. */
export function emitJsonSchemas(model: Model): OutputFile[] {
  return servedKinds(model).map((kind) => ({
    path: `schemas/${moduleName(kind, model)}.json`,
    content: `${toJson(jsonSchemaOf(kind, model), 2)}\n`,
  }));
}

/** The metadata that the API server takes, of which a person writes a part. */
function metadataOf(schema: Schema, { kind, apiVersion }: Kind): object {
  const whole = resourceSchema(schema as runtime.Schema, apiVersion, kind).properties?.["metadata"];
  const names = [{ required: ["name"] }, { required: ["generateName"] }];
  return { ...toJsonSchema((whole ?? {}) as Schema), anyOf: names };
}

function jsonSchemaOf(of: Kind, { definitions }: Model): object {
  const { kind, apiVersion, schema } = of;
  const { properties, required = [], ...root } = toJsonSchema(schema);
  const used = [...definitionsUnder(schema, definitions)].toSorted();
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: kind,
    ...root,
    properties: {
      ...(properties as object),
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: metadataOf(schema, of),
    },
    required: [...new Set(["apiVersion", "kind", "metadata", ...(required as string[])])],
    $defs: Object.fromEntries(used.map((key) => [definitionName(key), toJsonSchema(definitions[key] ?? {})])),
  };
}

/**
 * A structural schema in the terms of JSON Schema; unknown fields are refused, as `kubectl` does with strict validation.
 *
 * @param outside the schema whose fields a branch of a combinator speaks of.
 */
function toJsonSchema(schema: Schema, outside = schema): Record<string, unknown> {
  if (outside !== schema) return converted(schema, outside);
  const known = madeSchemas.get(schema);
  if (known) return known;
  const found = converted(schema, outside);
  madeSchemas.set(schema, found);
  return found;
}

/** What stands in many kinds is made once. */
const madeSchemas = new WeakMap<Schema, Record<string, unknown>>();

function converted(schema: Schema, outside: Schema): Record<string, unknown> {
  const reference = referenceOf(schema);
  const { nullable, ...rest } = mapSubschemas(schema, (sub, [keyword, name]) =>
    toJsonSchema(
      inPlace(sub, schema, keyword),
      branches.has(String(keyword))
        ? outside
        : ownProperty(outside.properties, keyword === "properties" ? String(name) : ""),
    ),
  );
  const plain = keywordsOf(rest, outside);
  if (reference !== undefined) {
    const target = { ...plain, $ref: `#/$defs/${definitionName(reference)}` };
    return nullable === true ? { anyOf: [target, { type: "null" }] } : target;
  }
  if (schema["x-kubernetes-int-or-string"] === true) {
    const { anyOf: _types, ...others } = plain;
    return { ...others, type: nullable === true ? ["integer", "string", "null"] : ["integer", "string"] };
  }
  if (nullable === true && typeof plain["type"] === "string") plain["type"] = [plain["type"], "null"];
  const whole = schema["x-kubernetes-embedded-resource"] === true ? asResource(plain, schema) : plain;
  return isClosed(schema) && whole["additionalProperties"] === undefined
    ? { ...whole, additionalProperties: false }
    : whole;
}

const branches = new Set(["allOf", "anyOf", "oneOf", "not"]);

/** Where a list keeps unknown fields, it is its elements that do. */
function inPlace(sub: Schema, { type, ...schema }: Schema, keyword: SchemaStep[number] | undefined): Schema {
  const isOpen =
    type === "array" && keyword === "items" && schema["x-kubernetes-preserve-unknown-fields"] === true;
  return isOpen ? { ...sub, "x-kubernetes-preserve-unknown-fields": true } : sub;
}

/** The keywords that mean in JSON Schema what they mean here, and the others in its terms. */
function keywordsOf(schema: Schema, outside: Schema): Record<string, unknown> {
  const { pattern, required, minimum, maximum, expression: _expression, ...rest } = schema;
  const {
    exclusiveMinimum,
    exclusiveMaximum,
    minProperties,
    example,
    externalDocs: _documents,
    ...others
  } = rest;
  const stated = pattern === undefined ? undefined : jsonSchemaPattern(pattern);
  // What has a default is there before anything is required.
  const demanded = required?.filter((name) => !hasDefault(ownProperty(outside.properties, name) ?? {}));
  const filled = Object.values(outside.properties ?? {}).filter(hasDefault).length;
  return {
    ...Object.fromEntries(Object.entries(others).filter(([key]) => !key.startsWith("x-kubernetes-"))),
    ...(minimum !== undefined && { [exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"]: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"]: maximum }),
    ...(minProperties !== undefined && { minProperties: Math.max(0, Number(minProperties) - filled) }),
    ...(stated !== undefined && { pattern: stated }),
    ...(pattern !== undefined &&
      stated === undefined && { $comment: `the pattern, in Go's syntax: ${pattern}` }),
    ...(required !== undefined && { required: demanded }),
    ...(example !== undefined && { examples: [example] }),
  };
}

function asResource(plain: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const text = { type: "string", minLength: 1 };
  const properties = new Map(Object.entries((plain["properties"] ?? {}) as Json));
  // It may state some fields of metadata, and those are not all that there are.
  const { additionalProperties: _closed, ...metadata } = (properties.get("metadata") ?? {}) as Json;
  const demanded = ["apiVersion", "kind"].filter(
    (name) => !hasDefault(ownProperty(schema.properties, name) ?? {}),
  );
  return {
    ...plain,
    properties: {
      apiVersion: text,
      kind: text,
      ...Object.fromEntries(properties),
      metadata: { type: "object", ...metadata },
    },
    required: [...new Set([...((plain["required"] as string[] | undefined) ?? []), ...demanded])],
  };
}

const isClosed = (schema: Schema): boolean =>
  schema.type === "object" &&
  isObject(schema.properties) &&
  schema["x-kubernetes-preserve-unknown-fields"] !== true;
