import type { DeclaredType } from "@atlas/typescript/read";
import { printKey } from "@atlas/typescript/write";
import { apiFields } from "../src/kubernetes/api-fields.ts";
import {
  builtInKinds,
  definitionOf,
  type BuiltInKind,
  type Definition,
  type Field,
  type Span,
} from "../src/kubernetes/schema.ts";
import { declarations } from "./declarations.ts";

/** `core.v1.Container` as module and name; the modules are called like the API groups. */
function placeOf(definition: string): readonly [module: string, name: string] {
  const [group = "", version = "", name = ""] = definition.split(".");
  return [`${group === "internal" ? "apiserverinternal" : group}/${version}`, name];
}

/** The kinds by the name of their definition. */
const kinds: ReadonlyMap<string, BuiltInKind> = new Map(
  builtInKinds().map((kind) => {
    const [version = "", group = "core"] = kind.apiVersion.split("/").toReversed();
    return [`${group.split(".")[0]}.${version}.${kind.kind}`, kind];
  }),
);

const alias = (module: string): string => module.replace("/", "_");
const isDeclared = (module: string, name: string): boolean => declarations.get(module)?.has(name) ?? false;

/** The interfaces that are added to or made, by module and name: the lines within. */
type Blocks = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** The text of `src/typed/newer-fields.ts`, as it is before it is formatted. */
export function newerFieldsModule(): string {
  const blocks = new Map<string, Map<string, readonly string[]>>();
  const imported = new Set<string>();
  const missing: string[] = [];
  const reference = (definition: string, from: string): string => {
    const [module, name] = placeOf(definition);
    if (!isDeclared(module, name)) missing.push(definition);
    if (module === from) return name;
    imported.add(module);
    return `${alias(module)}.${name}`;
  };
  const add = (definition: string): void => {
    const [module, name] = placeOf(definition);
    const block = blocks.get(module) ?? new Map<string, readonly string[]>();
    const known = definitionOf(definition);
    if (!known) throw new Error(`${definition} is not in the table of fields`);
    const lines = linesOf(definition, known, (other) => reference(other, module));
    if (lines.length > 0) blocks.set(module, block.set(name, lines));
  };
  for (const [definition] of apiFields.matchAll(/^[\w.]+/gm))
    if (kinds.has(definition) || isDeclared(...placeOf(definition))) add(definition);
  // What is new has fields of types that are new.
  for (let definition = missing.pop(); definition !== undefined; definition = missing.pop()) {
    const [module, name] = placeOf(definition);
    if (!blocks.get(module)?.has(name)) add(definition);
  }
  for (const definition of kinds.keys()) imported.add(placeOf(definition)[0]);
  return moduleText(
    [...imported].filter((module) => declarations.has(module)),
    blocks,
  );
}

/** What an interface has to say beside what is declared: fields, the values of enumerations, which fields are quantities. */
function linesOf(
  definition: string,
  known: Definition,
  reference: (definition: string) => string,
): readonly string[] {
  const [module, name] = placeOf(definition);
  const declaration = declarations.get(module)?.get(name);
  if (declaration && declaration.kind !== "object") return [];
  const declared = declaration?.fields;
  const identity = kinds.get(definition);
  const all = [...known.fields].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fields = all.flatMap(([field, inner]) => {
    if (declared?.has(field)) return [];
    if (identity && (field === "apiVersion" || field === "kind"))
      return [`${field}: ${JSON.stringify(identity[field])};`];
    const isRequired = !declared && inner.isRequired === true;
    return [
      ...spanOf(inner.span),
      `${printKey(field)}${isRequired ? "" : "?"}: ${typeOf(inner, reference)};`,
    ];
  });
  const values = all.flatMap(([field, { items, values: own = items?.values }]) =>
    own ? [`${printKey(field)}: ${unionOf(own.toSorted())}`] : [],
  );
  const numbers = all
    .filter(([field, inner]) => isScalar(inner) && holdsQuantities(declared?.get(field)?.type))
    .map(([field]) => field);
  const optional = all.flatMap(([field, { isRequired }]) =>
    declared?.get(field)?.isOptional === false && isRequired !== true && !commonFields.has(field)
      ? [field]
      : [],
  );
  return [
    ...fields,
    ...(values.length > 0 ? [`readonly [enumerations]?: { ${values.join("; ")} };`] : []),
    ...(optional.length > 0 ? [`readonly [optionals]?: ${unionOf(optional)};`] : []),
    ...(numbers.length > 0 ? [`readonly [quantities]?: ${unionOf(numbers)};`] : []),
  ];
}

