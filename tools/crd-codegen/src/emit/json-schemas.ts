import { toJson } from "@atlas/compose/yaml";
import { referenceOf } from "../model/expand.ts";
import { definitionsUnder, kindsOf, moduleName, type Kind, type Model } from "../model/model.ts";
import { isObject, mapSubschemas, type Schema } from "../model/schema.ts";
import type { OutputFile } from "./write.ts";

/** One JSON Schema (draft 2020-12) a kind and version, for editors. */
export function emitJsonSchemas(model: Model): OutputFile[] {
  return kindsOf(model).map((kind) => ({
    path: `schemas/${moduleName(kind, model)}.json`,
    content: `${toJson(jsonSchemaOf(kind, model), 2)}\n`,
  }));
}

const textMap = { type: "object", additionalProperties: { type: "string" } };
/** The metadata that a person writes; the rest is the API server's. */
const metadata = {
  type: "object",
  anyOf: [{ required: ["name"] }, { required: ["generateName"] }],
  additionalProperties: false,
  properties: {
    name: { type: "string" },
    generateName: { type: "string" },
    namespace: { type: "string" },
    labels: textMap,
    annotations: textMap,
    finalizers: { type: "array", items: { type: "string" } },
    ownerReferences: { type: "array", items: { type: "object" } },
  },
};

function jsonSchemaOf({ kind, apiVersion, schema }: Kind, { definitions }: Model): object {
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
      metadata,
    },
    required: [...new Set(["apiVersion", "kind", "metadata", ...(required as string[])])],
    $defs: Object.fromEntries(used.map((name) => [name, toJsonSchema(definitions[name] ?? {})])),
  };
}

/** A structural schema in the terms of JSON Schema; unknown fields are refused, as `kubectl` does with strict validation. */
function toJsonSchema(schema: Schema): Record<string, unknown> {
  const reference = referenceOf(schema);
  const isOpenList = schema.type === "array" && schema["x-kubernetes-preserve-unknown-fields"] === true;
  const { nullable, ...rest } = mapSubschemas(schema, (sub, [keyword]) =>
    toJsonSchema(
      isOpenList && keyword === "items" ? { ...sub, "x-kubernetes-preserve-unknown-fields": true } : sub,
    ),
  );
  const plain = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("x-kubernetes-")));
  if (reference !== undefined) {
    const target = { ...plain, $ref: `#/$defs/${reference}` };
    return nullable === true ? { anyOf: [target, { type: "null" }] } : target;
  }
  if (schema["x-kubernetes-int-or-string"] === true) {
    const { anyOf: _types, ...others } = plain;
    return { ...others, type: nullable === true ? ["integer", "string", "null"] : ["integer", "string"] };
  }
  if (nullable === true && typeof plain["type"] === "string") plain["type"] = [plain["type"], "null"];
  if (schema["x-kubernetes-embedded-resource"] === true) {
    const text = { type: "string", minLength: 1 };
    plain["properties"] = {
      apiVersion: text,
      kind: text,
      metadata: { type: "object" },
      ...(plain["properties"] as object),
    };
    plain["required"] = [...new Set([...(schema.required ?? []), "apiVersion", "kind"])];
  }
  const closed =
    schema.type === "object" &&
    isObject(schema.properties) &&
    schema["x-kubernetes-preserve-unknown-fields"] !== true;
  return closed && plain["additionalProperties"] === undefined
    ? { ...plain, additionalProperties: false }
    : plain;
}
