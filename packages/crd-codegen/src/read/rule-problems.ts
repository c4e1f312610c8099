import { isObject, type Json } from "../model/schema.ts";
import { typeDeclared } from "../rules/declared-type.ts";
import { readRule, type RuleUse } from "../rules/read-rule.ts";
import type { Path } from "./documents.ts";

/** What is wrong with the rules of a schema and of all within it: where, below the schema, and what. */
export type RuleProblems = (schema: Json) => readonly RuleProblem[];

interface RuleProblem {
  readonly path: Path;
  readonly what: string;
}

/** Where a schema stands among others. */
interface SchemaPlace {
  readonly path: Path;
  /** Whether it is of an object itself, of which rules see the name, too. */
  readonly isItself: boolean;
  /** Whether what was there before an update can be told, as it cannot of the elements of a list without keys. */
  readonly hasOld: boolean;
}

/** What an API server has against the rules of the schema of an object, which it compiles. */
export function ruleProblems(schema: Json): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  collectRuleProblems(schema, { path: [], isItself: true, hasOld: true }, problems);
  return problems;
}

function collectRuleProblems(schema: unknown, place: SchemaPlace, problems: RuleProblem[]): void {
  if (!isObject(schema)) return;
  const rules = schema["x-kubernetes-validations"];
  if (Array.isArray(rules) && rules.length > 0) problems.push(...problemsOfRules(schema, rules, place));
  const { properties, items, additionalProperties } = schema;
  const below = (inner: unknown, steps: Path, hasOld: boolean): void => {
    const isItself = isObject(inner) && inner["x-kubernetes-embedded-resource"] === true;
    collectRuleProblems(
      inner,
      { path: [...place.path, ...steps], isItself, hasOld: place.hasOld && hasOld },
      problems,
    );
  };
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {}))
    below(inner, ["properties", name], true);
  below(items, ["items"], schema["x-kubernetes-list-type"] === "map");
  below(additionalProperties, ["additionalProperties"], true);
}

function problemsOfRules(
  schema: Json,
  rules: readonly unknown[],
  place: SchemaPlace,
): readonly RuleProblem[] {
  const self = typeDeclared(schema, place.isItself, "self");
  return rules.flatMap((rule, index): readonly RuleProblem[] => {
    const path = [...place.path, "x-kubernetes-validations", index];
    if (!isObject(rule) || typeof rule["rule"] !== "string" || rule["rule"].trim() === "")
      return [{ path: [...path, "rule"], what: "must be an expression" }];
    if (self === undefined)
      return [{ path: [...path, "rule"], what: "rules see nothing of a schema without a type" }];
    const use = { self, isOldOptional: rule["optionalOldSelf"] === true, hasOld: place.hasOld };
    const problem = (key: string, what: string | undefined): readonly RuleProblem[] =>
      what === undefined ? [] : [{ path: [...path, key], what }];
    return [
      ...problem("rule", expressionProblem(rule["rule"], { ...use, gives: "bool" })),
      ...problem(
        "messageExpression",
        expressionProblem(rule["messageExpression"], { ...use, gives: "string" }),
      ),
    ];
  });
}

function expressionProblem(expression: unknown, use: RuleUse): string | undefined {
  if (expression === undefined || expression === "") return undefined;
  if (typeof expression !== "string") return "is not an expression of CEL: it is not text";
  return readRule(expression, use);
}
