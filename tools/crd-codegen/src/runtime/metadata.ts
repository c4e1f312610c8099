import type { Schema } from "./schema.ts";

const subdomain = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const label = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const textMap: Schema = { type: "object", additionalProperties: { type: "string" } };
const text: Schema = { type: "string" };
const open: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** The metadata of any object (`meta/v1` ObjectMeta, `apimachinery/pkg/api/validation`). */
const fields: { readonly [name: string]: Schema } = {
  name: { type: "string", maxLength: 253, pattern: subdomain },
  generateName: { type: "string", maxLength: 248, pattern: "^[a-z0-9][-a-z0-9.]*$" },
  namespace: { type: "string", maxLength: 63, pattern: label },
  labels: textMap,
  annotations: textMap,
  finalizers: { type: "array", items: text },
  ownerReferences: {
    type: "array",
    items: {
      type: "object",
      required: ["apiVersion", "kind", "name", "uid"],
      properties: {
        apiVersion: text,
        kind: text,
        name: text,
        uid: text,
        controller: { type: "boolean" },
        blockOwnerDeletion: { type: "boolean" },
      },
    },
  },
  managedFields: { type: "array", items: open },
  uid: text,
  resourceVersion: text,
  selfLink: text,
  generation: { type: "integer" },
  creationTimestamp: { type: "string", nullable: true },
  deletionTimestamp: { type: "string", nullable: true },
  deletionGracePeriodSeconds: { type: "integer" },
};

/** What Kubernetes demands of any object, beside the kind's own schema. */
export function resourceSchema(schema: Schema, apiVersion: string, kind: string): Schema {
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind", "metadata"])],
    properties: {
      ...schema.properties,
      apiVersion: { type: "string", enum: [apiVersion] },
      kind: { type: "string", enum: [kind] },
      metadata: {
        ...schema.properties?.["metadata"],
        type: "object",
        properties: fields,
      },
    },
  };
}

/** What Kubernetes demands of an object inside of another (`x-kubernetes-embedded-resource`, `schema/objectmeta`). */
export function embeddedSchema(schema: Schema): Schema {
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind"])],
    properties: {
      ...schema.properties,
      apiVersion: { type: "string", minLength: 1, pattern: "^[^/]+(/[^/]+)?$" },
      kind: { type: "string", pattern: "^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$" },
      metadata: {
        type: "object",
        properties: {
          ...fields,
          name: { type: "string", pattern: "^[^/%]+$", not: { enum: [".", ".."] } },
        },
      },
    },
  };
}

const qualifiedName = /^(?:([^/]+)\/)?([A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;

/** Whether a text may be the key of a label or an annotation: an optional DNS name, a slash, and a name. */
export function isQualifiedName(value: string): boolean {
  const [, prefix, name] = qualifiedName.exec(value) ?? [];
  return (
    name !== undefined &&
    (prefix === undefined || (prefix.length <= 253 && new RegExp(subdomain).test(prefix)))
  );
}

/** Whether a text may be the value of a label. */
export const isLabelValue = (value: string): boolean =>
  /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value);
