import { identity, type KubernetesObject, type Resource } from "./object.ts";
import { deepest, isObject, type PlainObject } from "../value/plain.ts";
import type { Definition, Field } from "./schema.ts";

/** What a CustomResourceDefinition says of its kind. */
export interface CustomKind {
  readonly isClusterScoped: boolean;
  /** The versions that are served. */
  readonly versions: readonly string[];
  /** The fields of one version; undefined where the version states no schema. */
  definition(version: string): Definition | undefined;
}

/** Custom kinds by group and kind, from the CustomResourceDefinitions among the resources. */
export type CustomKinds = (resource: Resource) => CustomKind | undefined;

/**
 * Finds the CustomResourceDefinition of a custom object. One that lies in a file is read only when an object of its group
 * asks, and each is converted once, as it is then: after a change of one, call this anew.
 */
export function customKindsOf(
  resources: readonly Resource[],
  open: (resource: Resource) => KubernetesObject | undefined,
): CustomKinds {
  const crds = resources.filter(isCrd);
  const kinds = new Map<PlainObject, CustomKind>();
  const kindIn = (spec: PlainObject): CustomKind => {
    const kind = kinds.get(spec) ?? customKind(spec);
    kinds.set(spec, kind);
    return kind;
  };
  return (resource) => {
    const { group, kind } = identity(resource);
    // The name of a CustomResourceDefinition is its plural and its group.
    for (const crd of crds.filter(({ metadata }) => group && metadata.name.endsWith(`.${group}`))) {
      const { spec } = (open(crd) ?? {}) as { spec?: PlainObject };
      if (isObject(spec) && isObject(spec["names"]) && spec["names"]["kind"] === kind) return kindIn(spec);
    }
    return undefined;
  };
}

export const isCrd = ({ kind }: Resource): boolean => kind === "CustomResourceDefinition";

function customKind(spec: PlainObject): CustomKind {
  const versions = Array.isArray(spec["versions"]) ? spec["versions"].filter(isObject) : [];
  const definitions = new Map<string, Definition | undefined>();
  const definitionIn = (version: string): Definition | undefined => {
    const schema = versions.find(({ name }) => name === version)?.["schema"];
    const root = isObject(schema) ? schema["openAPIV3Schema"] : undefined;
    return isObject(root) ? rootDefinition(root) : undefined;
  };
  return {
    isClusterScoped: spec["scope"] === "Cluster",
    versions: versions.flatMap(({ name, served }) =>
      typeof name === "string" && served !== false ? [name] : [],
    ),
    definition(version) {
      if (!definitions.has(version)) definitions.set(version, definitionIn(version));
      return definitions.get(version);
    },
  };
}

/** Every object has these fields, whether its schema lists them or not. */
function rootDefinition(schema: PlainObject): Definition {
  const { fields, ...rest } = definitionFrom(schema);
  const common: [string, Field][] = [
    ["apiVersion", { type: "string" }],
    ["kind", { type: "string" }],
    ["metadata", { type: "object", definition: "meta.v1.ObjectMeta" }],
  ];
  return { fields: new Map([...fields, ...common]), ...rest };
}

function definitionFrom(schema: PlainObject, depth = 0): Definition {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const fields = Object.entries(properties).map(([name, inner]): [string, Field] => [
    name,
    fieldFrom(inner, depth + 1),
  ]);
  return { fields: new Map(fields), ...(open && { open }) };
}

const scalars = new Set(["string", "integer", "number", "boolean"]);
const isScalarType = (type: unknown): type is "string" | "integer" | "number" | "boolean" =>
  typeof type === "string" && scalars.has(type);

/**
 * A structural schema as far as merging needs it; `x-kubernetes-list-map-keys` makes a list one that is merged. Nothing is
 * known of what lies deeper than any object does.
 */
function fieldFrom(schema: unknown, depth: number): Field {
  if (!isObject(schema) || depth > deepest) return { type: "any" };
  const { type, items, additionalProperties } = schema;
  if (schema["x-kubernetes-int-or-string"] === true) return { type: "scalar" };
  if (schema["x-kubernetes-embedded-resource"] === true) return { type: "any" };
  if (isScalarType(type)) return { type };
  if (type === "array") return listFrom(schema, fieldFrom(items, depth + 1));
  if (type !== "object") return { type: "any" };
  if (isObject(schema["properties"])) return { type: "object", definition: definitionFrom(schema, depth) };
  if (isObject(additionalProperties))
    return { type: "map", items: fieldFrom(additionalProperties, depth + 1) };
  return { type: "any" };
}

function listFrom(schema: PlainObject, items: Field): Field {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-list-type"] !== "map" || !Array.isArray(keys)) return { type: "list", items };
  return { type: "list", items, keys: keys.map(String) };
}
