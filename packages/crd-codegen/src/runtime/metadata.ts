import { hasFormat } from "./format.ts";
import { isFields, own, type Fields, type Resolve, type Schema } from "./schema.ts";

/** A pattern that Go and JavaScript write alike. */
const alike = (pattern: string): Schema => ({ pattern, expression: pattern });
const dnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
/** A DNS name, as a pattern. */
export const dnsSubdomain: string = `^${dnsLabel}(\\.${dnsLabel})*$`;
const textMap: Schema = { type: "object", additionalProperties: { type: "string" } };
const plainText: Schema = { type: "string" };
const openObject: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
/** A time as Go reads it, which takes no small letters. */
const time: Schema = { type: "string", format: "date-time", ...alike("^[^tz]*$") };
const statedText: Schema = { type: "string", minLength: 1 };

/** An entry of metadata's `managedFields`. */
const managedField: Schema = {
  type: "object",
  properties: {
    manager: plainText,
    operation: plainText,
    apiVersion: plainText,
    time,
    fieldsType: plainText,
    fieldsV1: openObject,
    subresource: plainText,
  },
};

/** The metadata of any object (`meta/v1` ObjectMeta, `apimachinery/pkg/api/validation`). */
const metadataSchemas: { readonly [name: string]: Schema } = {
  name: { type: "string", maxLength: 253, ...alike(dnsSubdomain) },
  generateName: { type: "string", maxLength: 248, ...alike(`^(${dnsLabel}\\.)*[a-z0-9][-a-z0-9]*$`) },
  namespace: { type: "string", maxLength: 63, ...alike(`^${dnsLabel}$`) },
  labels: textMap,
  annotations: textMap,
  finalizers: { type: "array", items: plainText },
  ownerReferences: {
    type: "array",
    items: {
      type: "object",
      required: ["apiVersion", "kind", "name", "uid"],
      properties: {
        apiVersion: { type: "string", ...alike("^([^/]*/)?[^/]+$") },
        kind: statedText,
        name: statedText,
        uid: statedText,
        controller: { type: "boolean" },
        blockOwnerDeletion: { type: "boolean" },
      },
    },
  },
  managedFields: { type: "array", items: managedField },
  uid: plainText,
  resourceVersion: plainText,
  selfLink: plainText,
  generation: { type: "integer" },
  creationTimestamp: { ...time, nullable: true },
  deletionTimestamp: { ...time, nullable: true },
  deletionGracePeriodSeconds: { type: "integer" },
};

/** The fields that metadata has, whatever a kind's schema says of it. */
export const knownMetadata: Schema = { type: "object", properties: metadataSchemas };

/** What Kubernetes demands of any object, beside the kind's own schema. */
export function resourceSchema(schema: Schema, apiVersion: string, kind: string): Schema {
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind", "metadata"])],
    properties: {
      ...schema.properties,
      apiVersion: { type: "string", enum: [apiVersion] },
      kind: { type: "string", enum: [kind] },
      metadata: limitedMetadata(schema.properties?.["metadata"], metadataSchemas),
    },
  };
}

const pathSegment = alike("^[^/%]+$");

/** What is otherwise in metadata inside of another object: its name need only be one in a path. */
const embeddedMetadata = (): { readonly [name: string]: Schema } => ({
  ...metadataSchemas,
  name: { type: "string", ...pathSegment, not: { enum: [".", ".."] } },
  generateName: { type: "string", ...pathSegment },
  generation: { type: "integer", minimum: 0 },
  managedFields: {
    type: "array",
    items: {
      ...managedField,
      required: ["operation"],
      properties: {
        ...managedField.properties,
        operation: { type: "string", enum: ["Apply", "Update"] },
        fieldsType: { type: "string", enum: ["", "FieldsV1"] },
      },
    },
  },
});

/** What Kubernetes demands of an object inside of another (`x-kubernetes-embedded-resource`, `schema/objectmeta`). */
export function embeddedSchema(schema: Schema, resolve: Resolve): Schema {
  const { properties = {} } = schema;
  const known = embeddedSchemas.get(schema);
  if (known) return known;
  const found: Schema = {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind"])],
    properties: {
      ...properties,
      apiVersion: limited(properties["apiVersion"], {
        type: "string",
        minLength: 1,
        ...alike("^[^/]*(/[^/]*)?$"),
      }),
      kind: limited(properties["kind"], {
        type: "string",
        ...alike("^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$"),
      }),
      metadata: limitedMetadata(
        properties["metadata"] && resolve(properties["metadata"]),
        embeddedMetadata(),
        resolve,
      ),
    },
  };
  embeddedSchemas.set(schema, found);
  return found;
}

const embeddedSchemas = new WeakMap<Schema, Schema>();

/** Metadata whose fields the kind's own schema limits further: no other field of it may be. */
function limitedMetadata(
  stated: Schema | undefined,
  fields: { readonly [name: string]: Schema },
  resolve: Resolve = (schema) => schema,
): Schema {
  const { properties, ...rest } = stated ?? {};
  if (properties === undefined) return { ...rest, type: "object", properties: fields };
  const limits = Object.entries(fields).map(([name, field]) => {
    const limit = own(properties, name);
    return [name, limited(limit && resolve(limit), field)];
  });
  return { ...rest, type: "object", properties: Object.fromEntries(limits) };
}

/** What Kubernetes demands of a field, with what the kind's own schema says of it. */
const limited = (stated: Schema | undefined, field: Schema): Schema =>
  stated === undefined
    ? field
    : { ...field, allOf: [stated], ...(stated.default !== undefined && { default: stated.default }) };

/**
 * Metadata as Go holds it (`meta/v1` ObjectMeta): what is empty is left out, a null among texts is an empty one, and times
 * are told by UTC.
 */
export function decodedMetadata(metadata: unknown): unknown {
  if (metadata === null) return {};
  if (!isFields(metadata)) return metadata;
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([name, value]) => {
      const field = own(metadataSchemas, name);
      return field && isEmpty(value, name, field) ? [] : [[name, decodedField(name, value)]];
    }),
  );
}

/** Whether Go writes nothing of a field; of the times of deletion it tells none from nought. */
function isEmpty(value: unknown, name: string, { type, format }: Schema): boolean {
  if (value === null) return true;
  if (type === "string") return value === "" && format === undefined;
  if (type === "integer") return value === 0 && name !== "deletionGracePeriodSeconds";
  const isOfType = type === "array" ? Array.isArray(value) : isFields(value);
  return isOfType && Object.keys(Object(value)).length === 0;
}

const isTime = (text: string): boolean => hasFormat(text, "date-time") && !/[tz]/.test(text);

function decodedField(name: string, value: unknown): unknown {
  if (typeof value === "string" && name.endsWith("Timestamp") && isTime(value))
    return new Date(value).toISOString().replace(/\.\d+Z$/, "Z");
  const isTexts = name === "labels" || name === "annotations";
  return isTexts && isFields(value) ? withTexts(value) : value;
}

const withTexts = (map: Fields): Fields =>
  Object.fromEntries(Object.entries(map).map(([key, text]) => [key, text ?? ""]));
