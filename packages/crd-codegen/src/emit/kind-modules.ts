import { isLocal } from "../model/crd.ts";
import {
  definitionsUnder,
  identifier,
  servedKinds,
  moduleName,
  typeName,
  type Kind,
  type Model,
} from "../model/model.ts";
import type { OutputFile } from "./output-file.ts";
import { ruleWarning } from "./rule-warning.ts";
import { data, kindData, needsOf, runtime, type Needs } from "./validators.ts";

/** A kind in one version, and the module that has everything about it. */
export interface KindEntry {
  readonly of: Kind;
  /** `monitoring.coreos.com/prometheus-v1`: below `src`, and below the package's name for whom imports it. */
  readonly name: string;
}

const indexFile = "src/index.ts";

/** The kinds in the order of their entries. */
export function kindEntries(model: Model): KindEntry[] {
  const kinds = servedKinds(model);
  const plain = kinds.map((of) => `${of.crd.spec.group}/${of.kind.toLowerCase()}-${of.version.name}`);
  const entries = kinds.map((of, index) => {
    const name = plain[index] ?? "";
    const isAlone = plain.indexOf(name) === plain.lastIndexOf(name);
    return { of, name: isAlone ? name : `${of.crd.spec.group}/${moduleName(of, model)}` };
  });
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A module for each kind, with its types and its validator, so that who imports one pays for that one; the code that they
 * share; and an index of all.
 */
export function emitKindModules(model: Model, header: string): OutputFile[] {
  const entries = kindEntries(model);
  const needs = entries.map(({ of }) => needsOf(of, model));
  const all = { rules: needs.some(({ rules }) => rules), patterns: needs.some(({ patterns }) => patterns) };
  const warning = all.rules ? ruleWarning(model, indexFile) : undefined;
  return [
    ...entries.map((entry) => ({ path: `src/${entry.name}.ts`, content: emitKind(entry, model, header) })),
    { path: "src/generated/definitions.ts", content: emitShared(entries, model, header) },
    {
      path: indexFile,
      content: emitIndex(entries, model, header),
      ...(warning !== undefined && { warning }),
    },
    ...runtime(all, header),
  ];
}

function emitKind({ of, name }: KindEntry, model: Model, header: string): string {
  const up = "../".repeat(name.split("/").length - 1);
  const type = typeName(of.kind);
  // The module has types of such names itself.
  const isTaken = /^(?:Definitions|KindSchema|Validator)$/.test(type);
  const local = isTaken ? `${type}Kind` : type;
  const needs = needsOf(of, model);
  const used = [...definitionsUnder(of.schema, model.definitions)].toSorted();
  const own = used.filter(isLocal);
  const types = `${up}generated/${moduleName(of, model)}.ts`;
  return `${header}
export type * from "${types}";
import type { ${isTaken ? `${type} as ${local}` : type}, ${type}Observed } from "${types}";
${used.length > own.length ? `import { definitions as shared } from "${up}generated/definitions.ts";\n` : ""}${imports(needs, up)}import { ${needs.rules ? "resolver, " : ""}type Definitions } from "${up}generated/runtime/schema.ts";
import { createValidator, type KindSchema, type Validator } from "${up}generated/runtime/validator.ts";
${validatorTypes(new Set([type]), `${up}generated/`)}
const definitions: Definitions = {
${used.length > own.length ? "  ...shared,\n" : ""}${own.map((key) => entry(key, model)).join("")}};

const schema: KindSchema = ${kindData(of)};

/** Validates ${of.kind} of ${of.apiVersion}, and puts its defaults in. */
export const validator: Validator<${local}, ${type}Observed> = /* @__PURE__ */ createValidator(schema, definitions${validatorTools(needs)});
`;
}

/** The types of validators, but for what is the name of a kind. */
const validatorTypes = (kinds: ReadonlySet<string>, generated: string): string =>
  [
    ["ValidationIssue", "issue"],
    ["Validator", "validator"],
  ]
    .filter(([name = ""]) => !kinds.has(name))
    .map(([name, module]) => `export type { ${name} } from "${generated}runtime/${module}.ts";\n`)
    .join("");

const entry = (key: string, { definitions }: Model): string =>
  `  ${JSON.stringify(key)}: ${data(definitions[key] ?? {})},\n`;

const imports = ({ rules, patterns }: Needs, up: string): string =>
  [
    patterns ? `import { readLinearPattern } from "${up}generated/runtime/linear-pattern.ts";\n` : "",
    rules ? `import { rulesRunner } from "${up}generated/runtime/cel/rules.ts";\n` : "",
  ].join("");

/** The last argument of a kind's validator. */
function validatorTools({ rules, patterns }: Needs): string {
  const given = [
    ...(rules
      ? [`runRules: rulesRunner(resolver(definitions)${patterns ? ", readLinearPattern" : ""})`]
      : []),
    ...(patterns ? ["readPattern: readLinearPattern"] : []),
  ];
  return given.length === 0 ? "" : `, { ${given.join(", ")} }`;
}

/** Kubernetes' own definitions, which several kinds refer to. */
function emitShared(entries: readonly KindEntry[], model: Model, header: string): string {
  const used = new Set(entries.flatMap(({ of }) => [...definitionsUnder(of.schema, model.definitions)]));
  const shared = [...used].filter((key) => !isLocal(key)).toSorted();
  return `${header}
import type { Definitions } from "./runtime/schema.ts";

/** What several kinds have in common, by name. */
export const definitions: Definitions = {
${shared.map((key) => entry(key, model)).join("")}};
`;
}

/** How a kind is called in code. */
const kindKeyCode = ({ apiVersion, kind }: Kind): string => JSON.stringify(`${apiVersion}/${kind}`);

function emitIndex(entries: readonly KindEntry[], model: Model, header: string): string {
  const named = entries.map(({ of, name }) => {
    const type = identifier(of, model);
    return { of, name, variable: `${type.charAt(0).toLowerCase()}${type.slice(1)}` };
  });
  return `${header}
${named.map(({ name, variable }) => `import { validator as ${variable} } from "./${name}.ts";\n`).join("")}export type * from "./generated/types.ts";
${validatorTypes(new Set(entries.map(({ of }) => typeName(of.kind))), "./generated/")}
/** A validator for each kind, by apiVersion and kind. Who needs one kind alone imports its module. */
export const validators: {
${named.map(({ of, variable }) => `  readonly ${kindKeyCode(of)}: typeof ${variable};\n`).join("")}} = {
${named.map(({ of, variable }) => `  ${kindKeyCode(of)}: ${variable},\n`).join("")}};
`;
}
