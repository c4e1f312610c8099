import { constraintIssues } from "./constraints.ts";
import { definitions, schemas } from "./generated/schemas.ts";
import type { ValidationIssue } from "./issue.ts";
import type { Schema } from "./schema.ts";
import { validate } from "./validate.ts";

export type { ValidationIssue } from "./issue.ts";

const dnsSubdomain = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const textMap: Schema = { type: "object", additionalProperties: { type: "string" } };
const metadata: Schema = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string", maxLength: 253, pattern: dnsSubdomain },
    generateName: { type: "string" },
    namespace: { type: "string", maxLength: 63, pattern: dnsSubdomain },
    labels: textMap,
    annotations: textMap,
    finalizers: { type: "array", items: { type: "string" } },
    ownerReferences: {
      type: "array",
      items: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    },
    managedFields: { type: "array", items: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
    uid: { type: "string" },
    resourceVersion: { type: "string" },
    selfLink: { type: "string" },
    generation: { type: "integer" },
    creationTimestamp: { type: "string", nullable: true },
    deletionTimestamp: { type: "string", nullable: true },
    deletionGracePeriodSeconds: { type: "integer" },
  },
};

/**
 * A validator for each kind, by `apiVersion/kind`: `db.atlasgo.io/v1alpha1/AtlasSchema`.
 *
 * It returns everything that is wrong at once: what the CRD's schema refuses, unknown fields, and what the operator
 * refuses although the CRD allows it.
 */
export const validators: {
  readonly [apiVersionAndKind: string]: (value: unknown) => readonly ValidationIssue[];
} = Object.fromEntries(
  Object.entries(schemas).map(([key, schema]) => {
    const whole = withIdentity(schema, key);
    return [
      key,
      (value: unknown) => {
        const issues = validate(value, whole, definitions);
        return [...issues, ...constraintIssues(key, value)];
      },
    ];
  }),
);

/** What Kubernetes demands of any object, beside the kind's own schema. */
function withIdentity(schema: Schema, key: string): Schema {
  const slash = key.lastIndexOf("/");
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind", "metadata"])],
    properties: {
      ...schema.properties,
      apiVersion: { type: "string", enum: [key.slice(0, slash)] },
      kind: { type: "string", enum: [key.slice(slash + 1)] },
      metadata,
    },
  };
}
