import { compile, type JSONSchema } from "json-schema-to-typescript";
import { alternatives } from "./alternatives.ts";
import { comment, documentation, safe } from "./documentation.ts";
import { pascal } from "../model/fold.ts";
import { nameInterfaces, type Interfaces } from "./interfaces.ts";
import { objectMeta, sharedNames } from "./object-meta.ts";
import { definitionsUnder, kindsOf, moduleName, type Kind, type Model } from "../model/model.ts";
import type { Schema } from "../model/schema.ts";
import { hasDefault, hasDefaults, typeExpression, type TypeScope } from "./type-expression.ts";
import type { OutputFile } from "./write.ts";

/** What every declaration of a module needs. */
interface Module {
  readonly model: Model;
  readonly interfaces: Interfaces;
  readonly written: TypeScope;
  readonly observed: TypeScope;
}

/** One module a kind and version, and one for the Kubernetes definitions that they share. */
export async function emitTypes(model: Model, header: string): Promise<OutputFile[]> {
  const kinds = kindsOf(model);
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  const definitions = [...used]
    .toSorted()
    .map((name): [string, Schema] => [name, model.definitions[name] ?? {}]);
  const shared = moduleOf(nameInterfaces(definitions, sharedNames), model, (name) => name);
  const kubernetes = [header, objectMeta, ...(await declareAll(shared))].join("\n");
  const modules = await Promise.all(kinds.map((kind) => emitKind(kind, model, header)));
  return [
    ...modules.map(({ file }) => file),
    { path: "src/generated/kubernetes.ts", content: kubernetes },
    { path: "src/generated/types.ts", content: `${header}\n${emitIndex(modules, kubernetes, model)}` },
  ];
}

function moduleOf(interfaces: Interfaces, model: Model, reference: (name: string) => string): Module {
  const scope = { interfaces, definitions: model.definitions, reference };
  return {
    model,
    interfaces,
    written: { ...scope, isObserved: false },
    observed: { ...scope, isObserved: true },
  };
}

interface KindModule {
  readonly of: Kind;
  readonly file: OutputFile;
}

async function emitKind(of: Kind, model: Model, header: string): Promise<KindModule> {
  const { kind, schema } = of;
  const parts = Object.entries(schema.properties ?? {}).filter(([name]) => !common.has(name));
  const interfaces = nameInterfaces(
    parts.map(([name, part]) => [`${kind}${pascal(name)}`, part]),
    [kind],
  );
  const own = new Set(
    [...interfaces.values()].flatMap((name) => [name, `${name}Observed`]).concat(kind, `${kind}Observed`),
  );
  const uses = new Set<string>();
  const module = moduleOf(interfaces, model, (name) => {
    uses.add(name);
    return own.has(name) ? `Kubernetes${name}` : name;
  });
  const root = await declareKind(of, Object.fromEntries(parts), module);
  const declared = await declareAll(module);
  const imported = [...uses]
    .toSorted()
    .map((name) => (own.has(name) ? `${name} as Kubernetes${name}` : name));
  const imports = `import type {\n${imported.map((name) => `  ${name},\n`).join("")}} from "./kubernetes.ts";\n`;
  return {
    of,
    file: {
      path: `src/generated/${moduleName(of, model)}.ts`,
      content: [header, imports, root, ...declared].join("\n"),
    },
  };
}

const common = new Set(["apiVersion", "kind", "metadata"]);

