import type { CodegenCode } from "../codes.ts";
import type { Problem } from "../problem.ts";
import { formatPath } from "./documents.ts";
import type { Path, Source } from "./documents.ts";
import type { RuleProblems } from "./rule-problems.ts";
import { isObject, ownProperty } from "../model/schema.ts";
import type { Json } from "../model/schema.ts";

type SchemaReport = (code: CodegenCode, path: Path, what: string, fix?: string) => void;

const types = ["array", "boolean", "integer", "number", "object", "string"];
const combinators = ["allOf", "anyOf", "oneOf"] as const;
/** Keywords that Kubernetes allows only outside allOf, anyOf, oneOf and not. */
const structuralOnly = ["type", "description", "default", "additionalProperties", "nullable", "title"];
const forbiddenKeywords = new Set([
  "$ref",
  "$schema",
  "$id",
  "id",
  "definitions",
  "dependencies",
  "patternProperties",
  "additionalItems",
]);

/** Those of which the API server takes an empty value for none. */
const leftOutWhenEmpty = new Set(["$schema", "id", "definitions", "patternProperties"]);

const isEmptyKeyword = (value: unknown): boolean =>
  value === false || value === "" || (isObject(value) && Object.keys(value).length === 0);

/** What a keyword has to be. */
interface Expected {
  readonly fits: (value: unknown) => boolean;
  readonly what: string;
}

const isString = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";

const keywords: ReadonlyMap<string, Expected> = new Map(
  [
    { names: ["type", "description", "format", "pattern", "title"], fits: isString, what: "a string" },
    {
      names: [
        "nullable",
        "uniqueItems",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "x-kubernetes-int-or-string",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
      ],
      fits: isFlag,
      what: "true or false",
    },
    {
      names: ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
      fits: isCount,
      what: "a whole number from 0",
    },
    { names: ["minimum", "maximum", "multipleOf"], fits: isNumber, what: "a number" },
    {
      names: ["enum", ...combinators, "x-kubernetes-validations", "x-kubernetes-list-map-keys"],
      fits: Array.isArray,
      what: "a list",
    },
    { names: ["required"], fits: isStrings, what: "a list of strings" },
    { names: ["properties"], fits: isObject, what: "an object of schemas" },
  ].flatMap(({ names, fits, what }) => names.map((name) => [name, { fits, what }])),
);

/** How schemas are looked at. */
export interface StructureCheck {
  /** Whether `$ref` may stand for a subtree, as in our compact sources. */
  readonly references: boolean;
  /** What is wrong with the rules of a schema and of all within it: their language takes long to load. */
  readonly ruleProblems: RuleProblems;
}

/**
 * What keeps a schema from being structural, by the rules of
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 *
 */
export function structuralProblems(
  schema: unknown,
  at: Path,
  source: Source,
  how: StructureCheck,
): Problem[] {
  const problems: Problem[] = [];
  const report: SchemaReport = (code, path, what, fix) => {
    const line = source.lineOf(path);
    problems.push({
      code,
      file: source.file,
      path: formatPath(path),
      what,
      ...(line === undefined ? {} : { line }),
      ...(fix === undefined ? {} : { fix }),
    });
  };
  checkSchemaNode(schema, at, report, how, true);
  // An API server compiles the rules of schemas that it takes, and compact sources were looked at before.
  if (problems.length === 0 && !how.references && isObject(schema))
    for (const { code, path, what, fix } of how.ruleProblems(schema))
      report(code, [...at, ...path], what, fix);
  return problems;
}

function checkSchemaNode(
  schema: unknown,
  path: Path,
  report: SchemaReport,
  how: StructureCheck,
  isRoot = false,
): void {
  if (!isObject(schema)) return report("schema-not-structural", path, "a schema must be an object");
  if (how.references && schema["$ref"] !== undefined) {
    if (typeof schema["$ref"] !== "string")
      report("schema-keyword-malformed", [...path, "$ref"], "must be a string");
    return;
  }
  checkKeywords(schema, path, report);
  checkType(schema, path, report);
  checkChildren(schema, path, report, how);
  // Only of the object itself has the API server that its branches name no field of their own.
  const outside = isRoot ? schema : { ...schema, $ref: "" };
  for (const key of combinators) {
    if (!Array.isArray(schema[key])) continue;
    schema[key].forEach((branch: unknown, index) =>
      checkBranch(branch, outside, [...path, key, index], report),
    );
  }
  if (schema["not"] !== undefined) checkBranch(schema["not"], outside, [...path, "not"], report);
}

function checkKeywords(schema: Json, path: Path, report: SchemaReport): void {
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined) continue;
    if (forbiddenKeywords.has(key) && !(leftOutWhenEmpty.has(key) && isEmptyKeyword(value)))
      report(
        "schema-not-structural",
        [...path, key],
        `${key} is not allowed in a structural schema`,
        "Write the subtree out in full",
      );
    const expected = keywords.get(key);
    if (expected && !expected.fits(value))
      report("schema-keyword-malformed", [...path, key], `must be ${expected.what}`);
    const number = key === "default" || key === "enum" ? inexactIn(value) : undefined;
    if (number !== undefined)
      report(
        "number-inexact",
        [...path, key],
        `holds ${number}, and no number of JavaScript's is`,
        "Up to 2^53 they are exact; leave it to the API server, or take a text",
      );
  }
}

