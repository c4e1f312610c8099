import { parseSync, visitorKeys } from "oxc-parser";

/** A node of the syntax tree, as far as a change of the text needs it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** The program that a text of TypeScript is; undefined for a text that is none. */
export function parseProgram(text: string): SyntaxNode | undefined {
  const { program, errors } = parseSync("source.ts", text);
  return errors.length > 0 ? undefined : (program as unknown as SyntaxNode);
}

/** Calls `visit` with each node that runs, and the nodes around it from the outermost; types do not run. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, around: readonly SyntaxNode[]) => void,
  around: readonly SyntaxNode[] = [],
): void {
  visit(node, around);
  const inner = [...around, node];
  for (const child of (visitorKeys[node.type] ?? []).flatMap((key) => childrenOf(node, key)))
    if (runs(child)) walk(child, visit, inner);
}

/** The nodes in a field of a node. */
export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field];
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

const runningTypeScript = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSInstantiationExpression",
]);

const runs = ({ type }: SyntaxNode): boolean =>
  !/^(?:TS|Import.*Declaration|ExportAll)/.test(type) || runningTypeScript.has(type);