/** A kind as a person writes it, and as the API server returns it. */
async function declareKind(
  { kind, apiVersion, schema }: Kind,
  parts: { readonly [name: string]: Schema },
  module: Module,
): Promise<string> {
  const { status: _status, ...written } = parts;
  const required = schema.required ?? [];
  const identity: ExtraFields = {
    apiVersion: { tsType: JSON.stringify(apiVersion) },
    kind: { tsType: JSON.stringify(kind) },
    metadata: { tsType: module.written.reference("ObjectMeta") },
  };
  const always = [...required, "metadata"];
  const about = schema.description ?? `${kind} of ${apiVersion}, as a person writes it.`;
  const head = await declareInterface(kind, about, module.written, written, always, identity);
  const changed = Object.fromEntries(
    Object.entries(parts).filter(([name, part]) => name === "status" || differs(part, module)),
  );
  const observed = await declareInterface(
    `${kind}Observed`,
    `${kind} as the API server returns it.`,
    module.observed,
    changed,
    always,
    { metadata: { tsType: module.written.reference("ObservedObjectMeta") } },
  );
  return `${head}\n${extending(observed, `${kind}Observed`, kind)}`;
}

/** Declares every interface of a module. */
async function declareAll(module: Module): Promise<string[]> {
  const declared: string[] = [];
  for (const [schema, name] of module.interfaces) declared.push(...(await declare(name, schema, module)));
  return declared;
}

async function declare(name: string, schema: Schema, module: Module): Promise<string[]> {
  const identity = identityOf(schema, module.written);
  const { required = [], description } = schema;
  const properties = withoutNames(schema.properties ?? {}, Object.keys(identity));
  const cases = alternatives(schema, module.written);
  const base = cases.length > 0 ? `${name}Fields` : name;
  const isOpen = openness(schema);
  const written = await declareInterface(
    base,
    description,
    module.written,
    properties,
    required,
    identity,
    isOpen,
  );
  const united = (whole: string, part: string): string =>
    `${comment(description ?? `A ${name} in one of its cases.`)}export type ${whole} = ${part} & ${name}Cases;\n`;
  const declarations = [written];
  if (cases.length > 0) {
    const unions = cases.map((texts) => texts.map((text) => `\n  | ${text}`).join(""));
    const union = unions.length === 1 ? unions[0] : ` ${unions.map((text) => `(${text}\n)`).join(" & ")}`;
    declarations.push(
      `${comment(`Which fields of ${name} stand together.`)}export type ${name}Cases =${union};\n`,
    );
    declarations.push(united(name, base));
  }
  if (!hasDefaults(schema, module.model.definitions)) return declarations;
  const changed = Object.entries(properties).filter(([, node]) => differs(node, module));
  const observedBase = cases.length > 0 ? `${name}FieldsObserved` : `${name}Observed`;
  const about = `${name} as the API server returns it: defaults are in place.`;
  const observed = await declareInterface(
    observedBase,
    about,
    module.observed,
    Object.fromEntries(changed),
    required,
    {},
  );
  declarations.push(extending(observed, observedBase, base));
  if (cases.length > 0) declarations.push(united(`${name}Observed`, observedBase));
  return declarations;
}

/** An object inside of another has a type and a name of its own. */
function identityOf(schema: Schema, { reference }: TypeScope): ExtraFields {
  if (schema["x-kubernetes-embedded-resource"] !== true) return {};
  const text: JSONSchema = { tsType: "string" };
  return { apiVersion: text, kind: text, metadata: { tsType: reference("EmbeddedObjectMeta") } };
}

