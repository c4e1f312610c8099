import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { toJson } from "@atlas/compose/yaml";
import { referenceOf } from "../model/expand.ts";
import { kindSchemaOf } from "../model/kind-schema.ts";
import { withExpressions } from "../model/expressions.ts";
import { expressionOf } from "../pattern/expression.ts";
import {
  definitionsUnder,
  identifier,
  servedKinds,
  moduleName,
  typeName,
  type Kind,
  type Model,
} from "../model/model.ts";
import { mapSubschemas, subschemas, type Schema } from "../model/schema.ts";
import type { OutputFile } from "./output-file.ts";
import { ruleWarning } from "./rule-warning.ts";

/**
 * A validator for each kind: the schemas as data, which is smaller and quicker to load than code would be, and the code
 * that reads them.
 */
export function emitValidators(model: Model, header: string): OutputFile[] {
  const kinds = servedKinds(model).map((of) => ({ ...of, needs: needsOf(of, model) }));
  const needs = {
    rules: kinds.some((of) => of.needs.rules),
    patterns: kinds.some((of) => of.needs.patterns),
  };
  const warning = needs.rules ? ruleWarning(model, validatorsFile) : undefined;
  return [
    { path: "src/generated/schemas.ts", content: `${header}\n${emitData(kinds, model)}` },
    {
      path: validatorsFile,
      content: `${header}\n${emitCode(kinds, model, needs)}`,
      ...(warning !== undefined && { warning }),
    },
    ...runtime(needs, header),
  ];
}

const validatorsFile = "src/generated/validators.ts";

/** What the validator of a kind needs beyond the code that all of them share; each brings a library along. */
export interface Needs {
  readonly rules: boolean;
  /** Whether there is a pattern that JavaScript cannot say in linear time, or a rule that takes one. */
  readonly patterns: boolean;
}

interface KindWithNeeds extends Kind {
  readonly needs: Needs;
}

/** What the schema of a kind needs. */
export function needsOf({ schema }: Kind, { definitions }: Model): Needs {
  const used = [...definitionsUnder(schema, definitions)].map((name) => definitions[name] ?? {});
  const parts = [schema, ...used];
  return { rules: parts.some(statesRules), patterns: parts.some(needsPatterns) };
}

function emitData(kinds: readonly Kind[], model: Model): string {
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  const definitions = [...used]
    .toSorted()
    .map((name) => `  ${JSON.stringify(name)}: ${data(model.definitions[name] ?? {})},\n`);
  const schemas = kinds.map((of) => {
    const { kind, apiVersion } = of;
    return `\n/** ${kind} of ${apiVersion}. */\nexport const ${validatorVariable(of, model)}: KindSchema = ${kindData(of)};\n`;
  });
  return `import type { Definitions } from "./runtime/schema.ts";
import type { KindSchema } from "./runtime/validator.ts";

/** What several kinds, or several fields of one, have in common, by name. */
export const definitions: Definitions = {
${definitions.join("")}};
${schemas.join("")}`;
}

/** What is known of a kind by which its objects are judged, as text. */
export const kindData = ({ crd, kind, version, schema }: Kind): string =>
  literal(kindSchemaOf({ ...crd.spec, kind }, version, plainSchema(schema)));

