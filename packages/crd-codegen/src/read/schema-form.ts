import type { CodegenCode } from "../codes.ts";
import type { Path } from "./documents.ts";
import { isObject } from "../model/schema.ts";
import type { Json } from "../model/schema.ts";

/** What stands somewhere below a schema that no reader of it could take. */
export interface FormProblem {
  readonly code: CodegenCode;
  readonly path: Path;
  readonly what: string;
  readonly fix?: string;
}

const combinators = ["allOf", "anyOf", "oneOf"] as const;

/** What a keyword has to be. */
interface Expected {
  readonly fits: (value: unknown) => boolean;
  readonly what: string;
}

const isString = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";

const keywords: ReadonlyMap<string, Expected> = new Map(
  [
    {
      names: ["type", "description", "format", "pattern", "title", "$ref"],
      fits: isString,
      what: "a string",
    },
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

/**
 * What keeps a schema from being read at all: keywords of another type than theirs, and numbers that JavaScript has not. What the
 * API server has against one that can be read is found by the rules of `@atlas/checks`.
 */
export function formProblems(schema: unknown, path: Path): readonly FormProblem[] {
  if (!isObject(schema))
    return [{ code: "schema-keyword-malformed", path, what: "a schema must be an object" }];
  return [
    ...Object.entries(schema).flatMap(([key, value]) => keywordProblems(key, value, [...path, key])),
    ...subschemasOf(schema).flatMap(([steps, sub]) => formProblems(sub, [...path, ...steps])),
  ];
}

function subschemasOf(schema: Json): readonly (readonly [Path, unknown])[] {
  const { properties, items, additionalProperties, not } = schema;
  const found: (readonly [Path, unknown])[] = [];
  if (isObject(properties))
    for (const [name, sub] of Object.entries(properties)) found.push([["properties", name], sub]);
  if (items !== undefined) found.push([["items"], items]);
  if (additionalProperties !== undefined && typeof additionalProperties !== "boolean")
    found.push([["additionalProperties"], additionalProperties]);
  for (const key of combinators)
    if (Array.isArray(schema[key]))
      schema[key].forEach((branch: unknown, index) => found.push([[key, index], branch]));
  if (not !== undefined) found.push([["not"], not]);
  return found;
}

function keywordProblems(key: string, value: unknown, path: Path): readonly FormProblem[] {
  if (value === undefined) return [];
  const problems: FormProblem[] = [];
  const expected = keywords.get(key);
  if (expected && !expected.fits(value))
    problems.push({ code: "schema-keyword-malformed", path, what: `must be ${expected.what}` });
  const number = key === "default" || key === "enum" ? inexactIn(value) : undefined;
  if (number !== undefined)
    problems.push({
      code: "number-inexact",
      path,
      what: `holds ${number}, and no number of JavaScript's is`,
      fix: "Up to 2^53 they are exact; leave it to the API server, or take a text",
    });
  return problems;
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
