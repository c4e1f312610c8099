import { Environment } from "@marcbachmann/cel-js";
import { isObject, type Json } from "../model/schema.ts";
import { unknownInRule, type RuleUse } from "./rule-fields.ts";

/**
 * What is wrong with a schema's rules: where, below the schema, and what. Whether the schema is that of the object itself
 * matters, as rules see its name, too.
 */
export type RuleProblems = (
  schema: Json,
  isObjectItself: boolean,
) => readonly { readonly path: readonly (string | number)[]; readonly what: string }[];

/** What is wrong with rules as expressions of CEL, and which fields they read that there are not. */
export function ruleProblems(schema: Json, isObjectItself: boolean): ReturnType<RuleProblems> {
  const rules = schema["x-kubernetes-validations"];
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const at = ["x-kubernetes-validations", index];
    if (!isObject(rule) || typeof rule["rule"] !== "string" || rule["rule"].trim() === "")
      return [{ path: [...at, "rule"], what: "must be an expression" }];
    const isItself = isObjectItself || schema["x-kubernetes-embedded-resource"] === true;
    const { rule: condition, messageExpression } = rule;
    const found = {
      rule: expressionProblem(condition, schema, { isObjectItself: isItself, gives: "boolean" }),
      messageExpression: expressionProblem(messageExpression, schema, {
        isObjectItself: isItself,
        gives: "string",
      }),
    };
    return Object.entries(found).flatMap(([key, what]) =>
      what === undefined ? [] : [{ path: [...at, key], what }],
    );
  });
}

/** As the API server has the language: with optional values. */
const celEnvironment = new Environment({ enableOptionalTypes: true });

/** An element or an entry that may be missing (`[?a]`, `{?"b": c}`), which the library does not read. */
const optionalElement = /[[{,]\s*\?/;

function expressionProblem(expression: unknown, schema: Json, use: RuleUse): string | undefined {
  if (expression === undefined || expression === "") return undefined;
  if (typeof expression !== "string") return "is not an expression of CEL: it is not text";
  try {
    return unknownInRule(celEnvironment.parse(expression).ast, schema, use);
  } catch (error) {
    if (optionalElement.test(expression)) return undefined;
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return `is not an expression of CEL: ${said}`;
  }
}
