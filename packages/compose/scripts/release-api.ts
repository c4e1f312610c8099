import { factsIn, type FieldFacts } from "./field-facts.ts";
import type { ReleaseFiles } from "./kubernetes-module.ts";
import { shortName, swaggerIn, type GroupVersionKind, type Schema, type Swagger } from "./swagger.ts";

/** A field, as one release has it. */
export interface ApiField {
  /** In the notation of the table, without values. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly values?: readonly string[] | undefined;
  readonly default?: string | number | boolean | undefined;
}

/** A definition, as one release has it. */
export interface ApiDefinition {
  readonly fields: ReadonlyMap<string, ApiField>;
  /** Of kinds that objects are created of: whether they stand in a namespace. */
  readonly scope?: "C" | "N" | undefined;
}

/** The kinds of a release, and what they are made of, by name: `apps.v1.Deployment`. */
export function apiOf({ swagger, source }: ReleaseFiles): ReadonlyMap<string, ApiDefinition> {
  const document = swaggerIn(swagger);
  const facts = factsIn(source);
  const scopes = scopesIn(document);
  const found = new Map<string, ApiDefinition>();
  const visit = (name: string): void => {
    const short = shortName(name);
    if (found.has(short)) return;
    const { properties = {}, required = [], ...schema } = document.definitions[name] ?? {};
    const [kind] = schema["x-kubernetes-group-version-kind"] ?? [];
    const fields = new Map<string, ApiField>();
    found.set(short, { fields, scope: kind && scopes.get(keyOf(kind)) });
    for (const [field, inner] of Object.entries(properties)) {
      // A manifest states no status, so its definitions need no place here.
      const isStatus = kind !== undefined && field === "status";
      const type = isStatus ? "a" : typeOf(inner, document, visit);
      fields.set(field, {
        type,
        isRequired: required.includes(field) && !(kind !== undefined && field === "metadata"),
        ...factsOf(`${short}.${field}`, type, facts),
      });
    }
  };
  for (const [name, { properties, ...schema }] of Object.entries(document.definitions)) {
    const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
    if (kinds.length === 1 && properties?.["metadata"] && !name.endsWith("List")) visit(name);
  }
  return found;
}

const keyOf = ({ group, version, kind }: GroupVersionKind): string => `${group}/${version}/${kind}`;

/** What the paths say of the kinds that are created or listed at them; those of parts of objects, as a scale, say nothing. */
function scopesIn({ paths }: Swagger): ReadonlyMap<string, "C" | "N"> {
  const scopes = new Map<string, "C" | "N">();
  for (const [path, { get, post = get }] of Object.entries(paths)) {
    const kind = post?.["x-kubernetes-group-version-kind"];
    if (kind && !path.includes("{name}"))
      scopes.set(keyOf(kind), path.includes("/{namespace}/") ? "N" : (scopes.get(keyOf(kind)) ?? "C"));
  }
  return scopes;
}

function factsOf(field: string, type: string, { enums, defaults }: FieldFacts): Partial<ApiField> {
  const isText = /^(?:s|\[s[;/]?\])$/.test(type);
  return { default: defaults.get(field), values: isText ? enums.get(field) : undefined };
}

const formats: Record<string, string> = { int64: "l", "date-time": "t", byte: "y" };
const scalars: Record<string, string> = { string: "s", integer: "i", number: "n", boolean: "b" };

/** The type of a field in the notation of the table. */
function typeOf(schema: Schema, document: Swagger, visit: (name: string) => void): string {
  const inner = (other: Schema = {}): string => typeOf(other, document, visit);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    // The API server takes a quantity as a number, too.
    if (name.endsWith(".resource.Quantity")) return "q";
    const definition = document.definitions[name] ?? {};
    if (!definition.properties) return inner(definition);
    visit(name);
    return shortName(name);
  }
  if (schema.type === "array") return `[${inner(schema.items)}${keysOf(schema)}]`;
  if (schema.additionalProperties) return `{${inner(schema.additionalProperties)}}`;
  if (schema.format === "int-or-string") return "q";
  return formats[schema.format ?? ""] ?? scalars[schema.type ?? ""] ?? "a";
}

/** `;` and the keys by which a patch merges the list, or `/` and those by which its elements are told apart at least. */
function keysOf(schema: Schema): string {
  const mapKeys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-patch-strategy"]?.includes("merge")) {
    const mergeKey = schema["x-kubernetes-patch-merge-key"];
    return `;${mergeKey === undefined ? "" : (mapKeys ?? [mergeKey]).join(",")}`;
  }
  if (schema["x-kubernetes-list-type"] === "set") return "/";
  return schema["x-kubernetes-list-type"] === "map" && mapKeys ? `/${mapKeys.join(",")}` : "";
}