function withoutNames(properties: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

type Fields = { readonly [name: string]: Schema };

const openness = (schema: Schema): boolean => schema["x-kubernetes-preserve-unknown-fields"] === true;

/** Whether a field is another one once defaults are in place. */
function differs(node: Schema, { written, observed }: Module): boolean {
  return hasDefault(node) || typeExpression(node, written) !== typeExpression(node, observed);
}

/** Fields that no schema states; `metadata` of an embedded object may be missing, others are there. */
type ExtraFields = { readonly [name: string]: JSONSchema };

async function declareInterface(
  name: string,
  description: string | undefined,
  scope: TypeScope,
  properties: { readonly [name: string]: Schema },
  required: readonly string[],
  extra: ExtraFields,
  isOpen = false,
): Promise<string> {
  const standIn = standInAmong(properties);
  const nameOf = (field: string): string => (field === called ? standIn : field);
  const fields = Object.entries(properties).map(([field, node]): [string, JSONSchema] => {
    const about = documentation(node);
    return [
      nameOf(field),
      { tsType: typeExpression(node, scope), ...(about !== undefined && { description: about }) },
    ];
  });
  // A field with a default may be left out: the API server puts the default in its place.
  const always = Object.entries(properties).filter(([field, node]) =>
    scope.isObserved
      ? hasDefault(node) || required.includes(field)
      : required.includes(field) && !hasDefault(node),
  );
  const source: JSONSchema = {
    title: name,
    type: "object",
    properties: { ...extra, ...Object.fromEntries(fields) },
    required: [
      ...Object.keys(extra).filter((field) => field !== "metadata" || required.includes(field)),
      ...always.map(([field]) => nameOf(field)),
    ],
    additionalProperties: isOpen,
    ...(description !== undefined && { description: safe(description) }),
  };
  const text = await compile(source, name, { format: false, bannerComment: "", additionalProperties: false });
  return layOut(text.replace(new RegExp(`^${standIn}(?=\\??:)`, "m"), called));
}

/** What json-schema-to-typescript calls on the object of all fields, so that a field of that name needs another there. */
const called = "hasOwnProperty";

function standInAmong(properties: Fields): string {
  let name = called;
  while (Object.hasOwn(properties, name)) name += "_";
  return name;
}

/** Indents the fields of an interface, and ends them with a semicolon. */
function layOut(text: string): string {
  const [head = "", ...rest] = text.trim().split(/(?<=^export interface .*\{)\n/m);
  const body = rest.join("\n").replace(/\n?\}$/, "");
  let isComment = false;
  const lines = body.split("\n").flatMap((line) => {
    const starts = line.startsWith("/**");
    const inside = isComment || starts;
    if (starts) isComment = true;
    if (line.endsWith("*/")) isComment = false;
    if (line.trim() === "") return [];
    return [inside ? `  ${line.trimEnd()}` : wrapped(`  ${line};`)];
  });
  const top = head.replaceAll(/[ \t]+$/gm, "");
  return `${[top, ...lines].join("\n")}\n}\n`;
}

/** A union that is too long for a line has a line for each of its members. */
function wrapped(line: string): string {
  const [, field, union, end] = /^( {2}.+?\??: \(?)(.* \| .*?)(\)(?:\[\])+;|;)$/.exec(line) ?? [];
  // A bar inside of braces or brackets belongs to a part.
  if (line.length <= 110 || union === undefined || /[{}()]/.test(union)) return line;
  const members = union.split(" | ").map((member) => `\n    | ${member}`);
  return `${field?.trimEnd()}${members.join("")}${end === ";" ? end : `\n  ${end}`}`;
}

const extending = (declaration: string, name: string, base: string): string =>
  declaration.replace(`export interface ${name} {`, `export interface ${name} extends ${base} {`);

/**
 * Exports every type by its bare name: of a kind with several versions the stored one's, and none where two groups have a
 * kind of one name. Where a name is there already, the later one is to be had from its own module.
 */
function emitIndex(modules: readonly KindModule[], kubernetes: string, model: Model): string {
  const taken = new Set<string>();
  const exportFrom = (content: string, file: string): string => {
    const names = [...content.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
    const free = names.filter((name) => !taken.has(name)).toSorted();
    for (const name of free) taken.add(name);
    if (free.length === 0) return "";
    return `export type {\n${free.map((name) => `  ${name},\n`).join("")}} from "./${file}.ts";\n`;
  };
  const flat = modules.filter(({ of }) => isFlat(of, modules));
  return [
    ...flat.map(({ of, file }) => exportFrom(file.content, moduleName(of, model))),
    exportFrom(kubernetes, "kubernetes"),
  ].join("");
}

function isFlat({ kind, crd, version }: Kind, modules: readonly KindModule[]): boolean {
  const versions = modules.map(({ of }) => of).filter((other) => other.kind === kind);
  return versions.every((other) => other.crd === crd) && (versions.length === 1 || version.storage === true);
}
