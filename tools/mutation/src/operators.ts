import { childrenOf, isNode, type SyntaxNode } from "./syntax.ts";

/** A stretch of a text, and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The changes that a node can suffer, given the text and the nodes around it. */
type MutationOperator = (node: SyntaxNode, text: string, around: readonly SyntaxNode[]) => readonly Edit[];

/** What becomes of an operator between two operands. */
const opposites: Readonly<Record<string, readonly string[]>> = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&&": ["||"],
  "||": ["&&"],
};

/** What becomes of the name of a method. */
const otherMethods: ReadonlyMap<string, string> = new Map(
  Object.entries({
    some: "every",
    every: "some",
    startsWith: "endsWith",
    endsWith: "startsWith",
    find: "findLast",
    findLast: "find",
    findIndex: "findLastIndex",
    findLastIndex: "findIndex",
    indexOf: "lastIndexOf",
    lastIndexOf: "indexOf",
    min: "max",
    max: "min",
  }),
);

/** Methods whose receiver can stand for what they return. */
const droppedMethods = new Set([
  "filter",
  "toSorted",
  "toReversed",
  "slice",
  "trim",
  "toLowerCase",
  "replaceAll",
]);

const replaced = ({ start, end }: SyntaxNode, text: string): Edit => ({ start, end, text });
const nodeText = ({ start, end }: SyntaxNode, text: string): string => text.slice(start, end);

const negatedTest: MutationOperator = (node, text) =>
  childrenOf(node, "test").map((test) => replaced(test, `!(${nodeText(test, text)})`));

const otherOperator: MutationOperator = (node, text) => {
  const [left, right] = [node["left"], node["right"]];
  if (!isNode(left) || !isNode(right)) return [];
  const operator = String(node["operator"]);
  const start = text.indexOf(operator, left.end);
  return (opposites[operator] ?? []).map((other) => ({ start, end: start + operator.length, text: other }));
};

/** Either operand alone; without its fallback, what may be undefined seldom compiles. */
const oneOperand: MutationOperator = (node, text) =>
  (node["operator"] === "??" ? ["right"] : ["left", "right"]).flatMap((side) =>
    childrenOf(node, side).map((operand) => replaced(node, `(${nodeText(operand, text)})`)),
  );

const withoutSign: MutationOperator = (node, text) =>
  ["!", "-"].includes(String(node["operator"]))
    ? childrenOf(node, "argument").map((argument) => replaced(node, nodeText(argument, text)))
    : [];

const otherValue: MutationOperator = (node, text, around) => {
  if (isNameLiteral(node, around) || around.slice(-1).some(isDirective)) return [];
  const { value } = node;
  if (typeof value === "boolean") return [replaced(node, String(!value))];
  if (typeof value === "number") return [replaced(node, value === 1 ? "0" : String(value + 1))];
  if (typeof value === "string" && !value.startsWith("node:"))
    return [replaced(node, value === "" ? '"other"' : '""')];
  return node["regex"] === undefined ? [] : withoutAnchor(node, text);
};

function withoutAnchor(node: SyntaxNode, text: string): Edit[] {
  const pattern = nodeText(node, text);
  return [pattern.replace("/^", "/"), pattern.replace(/\$(\/[a-z]*)$/, "$1")]
    .filter((other) => other !== pattern && !other.startsWith("//"))
    .map((other) => replaced(node, other));
}

const emptyTemplate: MutationOperator = (node, _, around) =>
  around.at(-1)?.type === "TaggedTemplateExpression" ? [] : [replaced(node, '""')];

const dropped: MutationOperator = (node) => (isDirective(node) ? [] : [replaced(node, ";")]);

/** A return that ends a function early: at its end, dropping one that returns a value seldom compiles. */
const droppedReturn: MutationOperator = (node, _, around) => {
  const [outer, parent] = around.slice(-2);
  const isLast = parent?.type === "BlockStatement" && outer?.type.includes("Function") === true;
  return isLast ? [] : [replaced(node, ";")];
};

const withoutQuestion: MutationOperator = (node, text) => {
  const owner = node["object"] ?? node["callee"];
  if (node["optional"] !== true || !isNode(owner)) return [];
  const start = text.indexOf("?.", owner.end);
  const isNamed = node.type === "MemberExpression" && node["computed"] !== true;
  return [{ start, end: start + 2, text: isNamed ? "." : "" }];
};

const otherMethod: MutationOperator = (node, text) => {
  const { callee } = node;
  if (!isNode(callee) || callee.type !== "MemberExpression" || callee["computed"] === true) return [];
  const [name] = childrenOf(callee, "property");
  const [object] = childrenOf(callee, "object");
  if (!name || !object) return [];
  const other = otherMethods.get(nodeText(name, text));
  const renamed = other === undefined ? [] : [replaced(name, other)];
  const isDropped = droppedMethods.has(nodeText(name, text)) && callee["optional"] !== true;
  return isDropped ? [...renamed, { start: object.end, end: node.end, text: "" }] : renamed;
};

/** Whether a statement is one like `"use strict"`. */
const isDirective = (node: SyntaxNode): boolean => typeof node["directive"] === "string";

/** Whether a literal names a field or a module rather than being a value. */
function isNameLiteral(node: SyntaxNode, around: readonly SyntaxNode[]): boolean {
  const parent = around.at(-1);
  if (parent === undefined) return false;
  return (parent["key"] === node && parent["computed"] !== true) || parent["source"] === node;
}

/** What can happen to a node, by its type. */
export const operators: Readonly<Record<string, readonly MutationOperator[]>> = {
  IfStatement: [negatedTest],
  ConditionalExpression: [negatedTest],
  WhileStatement: [negatedTest],
  BinaryExpression: [otherOperator],
  LogicalExpression: [otherOperator, oneOperand],
  UnaryExpression: [withoutSign],
  Literal: [otherValue],
  TemplateLiteral: [emptyTemplate],
  ExpressionStatement: [dropped],
  ThrowStatement: [dropped],
  ContinueStatement: [dropped],
  ReturnStatement: [droppedReturn],
  MemberExpression: [withoutQuestion],
  CallExpression: [withoutQuestion, otherMethod],
};
