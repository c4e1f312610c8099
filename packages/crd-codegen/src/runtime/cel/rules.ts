import { Optional, type Environment, type ParseResult } from "@marcbachmann/cel-js";
import { celValue } from "./value.ts";
import { environmentWith, readExpression } from "./environment.ts";
import { join, show, type ValidationIssue } from "../issue.ts";
import type { ReadPattern } from "../pattern.ts";
import type { Resolve, Schema, ValidationRule } from "../schema.ts";
import type { RunRules } from "../validate.ts";

/** Evaluates an expression of CEL. */
type Evaluate = (expression: string, variables: Variables) => unknown;
interface Variables {
  readonly self: unknown;
  readonly oldSelf: unknown;
}

/**
 * Runs `x-kubernetes-validations` as the API server does (apiextensions-apiserver 1.34, `schema/cel`). A rule that uses a
 * function or macro which is not known here is left to the API server.
 *
 * @param readPattern reads the patterns that rules hold texts against; without it, such rules are left as well.
 */
export function rulesRunner(resolve: Resolve, readPattern?: ReadPattern): RunRules {
  const evaluate = evaluator(readPattern);
  return (rules, schema, value, old, path, isKept = false) =>
    rules.flatMap((rule) => ruleIssues(rule, { schema, value, old, path, isKept, resolve, evaluate }));
}

/** What a rule is asked of. */
interface RuleSubject {
  readonly schema: Schema;
  readonly value: unknown;
  readonly old: unknown;
  readonly path: string;
  readonly isKept: boolean;
  readonly resolve: Resolve;
  readonly evaluate: Evaluate;
}

function ruleIssues(
  rule: ValidationRule,
  { schema, value, old, path, isKept, resolve, evaluate }: RuleSubject,
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
  if (isKept && !usesOld) return [];
  const message = messageOf(rule, { self, oldSelf }, evaluate);
  return [{ path: at, message, expected: rule.rule, got: show(value) }];
}

const unknownHere = Symbol("a rule that only the API server can run");

function evaluator(readPattern: ReadPattern | undefined): Evaluate {
  const environment = environmentWith(readPattern);
  const programOf = programsIn(environment);
  // Of a value that may be missing the library has to know so, or it finds too many operators for what is in it.
  const programOfChange = programsIn(environment.clone().registerVariable("oldSelf", "optional<dyn>"));
  return (expression, variables) => {
    const program = (variables.oldSelf instanceof Optional ? programOfChange : programOf)(expression);
    if (!program) return unknownHere;
    try {
      return program(variables);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      return failure.message.startsWith("found no matching overload") ? unknownHere : failure;
    }
  };
}

/** What expressions are, each read once; undefined for one that is not understood. */
function programsIn(environment: Environment): (expression: string) => ParseResult | undefined {
  const programs = new Map<string, ParseResult | undefined>();
  return (expression) => {
    if (!programs.has(expression)) programs.set(expression, readExpression(expression, environment));
    return programs.get(expression);
  };
}

function messageOf(rule: ValidationRule, variables: Variables, evaluate: Evaluate): string {
  const text = rule.messageExpression === undefined ? undefined : evaluate(rule.messageExpression, variables);
  // As in Kubernetes, an expression that fails or gives nothing that can be shown falls back to the plain message.
  if (typeof text === "string" && text.trim() !== "" && !text.includes("\n")) return text;
  return rule.message ?? `failed rule: ${rule.rule}`;
}

const firstLine = (error: Error): string => error.message.split("\n")[0] ?? "";
