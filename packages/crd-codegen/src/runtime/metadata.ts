import { join, show, type ValidationIssue } from "./issue.ts";
import { isFields, type Fields, type Schema } from "./schema.ts";

/** A pattern that Go and JavaScript write alike. */
const alike = (pattern: string): Schema => ({ pattern, expression: pattern });
const subdomain = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const dnsLabelPattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const textMap: Schema = { type: "object", additionalProperties: { type: "string" } };
const plainText: Schema = { type: "string" };
const openObject: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** The metadata of any object (`meta/v1` ObjectMeta, `apimachinery/pkg/api/validation`). */
const metadataSchemas: { readonly [name: string]: Schema } = {
  name: { type: "string", maxLength: 253, ...alike(subdomain) },
  generateName: { type: "string", maxLength: 248, ...alike("^[a-z0-9][-a-z0-9.]*$") },
  namespace: { type: "string", maxLength: 63, ...alike(dnsLabelPattern) },
  labels: textMap,
  annotations: textMap,
  finalizers: { type: "array", items: plainText },
  ownerReferences: {
    type: "array",
    items: {
      type: "object",
      required: ["apiVersion", "kind", "name", "uid"],
      properties: {
        apiVersion: plainText,
        kind: plainText,
        name: plainText,
        uid: plainText,
        controller: { type: "boolean" },
        blockOwnerDeletion: { type: "boolean" },
      },
    },
  },
  managedFields: { type: "array", items: openObject },
  uid: plainText,
  resourceVersion: plainText,
  selfLink: plainText,
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
        properties: { ...metadataSchemas, ...metadataNames(schema) },
      },
    },
  };
}

/** The names that metadata has, where the kind's own schema limits them further: no other field of it may be. */
function metadataNames(schema: Schema): { readonly [name: string]: Schema } {
  const own = schema.properties?.["metadata"]?.properties ?? {};
  return Object.fromEntries(
    ["name", "generateName"].flatMap((name) => {
      const [limits, field] = [own[name], metadataSchemas[name]];
      return limits && field ? [[name, { ...field, allOf: [limits] }]] : [];
    }),
  );
}

/** What Kubernetes demands of an object inside of another (`x-kubernetes-embedded-resource`, `schema/objectmeta`). */
export function embeddedSchema(schema: Schema): Schema {
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), "apiVersion", "kind"])],
    properties: {
      ...schema.properties,
      apiVersion: { type: "string", minLength: 1, ...alike("^[^/]+(/[^/]+)?$") },
      kind: { type: "string", ...alike("^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$") },
      metadata: {
        type: "object",
        properties: {
          ...metadataSchemas,
          name: { type: "string", ...alike("^[^/%]+$"), not: { enum: [".", ".."] } },
        },
      },
    },
  };
}

/** What is wrong with an object's name and place. */
export function identityIssues(value: unknown, scope: string): ValidationIssue[] {
  const metadata = isFields(value) ? value["metadata"] : undefined;
  if (!isFields(metadata)) return [];
  const { name, generateName, namespace } = metadata;
  const issues: ValidationIssue[] = [];
  if (!name && !generateName)
    issues.push({ path: "metadata.name", message: `the field "name" is required`, expected: "a value" });
  if (scope === "Cluster" && namespace)
    issues.push({
      path: "metadata.namespace",
      message: "the kind is cluster-scoped",
      expected: "no namespace",
      got: show(namespace),
    });
  return issues;
}

/** What metadata demands beyond the types of its fields: the syntax of keys, label values and finalizers. */
export function metadataIssues({ labels, annotations, finalizers }: Fields, path: string): ValidationIssue[] {
  const values = Object.entries(isFields(labels) ? labels : {});
  const names = Array.isArray(finalizers) ? finalizers.map(String) : [];
  return [
    ...namesOfMap(labels).flatMap((key) => nameIssues(key, join(`${path}.labels`, key))),
    // Keys of annotations may have capitals before the slash, too.
    ...namesOfMap(annotations).flatMap((key) =>
      nameIssues(key.toLowerCase(), join(`${path}.annotations`, key)),
    ),
    ...names.flatMap((name, index) => nameIssues(name, `${path}.finalizers[${index}]`)),
    ...values
      .filter(([, text]) => typeof text === "string" && !labelValuePattern.test(text))
      .map(([key, text]) => ({
        path: join(`${path}.labels`, key),
        message: "the label's value is malformed",
        expected: "at most 63 letters, digits, dashes, underscores and dots",
        got: show(text),
      })),
  ];
}

const namesOfMap = (map: unknown): string[] => Object.keys(isFields(map) ? map : {});
const labelValuePattern = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const qualifiedNamePattern = /^(?:([^/]+)\/)?([A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;
const subdomainForm = new RegExp(subdomain);

function nameIssues(text: string, path: string): ValidationIssue[] {
  const [, prefix, name] = qualifiedNamePattern.exec(text) ?? [];
  if (name !== undefined && (prefix === undefined || (prefix.length <= 253 && subdomainForm.test(prefix))))
    return [];
  const expected = "a name, or a DNS name, a slash and a name: example.com/name";
  return [{ path, message: "the name is malformed", expected, got: show(text) }];
}
