// Prints src/typed/newer-fields.ts anew: what kubernetes-types does not say of the API of Kubernetes 1.34.
//
//   node packages/compose/scripts/newer-fields.ts swagger.json zz_generated.openapi.go > packages/compose/src/typed/newer-fields.ts
//
// The first document is `api/openapi-spec/swagger.json`, the second `pkg/generated/openapi/zz_generated.openapi.go` of the
// kubernetes/kubernetes repository, which alone has the values of enumerations.
import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { enumsIn } from "./field-facts.ts";
import { definitionsIn, shortName, type Schema } from "./swagger.ts";

const [swagger, source] = process.argv.slice(2);
if (swagger === undefined || source === undefined) {
  console.error("usage: newer-fields.ts swagger.json zz_generated.openapi.go > src/typed/newer-fields.ts");
  process.exit(2);
}
const definitions = new Map(
  Object.entries(definitionsIn(swagger)).map(([name, schema]) => [shortName(name), schema]),
);
const enums = enumsIn(source);

/** The interfaces of kubernetes-types by module (`core/v1`) and name: their fields, and apiVersion and kind of objects. */
const folder = dirname(fileURLToPath(import.meta.resolve("kubernetes-types/package.json")));
const declared = new Map(
  globSync("*/v*.d.ts", { cwd: folder })
    .toSorted()
    .map((file) => [file.replaceAll("\\", "/").slice(0, -".d.ts".length), declarationsIn(file)] as const),
);

interface Declaration {
  readonly fields: ReadonlySet<string>;
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
}

function declarationsIn(file: string): ReadonlyMap<string, Declaration> {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  const types = [...text.matchAll(/^export type (\w+) =/gm)].map(([, name = ""]): [string, Declaration] => [
    name,
    { fields: new Set(["*"]) },
  ]);
  const interfaces = [...text.matchAll(/^export interface (\w+) \{\n([^]*?)^\}/gm)].map(
    ([, name = "", body = ""]): [string, Declaration] => {
      const fields = [...body.matchAll(/^ {4}(?:readonly )?"?([\w$-]+)"?\??:/gm)].map(
        ([, field = ""]) => field,
      );
      const literal = (field: string): string | undefined =>
        new RegExp(`^ {4}${field}\\??: "([^"]+)";`, "m").exec(body)?.[1];
      const isObject = /^ {4}metadata\??: ObjectMeta;/m.test(body);
      return [
        name,
        {
          fields: new Set(fields),
          ...(isObject && { apiVersion: literal("apiVersion"), kind: literal("kind") }),
        },
      ];
    },
  );
  return new Map([...types, ...interfaces]);
}

/** `core.v1.Container` as module and name; the modules are called like the API groups. */
function placeOf(definition: string): readonly [module: string, name: string] {
  const [group = "", version = "", name = ""] = definition.split(".");
  return [`${group === "internal" ? "apiserverinternal" : group}/${version}`, name];
}

const alias = (module: string): string => module.replace("/", "_");
const missing = new Map<string, Set<string>>();
const imported = new Set<string>();

/** The type of a field in TypeScript; what kubernetes-types does not declare is declared here, too. */
function typeOf(schema: Schema, from: string): string {
  if (schema.$ref !== undefined) return reference(shortName(schema.$ref.split("/").at(-1) ?? ""), from);
  if (schema.type === "array") return `Array<${typeOf(schema.items ?? {}, from)}>`;
  if (schema.additionalProperties) return `{ [name: string]: ${typeOf(schema.additionalProperties, from)} }`;
  if (schema.format === "int-or-string") return "number | string";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "string" || schema.type === "boolean") return schema.type;
  return "unknown";
}

function reference(definition: string, from: string): string {
  const schema = definitions.get(definition);
  if (definition.endsWith(".resource.Quantity") || schema?.type === "string") return "string";
  const [module, name] = placeOf(definition);
  if (!schema?.properties) return schema ? typeOf({ ...schema }, from) : "unknown";
  if (!declared.get(module)?.has(name)) demand(module, name);
  if (module === from) return name;
  if (declared.has(module)) imported.add(module);
  return `${alias(module)}.${name}`;
}

function demand(module: string, name: string): void {
  const names = missing.get(module) ?? new Set();
  missing.set(module, names.add(name));
}

const keyOf = (name: string): string => (/^\w+$/.test(name) ? name : JSON.stringify(name));

