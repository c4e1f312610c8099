import { operators, type Edit } from "./operators.ts";
import { isNode, parseProgram, walk, type SyntaxNode } from "./syntax.ts";

/** One change of a source, which the tests are to notice. */
export interface Mutant extends Edit {
  /** The file's path in the workspace. */
  readonly file: string;
  readonly line: number;
  /** The declaration at the top of the file that it is in. */
  readonly within: string;
  /** The line's text, without what it is indented by. */
  readonly source: string;
  /** What is replaced, and by what, each in one line. */
  readonly change: string;
  /** What has to be reached for the change to be noticed: a statement, or a whole expression. */
  readonly site: Site;
}

/** A stretch of a source that can be watched. */
export interface Site {
  readonly start: number;
  readonly end: number;
  readonly isStatement: boolean;
}

/**
 * All changes of a source that the operators know, in the order of the text.
 *
 * @example
 * mutantsOf("a.ts", "export const isNone = (n: number) => n === 0;").map(({ change }) => change);
 * // ["=== → !==", "0 → 1"]
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const program = parseProgram(text);
  if (!program) return [];
  const mutants: Mutant[] = [];
  walk(program, (node, around) => {
    const edits = (operators[node.type] ?? []).flatMap((operator) => operator(node, text, around));
    for (const edit of edits)
      mutants.push({ ...edit, file, ...described(text, edit, around), site: siteOf(node, around) });
  });
  return mutants.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether the text with the change in it can be parsed. */
export const isProgram = (text: string, edit: Edit): boolean =>
  parseProgram(applied(text, edit)) !== undefined;

/** The text with a change in it. */
export const applied = (text: string, { start, end, text: other }: Edit): string =>
  text.slice(0, start) + other + text.slice(end);

function described(
  text: string,
  { start, end, text: other }: Edit,
  around: readonly SyntaxNode[],
): Pick<Mutant, "line" | "within" | "source" | "change"> {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", start);
  return {
    line: text.slice(0, start).split("\n").length,
    within: declarationName(around),
    source: text.slice(from, to < 0 ? undefined : to).trim(),
    change: `${inOneLine(text.slice(start, end))} → ${inOneLine(other)}`,
  };
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim() || "nothing";

/** The name of the outermost declaration around. */
function declarationName(around: readonly SyntaxNode[]): string {
  const id = around.map((node) => node["id"]).find(isNode);
  return typeof id?.["name"] === "string" ? id["name"] : "";
}

/** A part of a chain of calls and fields cannot be watched by itself: `a?.b` would no longer keep `.c` from being read. */
function siteOf(node: SyntaxNode, around: readonly SyntaxNode[]): Site {
  let whole = node;
  for (const parent of around.toReversed()) {
    const isPartOf =
      parent["object"] === whole || parent["callee"] === whole || parent["expression"] === whole;
    if (!isPartOf || !/^(?:MemberExpression|CallExpression|ChainExpression|TSNonNull.*)$/.test(parent.type))
      break;
    whole = parent;
  }
  const isStatement = whole.type.endsWith("Statement");
  return { start: whole.start, end: whole.end, isStatement };
}
