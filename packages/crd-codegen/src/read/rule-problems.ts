import type { CodegenCode } from "../codes.ts";
import { isObject, type Json } from "../model/schema.ts";
import { limitIn, mostRequestBytes, typeDeclared, type DeclaredType } from "../rules/declared-type.ts";
import { readRule, type ReadRule, type RuleUse } from "../rules/read-rule.ts";
import type { Path } from "./documents.ts";

/** What is wrong with the rules of a schema and of all within it: where, below the schema, and what. */
export type RuleProblems = (schema: Json) => readonly RuleProblem[];

interface RuleProblem {
  readonly code: CodegenCode;
  readonly path: Path;
  readonly what: string;
  readonly fix?: string;
}

/** Where a schema stands among others. */
interface SchemaPlace {
  readonly path: Path;
  /** Whether it is of an object itself, of which rules see the name, too. */
  readonly isItself: boolean;
  /** Whether what was there before an update can be told, as it cannot of the elements of a list without keys. */
  readonly hasOld: boolean;
  /** How many values of it an object has at most; undefined where no limit is stated. */
  readonly count: number | undefined;
}

/** What rules may cost, one by itself and those of a version together, by what the API server reckons. */
const mostOfRule = 10_000_000;
const mostOfVersion = 100_000_000;

const fixOfCost =
  "Limit by maxItems, maxProperties and maxLength what the rule goes through, or ask less of it";

/** What an API server has against the rules of the schema of an object, which it compiles. */
export function ruleProblems(schema: Json): readonly RuleProblem[] {
  const all: RulesOfPlace = { problems: [], cost: 0 };
  collectRuleProblems(schema, { path: [], isItself: true, hasOld: true, count: 1 }, all);
  const { problems, cost } = all;
  if (problems.length > 0 || cost <= mostOfVersion) return problems;
  const what = `has rules that ${costText(cost, mostOfVersion)} of what those of a version may cost together`;
  return [{ code: "rule-costly", path: [], what, fix: fixOfCost }];
}

/** What is found on the way. */
interface RulesOfPlace {
  readonly problems: RuleProblem[];
  cost: number;
}

function collectRuleProblems(schema: unknown, place: SchemaPlace, all: RulesOfPlace): void {
  if (!isObject(schema)) return;
  const rules = schema["x-kubernetes-validations"];
  if (Array.isArray(rules) && rules.length > 0) readRulesOf(schema, rules, place, all);
  const { properties, items, additionalProperties } = schema;
  const times = mostWithin(schema);
  const count = place.count === undefined || times === undefined ? undefined : place.count * times;
  const below = (inner: unknown, steps: Path, hasOld: boolean): void => {
    const isItself = isObject(inner) && inner["x-kubernetes-embedded-resource"] === true;
    const path = [...place.path, ...steps];
    collectRuleProblems(inner, { path, isItself, hasOld: place.hasOld && hasOld, count }, all);
  };
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {}))
    below(inner, ["properties", name], true);
  below(items, ["items"], schema["x-kubernetes-list-type"] === "map");
  below(additionalProperties, ["additionalProperties"], true);
}

/** How many values of what is in it a value has at most. */
function mostWithin(schema: Json): number | undefined {
  if (schema["type"] === "array") return limitIn(schema, "maxItems");
  const isMap = schema["type"] === "object" && schema["additionalProperties"] !== undefined;
  return isMap ? limitIn(schema, "maxProperties") : 1;
}

function readRulesOf(schema: Json, rules: readonly unknown[], place: SchemaPlace, all: RulesOfPlace): void {
  const self = typeDeclared(schema, place.isItself, "self");
  for (const [index, rule] of rules.entries()) {
    const path = [...place.path, "x-kubernetes-validations", index];
    const report = (key: string, what: string, costly?: true): void => {
      const problem: RuleProblem = { code: "rule-malformed", path: [...path, key], what };
      all.problems.push(costly ? { ...problem, code: "rule-costly", fix: fixOfCost } : problem);
    };
    if (!isObject(rule) || typeof rule["rule"] !== "string" || rule["rule"].trim() === "")
      report("rule", "must be an expression");
    else if (self === undefined) report("rule", "rules see nothing of a schema without a type");
    else readOneRule(rule, { self, place, report, all });
  }
}

interface RuleReading {
  readonly self: DeclaredType;
  readonly place: SchemaPlace;
  readonly report: (key: string, what: string, costly?: true) => void;
  readonly all: RulesOfPlace;
}

function readOneRule(rule: Json, { self, place, report, all }: RuleReading): void {
  const use = { self, isOldOptional: rule["optionalOldSelf"] === true, hasOld: place.hasOld };
  // Without a limit, there are as many as a request has room for.
  const count = place.count ?? Math.floor(mostRequestBytes / (self.fewestBytes + 1));
  const parts = [
    { key: "rule", gives: "bool", times: count },
    { key: "messageExpression", gives: "string", times: 1 },
  ] as const;
  for (const { key, gives, times } of parts) {
    const { problem, cost } = readExpressionOf(rule[key], { ...use, gives });
    const total = cost === 0 ? 0 : cost * times;
    all.cost += total;
    if (problem !== undefined) report(key, problem);
    else if (total > mostOfRule) report(key, `${costText(total, mostOfRule)} of what it may cost`, true);
  }
}

function readExpressionOf(expression: unknown, use: RuleUse): ReadRule {
  if (expression === undefined || expression === "") return { cost: 0 };
  if (typeof expression !== "string")
    return { problem: "is not an expression of CEL: it is not text", cost: 0 };
  return readRule(expression, use);
}

/** How many times as much as it may something costs. */
function costText(cost: number, most: number): string {
  const times = cost / most;
  return `cost ${times > 100 ? "more than 100 times" : `${times.toFixed(1)} times`}`;
}