/** Whether it is a quantity to kubernetes-types, or a map. */
const holdsQuantities = (type: DeclaredType | undefined): boolean =>
  type?.kind === "map" || (type?.kind === "word" && type.name === "Quantity");

/** Whether it may be a number or a text, or is a map or list of such. */
const isScalar = ({ type, items }: Field): boolean => (items ? isScalar(items) : type === "scalar");

/** The fields that every kind has, of which the table does not say what is required. */
const commonFields = new Set(["apiVersion", "kind", "metadata"]);

const unionOf = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(" | ");

/** Which releases have it, for a reader. */
function spanOf({ since, until }: Span = {}): readonly string[] {
  if (since === undefined) return until === undefined ? [] : [`/** Until Kubernetes 1.${until}. */`];
  if (until === undefined) return [`/** Since Kubernetes 1.${since}. */`];
  return [`/** In Kubernetes 1.${since}${since === until ? " alone" : ` to 1.${until}`}. */`];
}

function typeOf({ type, definition, items }: Field, reference: (definition: string) => string): string {
  const inner = (): string => (items ? typeOf(items, reference) : "unknown");
  if (typeof definition === "string") return reference(definition);
  if (type === "list" || type === "set") return `Array<${inner()}>`;
  if (type === "map") return `{ [name: string]: ${inner()} }`;
  if (type === "scalar") return "number | string";
  if (type === "integer") return "number";
  return type === "any" || type === "object" ? "unknown" : type;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function moduleText(imported: readonly string[], blocks: Blocks): string {
  const ids = [...kinds].map(([definition, { apiVersion, kind }]): [string, string] => {
    const [module, name] = placeOf(definition);
    return [`${apiVersion}/${kind}`, `${alias(module)}.${name}`];
  });
  const printed = [...blocks].toSorted(byName).map(([module, block]) => {
    const interfaces = [...block]
      .toSorted(byName)
      .map(([name, lines]) => `  interface ${name} {\n${lines.map((line) => `    ${line}\n`).join("")}  }`);
    // What has no module to be added to is named as the others are imported here.
    const place = declarations.has(module)
      ? `declare module "kubernetes-types/${module}.js"`
      : `/** What \`kubernetes-types/${module}.js\` would declare. */\nexport declare namespace ${alias(module)}`;
    return `${place} {\n${interfaces.join("\n")}\n}`;
  });
  return `// What kubernetes-types, which ends at Kubernetes 1.30, does not say of what api-fields.ts knows: kinds, fields, the
// values of enumerations.
//
// Generated by \`scripts/newer-fields.ts\`. Do not edit.
${imported
  .toSorted()
  .map((module) => `import type * as ${alias(module)} from "kubernetes-types/${module}.js";`)
  .join("\n")}

/** Under which an interface of kubernetes-types has the values of its enumerations, by field, for the compiler alone. */
export declare const enumerations: unique symbol;

/**
 * Under which an interface of kubernetes-types has the names of its fields that hold quantities, for the compiler alone:
 * it has them as text, and the API server takes a number, too.
 */
export declare const quantities: unique symbol;

/**
 * Under which an interface of kubernetes-types has the names of the fields that it demands and Kubernetes does not any
 * more, for the compiler alone.
 */
export declare const optionals: unique symbol;

/** The kinds of Kubernetes, by \`apiVersion/kind\`: those that kubernetes-types declares and those that it lacks. */
export interface BuiltInKinds {
${ids
  .toSorted(byName)
  .map(([id, type]) => `  "${id}": ${type};`)
  .join("\n")}
}

${printed.join("\n\n")}
`;
}
