import { Environment, type ASTNode } from "@marcbachmann/cel-js";
import { readPattern } from "../definition-patterns.ts";
import { environmentWith, readExpression } from "../runtime/cel/environment.ts";
import { MacroError, celTreeOf, type CelTree } from "./cel-tree.ts";
import { celType, isSameText, typeText, type CelType } from "./cel-type.ts";
import type { DeclaredType } from "./declared-type.ts";
import { costOf } from "./cost.ts";
import { checkedTree, type CheckedTree } from "./type-check.ts";

/** What an expression is for. */
export interface RuleUse {
  readonly self: DeclaredType;
  readonly isOldOptional: boolean;
  readonly hasOld: boolean;
  readonly gives: "bool" | "string";
}

/** As the API server has the language: with optional values. */
const celEnvironment = new Environment({ enableOptionalTypes: true });

/** What evaluates times and durations. */
let literalEnvironment: Environment | undefined;

/** An element or an entry that may be missing (`[?a]`, `{?"b": c}`), which the library does not read. */
const optionalElement = /[[{,]\s*\?/;

/** What an API server has against an expression, and what it reckons that one costs at most. */
export interface ReadRule {
  readonly problem?: string;
  readonly cost: number;
}

/** Compiles an expression of a rule. */
export function readRule(expression: string, use: RuleUse): ReadRule {
  const node = parsedRule(expression);
  if (node === undefined) return { cost: 0 };
  const tree = typeof node === "string" ? node : treeOrProblem(node);
  if (typeof tree === "string") return { problem: tree, cost: 0 };
  const { self, isOldOptional } = use;
  const oldSelf = isOldOptional ? celType("optional", self) : self;
  const checked = checkedTree(
    tree,
    new Map([
      ["self", self],
      ["oldSelf", oldSelf],
    ]),
  );
  if (typeof checked === "string") return { problem: checked, cost: 0 };
  const problem = problemOfChecked(tree, checked, use);
  if (problem !== undefined) return { problem, cost: 0 };
  return { cost: checked.isWhole ? costOf(tree, checked, self) : 0 };
}

function problemOfChecked(tree: CelTree, checked: CheckedTree, use: RuleUse): string | undefined {
  const given = checked.gives.name;
  if (given !== use.gives && (checked.isWhole || given !== "dyn"))
    return `gives ${typeText(checked.gives)}, and ${use.gives} was expected`;
  const parts = treesIn(tree);
  const problem = parts.map(literalProblem).find(Boolean) ?? mixtureProblem(tree, checked.typeOf);
  if (problem !== undefined) return problem;
  const readsOld = parts.some((part) => part.kind === "name" && part.name === "oldSelf");
  return readsOld && !use.hasOld
    ? "reads oldSelf, which is not known of the elements of a list without keys"
    : undefined;
}

/** The expression; undefined for one that is left to the API server, and why it is none. */
function parsedRule(expression: string): ASTNode | string | undefined {
  try {
    return celEnvironment.parse(expression).ast;
  } catch (error) {
    if (optionalElement.test(expression)) return undefined;
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return `is not an expression of CEL: ${said}`;
  }
}

function treeOrProblem(node: ASTNode): CelTree | string {
  try {
    return celTreeOf(node);
  } catch (error) {
    if (error instanceof MacroError) return error.message;
    throw error;
  }
}

/** An expression and all within it. */
function treesIn(tree: CelTree): readonly CelTree[] {
  return [tree, ...directlyIn(tree).flatMap(treesIn)];
}

function directlyIn(tree: CelTree): readonly CelTree[] {
  switch (tree.kind) {
    case "literal":
    case "name":
      return [];
    case "field":
      return [tree.holder];
    case "call":
      return tree.receiver === undefined ? tree.args : [tree.receiver, ...tree.args];
    case "list":
      return tree.elements;
    case "map":
      return tree.entries.flat();
    default:
      return [tree.range, tree.start, tree.condition, tree.step, tree.end];
  }
}

/** What is read when a rule is compiled: patterns, and values of another type as times, durations, numbers. */
function literalProblem(part: CelTree): string | undefined {
  if (part.kind !== "call") return undefined;
  const [literal] = part.args;
  if (literal?.kind !== "literal") return undefined;
  const { value } = literal;
  if (part.name === "matches" && typeof value === "string")
    return succeeds(() => readPattern(value))
      ? undefined
      : `${JSON.stringify(value)} is not a regular expression`;
  if (!convertingFunctions.has(part.name) || isConvertible(part.name, value)) return undefined;
  return `${typeof value === "string" ? JSON.stringify(value) : String(value)} is not a ${part.name}`;
}

const convertingFunctions = new Set("bool bytes double duration int string timestamp uint".split(" "));

function isConvertible(target: string, value: unknown): boolean {
  if (value === null) return false;
  if (target === "uint")
    return typeof value === "string"
      ? /^\d+$/.test(value)
      : !((typeof value === "bigint" || typeof value === "number") && value < 0);
  if (typeof value !== "string" || target === "string" || target === "bytes") return true;
  literalEnvironment ??= environmentWith();
  const program = readExpression(`${target}(${JSON.stringify(value)})`, literalEnvironment);
  return program === undefined || succeeds(program);
}

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** What stands side by side in a list or a map is of one type, but for what format() shows. */
function mixtureProblem(tree: CelTree, typeOf: (part: CelTree) => CelType): string | undefined {
  if (tree.kind === "call" && tree.name === "format") return undefined;
  const aggregates =
    tree.kind === "list" ? [tree.elements] : tree.kind === "map" ? transposed(tree.entries) : [];
  return (
    aggregates.map((each) => mixed(each.map(typeOf))).find(Boolean) ??
    directlyIn(tree)
      .map((part) => mixtureProblem(part, typeOf))
      .find(Boolean)
  );
}

const transposed = (entries: readonly (readonly [CelTree, CelTree])[]): readonly (readonly CelTree[])[] => [
  entries.map(([key]) => key),
  entries.map(([, value]) => value),
];

function mixed([first, ...others]: readonly CelType[]): string | undefined {
  const other = first && others.find((each) => !isSameText(first, each));
  return first && other && `${typeText(other)} stands beside ${typeText(first)}`;
}
