import { readdirSync, readFileSync } from "node:fs";
import { toJson } from "./json.ts";
import { definitionsUnder, identifier, kindsOf, moduleName, type Kind, type Model } from "./model.ts";
import { mapSubschemas, subschemas, type Schema } from "./schema.ts";
import type { OutputFile } from "./write.ts";

/**
 * A validator for each kind: the schemas as data, which is smaller and quicker to load than code would be, and the code
 * that reads them.
 */
export function emitValidators(model: Model, header: string): OutputFile[] {
  const kinds = kindsOf(model);
  const hasRules = [...kinds.map(({ schema }) => schema), ...Object.values(model.definitions)].some(
    statesRules,
  );
  return [
    { path: "src/generated/schemas.ts", content: `${header}\n${emitData(kinds, model)}` },
    { path: "src/generated/validators.ts", content: `${header}\n${emitCode(kinds, model, hasRules)}` },
    ...runtime(hasRules, header),
  ];
}

function emitData(kinds: readonly Kind[], model: Model): string {
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  const definitions = [...used]
    .toSorted()
    .map((name) => `  ${JSON.stringify(name)}: ${data(model.definitions[name] ?? {})},\n`);
  const schemas = kinds.map((of) => {
    const { kind, apiVersion, crd, version, schema } = of;
    const hasStatus = version.subresources?.["status"] !== undefined;
    const entries = { apiVersion, kind, scope: crd.spec.scope, hasStatus, schema: plain(schema) };
    return `\n/** ${kind} of ${apiVersion}. */\nexport const ${variable(of, model)}: KindSchema = ${toJson(entries)};\n`;
  });
  return `import type { Definitions } from "./runtime/schema.ts";
import type { KindSchema } from "./runtime/validator.ts";

/** Kubernetes' own definitions, by name. */
export const definitions: Definitions = {
${definitions.join("")}};
${schemas.join("")}`;
}

function emitCode(kinds: readonly Kind[], model: Model, hasRules: boolean): string {
  const types = kinds.map((of) => {
    const name = identifier(of, model);
    return `import type { ${of.kind} as ${name}, ${of.kind}Observed as ${name}Observed } from "./${moduleName(of, model)}.ts";\n`;
  });
  const rules = hasRules
    ? `import { rulesRunner } from "./runtime/rules.ts";\nimport { resolver } from "./runtime/schema.ts";\n`
    : "";
  const declared = kinds.map((of) => {
    const [name, type] = [variable(of, model), identifier(of, model)];
    return `
/** Validates ${of.kind} of ${of.apiVersion}. */
export const ${name}: Validator<${type}, ${type}Observed> = /* @__PURE__ */ createValidator(
  schemas.${name},
  schemas.definitions,
${hasRules ? "  runRules,\n" : ""});
`;
  });
  const entries = kinds.map((of) => [JSON.stringify(`${of.apiVersion}/${of.kind}`), variable(of, model)]);
  return `${types.join("")}${rules}import { createValidator, type Validator } from "./runtime/validator.ts";
import * as schemas from "./schemas.ts";
${hasRules ? "\nconst runRules = rulesRunner(resolver(schemas.definitions));\n" : ""}${declared.join("")}
/** A validator for each kind, by apiVersion and kind: \`example.com/v1/Example\`. */
export const validators: {
${entries.map(([key, name]) => `  readonly ${key}: typeof ${name};\n`).join("")}} = {
${entries.map(([key, name]) => `  ${key}: ${name},\n`).join("")}};
`;
}

const variable = (of: Kind, model: Model): string => {
  const name = identifier(of, model);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
};

const folder = new URL("runtime/", import.meta.url);
/** What only rules need: a package without rules does not depend on a library for them. */
const rulesOnly = /^(?:rules|cel-.*|quantity)\.ts$/;

/** The code that reads the schemas; it comes along, so that what is generated depends on no package of ours. */
function runtime(hasRules: boolean, header: string): OutputFile[] {
  return readdirSync(folder)
    .filter((name) => hasRules || !rulesOnly.test(name))
    .map((name) => ({
      path: `src/generated/runtime/${name}`,
      content: `${header}\n${readFileSync(new URL(name, folder), "utf8")}`,
    }));
}

function statesRules(schema: Schema): boolean {
  return (
    Array.isArray(schema["x-kubernetes-validations"]) ||
    subschemas(schema).some(([, sub]) => statesRules(sub))
  );
}

const data = (schema: Schema): string => toJson(plain(schema));

function plain(schema: Schema): Schema {
  const { description: _description, ...rest } = schema;
  const reference = rest.$ref?.split("/").at(-1);
  return { ...mapSubschemas(rest, plain), ...(reference !== undefined && { $ref: reference }) };
}