/** A whole number within a value that objects in JavaScript could not have: a limit may be one, which none then reaches. */
function inexactIn(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  const inner: unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const part of inner) {
    const found = inexactIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function isCount(value: unknown): boolean {
  return isNumber(value) && Number(value) >= 0;
}

function checkType(schema: Json, path: Path, report: SchemaReport): void {
  const { type } = schema;
  if (schema["x-kubernetes-int-or-string"] === true) {
    // A type beside it is allowed, and says nothing: the API server takes whole numbers and texts all the same.
    for (const other of ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"])
      if (schema[other] === true)
        report(
          "schema-not-structural",
          [...path, other],
          "must not be true beside x-kubernetes-int-or-string",
        );
    if (type === undefined) return;
  }
  if (type === undefined) {
    if (schema["x-kubernetes-preserve-unknown-fields"] === true) return;
    return report(
      "schema-not-structural",
      path,
      "type is missing",
      "A structural schema gives every field a type, or x-kubernetes-int-or-string, or x-kubernetes-preserve-unknown-fields",
    );
  }
  if (typeof type === "string" && !types.includes(type)) {
    report(
      "schema-keyword-malformed",
      [...path, "type"],
      `unknown type ${JSON.stringify(type)}`,
      `Types are ${types.join(", ")}`,
    );
  }
  if (schema["x-kubernetes-embedded-resource"] === true && type !== "object") {
    report(
      "schema-not-structural",
      [...path, "type"],
      "must be object beside x-kubernetes-embedded-resource",
    );
  }
}

function checkChildren(schema: Json, path: Path, report: SchemaReport, how: StructureCheck): void {
  const { properties, additionalProperties, items } = schema;
  const isRecord = isObject(properties) && Object.keys(properties).length > 0;
  if (isRecord && isObject(additionalProperties)) {
    report(
      "schema-not-structural",
      [...path, "additionalProperties"],
      "additionalProperties and properties exclude each other",
    );
  }
  if (isObject(properties)) {
    for (const [name, sub] of Object.entries(properties))
      checkSchemaNode(sub, [...path, "properties", name], report, how);
  }
  if (additionalProperties !== undefined && typeof additionalProperties !== "boolean") {
    checkSchemaNode(additionalProperties, [...path, "additionalProperties"], report, how);
  }
  if (items !== undefined) {
    if (isObject(items)) checkSchemaNode(items, [...path, "items"], report, how);
    else
      report(
        "schema-not-structural",
        [...path, "items"],
        "must be one schema",
        "Lists of schemas are not allowed",
      );
  } else if (schema["type"] === "array")
    report("schema-not-structural", path, "items is missing: an array needs the schema of its elements");
}

/** A branch of a combinator constrains fields that stand outside it; it may not introduce one. */
function checkBranch(branch: unknown, outside: unknown, path: Path, report: SchemaReport): void {
  if (!isObject(branch)) return report("schema-not-structural", path, "a schema must be an object");
  const shell = isObject(outside) ? outside : {};
  // What a reference stands for was checked when it was written out in full.
  const unseen = shell["$ref"] === undefined ? undefined : shell;
  for (const key of structuralOnly) {
    if (
      branch[key] === undefined ||
      (key !== "default" && isEmptyKeyword(branch[key])) ||
      (key === "type" && shell["x-kubernetes-int-or-string"] === true)
    )
      continue;
    report(
      "schema-not-structural",
      [...path, key],
      `${key} is not allowed inside allOf, anyOf, oneOf and not`,
      "State it outside",
    );
  }
  checkKeywords(branch, path, report);
  const { properties, items } = branch;
  if (isObject(properties)) {
    const outer = isObject(shell["properties"]) ? shell["properties"] : {};
    for (const [name, sub] of Object.entries(properties)) {
      const at = [...path, "properties", name];
      const counterpart = ownProperty(outer, name) ?? shell["additionalProperties"] ?? unseen;
      if (counterpart === undefined && shell["x-kubernetes-preserve-unknown-fields"] !== true) {
        report(
          "schema-not-structural",
          at,
          `${JSON.stringify(name)} is not declared outside this combinator`,
          "Declare its type outside",
        );
      }
      checkBranch(sub, counterpart, at, report);
    }
  }
  if (isObject(items)) checkBranch(items, shell["items"] ?? unseen, [...path, "items"], report);
  for (const key of combinators) {
    if (!Array.isArray(branch[key])) continue;
    branch[key].forEach((sub: unknown, index) => checkBranch(sub, outside, [...path, key, index], report));
  }
  if (branch["not"] !== undefined) checkBranch(branch["not"], outside, [...path, "not"], report);
}
