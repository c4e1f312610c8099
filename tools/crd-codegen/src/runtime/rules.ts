import { Environment, Optional, type ParseResult } from "@marcbachmann/cel-js";
import { celValue } from "./cel-value.ts";
import { registerLibraries } from "./cel-library.ts";
import { join, show, type ValidationIssue } from "./issue.ts";
import type { Resolve, Schema, ValidationRule } from "./schema.ts";
import type { RunRules } from "./validate.ts";

const environment = registerLibraries(
  new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  }),
);
const programs = new Map<string, ParseResult | undefined>();

/**
 * Runs `x-kubernetes-validations` as the API server does (apiextensions-apiserver 1.34, `schema/cel`). A rule that uses a
 * function or macro which is not known here is left to the API server.
 */
export function rulesRunner(resolve: Resolve): RunRules {
  return (rules, schema, value, old, path) =>
    rules.flatMap((rule) => ruleIssues(rule, schema, value, old, path, resolve));
}

function ruleIssues(
  rule: ValidationRule,
  schema: Schema,
  value: unknown,
  old: unknown,
  path: string,
  resolve: Resolve,
): ValidationIssue[] {
  const usesOld = /\boldSelf\b/.test(rule.rule);
  // A rule about a change is not asked where there was nothing before, unless it says that it can deal with that.
  if (usesOld && (old === undefined || old === null) && rule.optionalOldSelf !== true) return [];
  const self = celValue(value, schema, resolve);
  const before = old === undefined || old === null ? undefined : celValue(old, schema, resolve);
  const oldSelf =
    rule.optionalOldSelf === true ? (before === undefined ? Optional.none() : Optional.of(before)) : before;
  const result = evaluate(rule.rule, { self, oldSelf });
  if (result === true || result === unknownHere) return [];
  const at = (rule.fieldPath ?? "").split(".").filter(Boolean).reduce(join, path);
  if (result instanceof Error)
    return [{ path: at, message: `the rule cannot be evaluated: ${firstLine(result)}`, expected: rule.rule }];
  const message = messageOf(rule, { self, oldSelf });
  return [{ path: at, message, expected: rule.rule, got: show(value) }];
}

const unknownHere = Symbol("a rule that only the API server can run");

function evaluate(expression: string, variables: { self: unknown; oldSelf: unknown }): unknown {
  if (!programs.has(expression)) programs.set(expression, parse(expression));
  const program = programs.get(expression);
  if (!program) return unknownHere;
  try {
    return program(variables);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return failure.message.startsWith("found no matching overload") ? unknownHere : failure;
  }
}

/** `has(self.list[0].field)`: the library looks through names alone, so that an element needs one. */
const hasOfElement = /\bhas\(([^()"']*\])((?:\.\w+)+)\)/g;

function parse(expression: string): ParseResult | undefined {
  try {
    return environment.parse(expression.replaceAll(hasOfElement, "cel.bind(element, $1, has(element$2))"));
  } catch {
    return undefined;
  }
}

function messageOf(rule: ValidationRule, variables: { self: unknown; oldSelf: unknown }): string {
  const text = rule.messageExpression === undefined ? undefined : evaluate(rule.messageExpression, variables);
  // As in Kubernetes, an expression that fails or gives nothing that can be shown falls back to the plain message.
  if (typeof text === "string" && text.trim() !== "" && !text.includes("\n")) return text;
  return rule.message ?? `failed rule: ${rule.rule}`;
}

const firstLine = (error: Error): string => error.message.split("\n")[0] ?? "";
