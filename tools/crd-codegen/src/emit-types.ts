import { compile, type JSONSchema } from "json-schema-to-typescript";
import { referenceOf } from "./expand.ts";
import { pascal } from "./fold.ts";
import { definitionsUnder, kindsOf, moduleName, type Kind, type Model } from "./model.ts";
import { isObject, type Schema } from "./schema.ts";
import type { OutputFile } from "./write.ts";

/** An interface to be declared: its name and the object schema it stands for. */
type Interfaces = Map<string, Schema>;

const objectMeta = `/** Metadata of an object as a person writes it. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  labels?: { [name: string]: string };
  annotations?: { [name: string]: string };
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** An object that this one belongs to; it is deleted with it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  blockOwnerDeletion?: boolean;
  controller?: boolean;
}

/** Metadata of an object as the API server returns it. */
export interface ObservedObjectMeta extends ObjectMeta {
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  generateName?: string;
  managedFields?: { [field: string]: unknown }[];
}
`;

/** One module a kind and version, and one for the Kubernetes definitions that they share. */
export async function emitTypes(model: Model, header: string): Promise<OutputFile[]> {
  const names = new Set(
    kindsOf(model).flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]),
  );
  const shared: Interfaces = new Map(
    [...names].toSorted().map((name) => [name, model.definitions[name] ?? {}]),
  );
  const kinds = await Promise.all(kindsOf(model).map((kind) => emitKind(kind, model, header)));
  const kubernetes = [header, objectMeta, ...(await declareAll(shared))].join("\n");
  const index = flatKinds(model)
    .map((kind) => `export type * from "./${moduleName(kind, model)}.ts";\n`)
    .join("");
  return [
    ...kinds,
    { path: "src/generated/kubernetes.ts", content: kubernetes },
    { path: "src/generated/types.ts", content: `${header}\n${index}export type * from "./kubernetes.ts";\n` },
  ];
}

/** The kinds that are exported by their bare names: the stored version of each, where no other group has such a kind. */
function flatKinds(model: Model): readonly Kind[] {
  const kinds = kindsOf(model);
  return kinds.filter(({ kind, crd, version }) => {
    const versions = kinds.filter((other) => other.kind === kind);
    return (
      versions.every((other) => other.crd === crd) && (versions.length === 1 || version.storage === true)
    );
  });
}

async function emitKind(of: Kind, model: Model, header: string): Promise<OutputFile> {
  const { kind, apiVersion, schema } = of;
  const { spec, status } = schema.properties ?? {};
  const interfaces: Interfaces = new Map();
  const parts = Object.entries({ spec, status }).flatMap(([part, node]) =>
    node ? [[part, typeOf(node, `${kind}${pascal(part)}`, interfaces)] as const] : [],
  );
  const declared = await declareAll(interfaces);
  const text = declared.join("\n");
  const uses = [...definitionsUnder(schema, {})]
    .filter((name) => new RegExp(`\\b${name}\\b`).test(text))
    .toSorted();
  const required = new Set(schema.required ?? []);
  const field = (part: string): string => {
    const found = parts.find(([name]) => name === part);
    return found ? `  ${part}${required.has(part) ? "" : "?"}: ${String(found[1].tsType)};\n` : "";
  };
  const head = `  apiVersion: ${JSON.stringify(apiVersion)};\n  kind: ${JSON.stringify(kind)};\n`;
  const about = comment(schema.description ?? `${kind} of ${apiVersion}, as a person writes it.`);
  const written = `${about}export interface ${kind} {\n${head}  metadata: ObjectMeta;\n${field("spec")}}\n`;
  const observed = `/** ${kind} as the API server returns it. */\nexport interface ${kind}Observed extends ${kind} {\n  metadata: ObservedObjectMeta;\n${field("status")}}\n`;
  const imports = `import type { ${[...uses, "ObjectMeta", "ObservedObjectMeta"].toSorted().join(", ")} } from "./kubernetes.ts";\n`;
  return {
    path: `src/generated/${moduleName(of, model)}.ts`,
    content: [header, imports, written, observed, ...declared].join("\n"),
  };
}

/** Declares every interface, those that turn up on the way included. */
async function declareAll(interfaces: Interfaces): Promise<string[]> {
  const declared: string[] = [];
  for (const [name, schema] of interfaces) declared.push(await declare(name, schema, interfaces));
  return declared;
}

async function declare(name: string, schema: Schema, interfaces: Interfaces): Promise<string> {
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {}).map(([field, node]): [string, JSONSchema] => {
    const documented = documentation(node);
    return [
      field,
      {
        ...typeOf(node, `${name}${pascal(field)}`, interfaces),
        ...(documented && { description: documented }),
      },
    ];
  });
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const source: JSONSchema = {
    title: name,
    type: "object",
    properties: Object.fromEntries(properties),
    // A field with a default may be left out: the API server puts the default in its place.
    required: Object.entries(schema.properties ?? {}).flatMap(([field, node]) =>
      required.has(field) && node.default === undefined ? [field] : [],
    ),
    additionalProperties: open,
    ...(schema.description !== undefined && { description: safe(schema.description) }),
  };
  return compile(source, name, {
    format: true,
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    additionalProperties: false,
  });
}

/** A node as json-schema-to-typescript takes it; objects become named interfaces. */
function typeOf(schema: Schema, name: string, interfaces: Interfaces): JSONSchema {
  const type = plainType(schema, name, interfaces);
  return { tsType: schema.nullable === true && !type.endsWith("| null") ? `${type} | null` : type };
}

function plainType(schema: Schema, name: string, interfaces: Interfaces): string {
  const reference = referenceOf(schema);
  if (reference !== undefined) return reference;
  if (Array.isArray(schema.enum))
    return [...new Set(schema.enum.map((value: unknown) => JSON.stringify(value)))].join(" | ");
  if (schema["x-kubernetes-int-or-string"] === true) return "number | string";
  switch (schema.type) {
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayOf(
        schema.items ? String(typeOf(schema.items, `${name}Item`, interfaces).tsType) : "unknown",
      );
    case "object":
      return objectType(schema, name, interfaces);
    default:
      return "unknown";
  }
}

const arrayOf = (element: string): string => (/^[\w."]+$/.test(element) ? `${element}[]` : `(${element})[]`);

function objectType(schema: Schema, name: string, interfaces: Interfaces): string {
  if (isObject(schema.properties) && Object.keys(schema.properties).length > 0) {
    return register(name, schema, interfaces);
  }
  const values = isObject(schema.additionalProperties)
    ? String(typeOf(schema.additionalProperties, `${name}Value`, interfaces).tsType)
    : "unknown";
  return `{ [name: string]: ${values} }`;
}

/** Keeps an interface under its name; two paths that come to one name are told apart. */
function register(name: string, schema: Schema, interfaces: Interfaces): string {
  const known = interfaces.get(name);
  if (known && known !== schema) return register(`${name}Nested`, schema, interfaces);
  interfaces.set(name, schema);
  return name;
}

/** The description with what the type does not say. */
function documentation(schema: Schema): string | undefined {
  const parts = [
    schema.description,
    schema.default === undefined ? undefined : `@default ${JSON.stringify(schema.default)}`,
  ];
  const text = parts.filter((part) => part !== undefined).join("\n\n");
  return text === "" ? undefined : safe(text);
}

/** Text that cannot end the comment it stands in. */
const safe = (text: string): string => text.replaceAll("*/", "*\\/").replaceAll(/[^\P{Cc}\n]/gu, " ");
const comment = (text: string): string => `/** ${safe(text).replaceAll("\n", "\n * ")} */\n`;