/** A definition's fields that are not declared, and the values of its enumerations. */
function additions(definition: string): readonly string[] {
  const [module, name] = placeOf(definition);
  const { properties = {}, required = [], ...schema } = definitions.get(definition) ?? {};
  const known = declared.get(module)?.get(name)?.fields;
  const [kind] = schema["x-kubernetes-group-version-kind"] ?? [];
  if (known?.has("*")) return [];
  const fields = Object.entries(properties).flatMap(([field, inner]) => {
    if (known?.has(field)) return [];
    const isRequired = !known && (required.includes(field) || field === "apiVersion" || field === "kind");
    const literal = kind &&
      !known && { apiVersion: [kind.group, kind.version].filter(Boolean).join("/"), kind: kind.kind };
    const fixed =
      literal && (field === "apiVersion" || field === "kind") ? JSON.stringify(literal[field]) : undefined;
    return [`${keyOf(field)}${isRequired ? "" : "?"}: ${fixed ?? typeOf(inner, module)};`];
  });
  const values = Object.entries(properties).flatMap(([field]) => {
    const own = enums.get(`${definition}.${field}`);
    return own ? [`${keyOf(field)}: ${own.map((value) => JSON.stringify(value)).join(" | ")}`] : [];
  });
  const numbers = Object.keys(properties).filter((field) => isQuantity(properties[field]));
  return [
    ...fields,
    ...(values.length > 0 ? [`readonly [enumerations]?: { ${values.join("; ")} };`] : []),
    ...(numbers.length > 0
      ? [`readonly [quantities]?: ${numbers.map((field) => JSON.stringify(field)).join(" | ")};`]
      : []),
  ];
}

/** Whether a field holds a quantity, or a map or list of them. */
function isQuantity(schema: Schema | undefined): boolean {
  const inner = schema?.additionalProperties ?? schema?.items;
  if (inner) return isQuantity(inner);
  return schema?.$ref?.endsWith(".resource.Quantity") ?? false;
}

const isStatus = (name: string): boolean => /Status$|List$/.test(name);
const blocks = new Map<string, Map<string, readonly string[]>>();
function add(definition: string): void {
  const [module, name] = placeOf(definition);
  const block = blocks.get(module) ?? new Map<string, readonly string[]>();
  blocks.set(module, block);
  const lines = additions(definition);
  if (lines.length > 0) block.set(name, lines);
}

/** The kinds that kubernetes-types does not have, by `apiVersion/kind`, as module and name. */
const newKinds = new Map<string, readonly [module: string, name: string]>();
for (const [definition, schema] of definitions) {
  const [module, name] = placeOf(definition);
  if (isStatus(name) || definition.split(".").length !== 3) continue;
  const [kind, ...others] = schema["x-kubernetes-group-version-kind"] ?? [];
  const isKind = kind !== undefined && others.length === 0 && schema.properties?.["metadata"] !== undefined;
  // Alpha kinds come and go: those of kubernetes-types are known, as in the table of fields.
  const isNew = isKind && !declared.get(module)?.has(name) && !/alpha/.test(kind.version);
  if (isNew) newKinds.set([kind.group, kind.version, kind.kind].filter(Boolean).join("/"), [module, name]);
  if (isNew || declared.get(module)?.has(name)) add(definition);
}
// What is new has fields of types that are new.
for (let isDone = false; !isDone;) {
  isDone = true;
  for (const [module, names] of missing)
    for (const name of names) {
      if (blocks.get(module)?.has(name)) continue;
      isDone = false;
      add(`${module.replace("/", ".")}.${name}`);
      if (!blocks.get(module)?.has(name)) throw new Error(`${module}: ${name} has no fields`);
    }
}

const oldKinds = [...declared].flatMap(([module, interfaces]) =>
  [...interfaces].flatMap(([name, { apiVersion, kind }]) => {
    if (apiVersion === undefined || kind === undefined) return [];
    imported.add(module);
    return [`  "${apiVersion}/${kind}": ${alias(module)}.${name};`];
  }),
);
const kinds = [
  ...oldKinds,
  ...[...newKinds].map(([id, [module, name]]) => {
    if (declared.has(module)) imported.add(module);
    return `  "${id}": ${alias(module)}.${name};`;
  }),
].toSorted();
const printed = [...blocks]
  .filter(([, block]) => block.size > 0)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([module, block]) => {
    const interfaces = [...block]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, lines]) => `  interface ${name} {\n${lines.map((line) => `    ${line}\n`).join("")}  }`);
    // What has no module to be added to is named as the others are imported here.
    const place = declared.has(module)
      ? `declare module "kubernetes-types/${module}.js"`
      : `/** What \`kubernetes-types/${module}.js\` would declare. */\nexport declare namespace ${alias(module)}`;
    return `${place} {\n${interfaces.join("\n")}\n}`;
  });
const imports = [...imported]
  .toSorted()
  .map((module) => `import type * as ${alias(module)} from "kubernetes-types/${module}.js";`);

console.log(`// What kubernetes-types, which ends at Kubernetes 1.30, does not say of 1.34: fields, kinds, the values of enumerations.
//
// Generated by \`scripts/newer-fields.ts\` from the OpenAPI documents of Kubernetes 1.34. Do not edit.
${imports.join("\n")}

/** Under which an interface of kubernetes-types has the values of its enumerations, by field, for the compiler alone. */
export declare const enumerations: unique symbol;

/**
 * Under which an interface of kubernetes-types has the names of its fields that hold quantities, for the compiler alone:
 * it has them as text, and the API server takes a number, too.
 */
export declare const quantities: unique symbol;

/** The kinds of Kubernetes, by \`apiVersion/kind\`: those that kubernetes-types declares and those that it lacks. */
export interface BuiltInKinds {
${kinds.join("\n")}
}

${printed.join("\n\n")}`);
