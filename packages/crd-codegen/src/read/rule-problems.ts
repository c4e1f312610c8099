import { Environment } from "@marcbachmann/cel-js";
import { isObject, type Json } from "../model/schema.ts";

/** What is wrong with a schema's rules: where, below the schema, and what. */
export type RuleProblems = (
  schema: Json,
) => readonly { readonly path: readonly (string | number)[]; readonly what: string }[];

/** What is wrong with rules as expressions of CEL. */
export function ruleProblems(schema: Json): ReturnType<RuleProblems> {
  const rules = schema["x-kubernetes-validations"];
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const at = ["x-kubernetes-validations", index];
    if (!isObject(rule) || typeof rule["rule"] !== "string" || rule["rule"].trim() === "")
      return [{ path: [...at, "rule"], what: "must be an expression" }];
    return ["rule", "messageExpression"].flatMap((key) => {
      const failure = syntaxError(rule[key]);
      return failure === undefined
        ? []
        : [{ path: [...at, key], what: `is not an expression of CEL: ${failure}` }];
    });
  });
}

/** As the API server has the language: with optional values. */
const celEnvironment = new Environment({ enableOptionalTypes: true });

/** An element or an entry that may be missing (`[?a]`, `{?"b": c}`), which the library does not read. */
const optionalElement = /[[{,]\s*\?/;

function syntaxError(expression: unknown): string | undefined {
  if (expression === undefined) return undefined;
  if (typeof expression !== "string") return "it is not text";
  try {
    celEnvironment.parse(expression);
    return undefined;
  } catch (error) {
    if (optionalElement.test(expression)) return undefined;
    return error instanceof Error ? error.message.split("\n")[0] : String(error);
  }
}