function emitCode(kinds: readonly KindWithNeeds[], model: Model, needs: Needs): string {
  const types = kinds.map((of) => {
    const [type, name] = [typeName(of.kind), identifier(of, model)];
    return `import type { ${type} as ${name}, ${type}Observed as ${name}Observed } from "./${moduleName(of, model)}.ts";\n`;
  });
  const imports = [
    ...(needs.patterns ? [`import { readLinearPattern } from "./runtime/linear-pattern.ts";\n`] : []),
    ...(needs.rules
      ? [
          `import { rulesRunner } from "./runtime/cel/rules.ts";\n`,
          `import { resolver } from "./runtime/schema.ts";\n`,
        ]
      : []),
  ];
  const runners = [
    ["runRules", kinds.some((of) => of.needs.rules && !of.needs.patterns), ""],
    ["runRulesWithPatterns", kinds.some((of) => of.needs.rules && of.needs.patterns), ", readLinearPattern"],
  ] as const;
  const declaredRunners = runners.flatMap(([name, isUsed, more]) =>
    isUsed
      ? [
          `\nconst ${name} = /* @__PURE__ */ rulesRunner(/* @__PURE__ */ resolver(schemas.definitions)${more});\n`,
        ]
      : [],
  );
  const declared = kinds.map((of) => {
    const [name, type] = [validatorVariable(of, model), identifier(of, model)];
    return `
/** Validates ${of.kind} of ${of.apiVersion}. */
export const ${name}: Validator<${type}, ${type}Observed> = /* @__PURE__ */ createValidator(
  schemas.${name},
  schemas.definitions,
${toolsOf(of.needs)});
`;
  });
  const entries = kinds.map((of) => [
    JSON.stringify(`${of.apiVersion}/${of.kind}`),
    validatorVariable(of, model),
  ]);
  return `${types.join("")}${imports.join("")}import { createValidator, type Validator } from "./runtime/validator.ts";
import * as schemas from "./schemas.ts";
${declaredRunners.join("")}${declared.join("")}
/** A validator for each kind, by apiVersion and kind: \`example.com/v1/Example\`. */
export const validators: {
${entries.map(([key, name]) => `  readonly ${key}: typeof ${name};\n`).join("")}} = {
${entries.map(([key, name]) => `  ${key}: ${name},\n`).join("")}};
`;
}

/** The last argument of a kind's validator. */
function toolsOf({ rules, patterns }: Needs): string {
  const tools = [
    ...(rules ? [patterns ? "runRules: runRulesWithPatterns" : "runRules"] : []),
    ...(patterns ? ["readPattern: readLinearPattern"] : []),
  ];
  return tools.length === 0 ? "" : `  { ${tools.join(", ")} },\n`;
}

const validatorVariable = (of: Kind, model: Model): string => {
  const name = identifier(of, model);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
};

/** The sources of the code that comes along: they lie in this package, whether it is built or not. */
const runtimeFolder = join(
  dirname(createRequire(import.meta.url).resolve("@atlas/crd-codegen/package.json")),
  "src/runtime",
);
/** What only some need: a package without rules does not depend on a library for them. */
const neededFiles: readonly (readonly [keyof Needs, RegExp])[] = [
  ["rules", /^cel\//],
  ["patterns", /^(?:linear-pattern|pattern-reader)\.ts$/],
];

/** The code that reads the schemas; it comes along, so that what is generated depends on no package of ours. */
export function runtime(needs: Needs, header: string): OutputFile[] {
  return globSync("**/*.ts", { cwd: runtimeFolder })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => neededFiles.every(([need, pattern]) => needs[need] || !pattern.test(name)))
    .map((name) => ({
      path: `src/generated/runtime/${name}`,
      content: `${header}\n${readFileSync(join(runtimeFolder, name), "utf8")}`,
    }));
}

function statesRules(schema: Schema): boolean {
  return (
    Array.isArray(schema["x-kubernetes-validations"]) ||
    subschemas(schema).some(([, sub]) => statesRules(sub))
  );
}

/** Functions of CEL that hold a text against a pattern. */
const patternCalls = /\b(?:matches|find|findAll)\s*\(/;

function needsPatterns(schema: Schema): boolean {
  const { pattern } = schema;
  const rules = (schema["x-kubernetes-validations"] ?? []).flatMap(({ rule, messageExpression }) => [
    rule,
    messageExpression,
  ]);
  return (
    (typeof pattern === "string" && expressionOf(pattern) === undefined) ||
    rules.some((rule) => typeof rule === "string" && patternCalls.test(rule)) ||
    subschemas(schema).some(([, sub]) => needsPatterns(sub))
  );
}

/** A schema as it is judged by, as text. */
export const data = (schema: Schema): string => literal(withExpressions(plainSchema(schema)));

/** A value as code says it: `__proto__` is an ordinary name in JSON, and in an object literal it is none. */
const literal = (value: unknown): string =>
  toJson(value).replaceAll(/(?<=[{,])"__proto__":/g, '["__proto__"]:');

/** What a schema says to people: no value is judged by it. */
const prose = new Set(["description", "title", "example", "externalDocs"]);

export function plainSchema(schema: Schema): Schema {
  const rest: Schema = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !prose.has(keyword)));
  const reference = referenceOf(rest);
  return { ...mapSubschemas(rest, plainSchema), ...(reference !== undefined && { $ref: reference }) };
}
