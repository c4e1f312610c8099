import type { CodeExpression } from "./expression.ts";
import { codeWidth, commentLines, print } from "./print.ts";

/** A declaration at the top of a module. */
export interface CodeStatement {
  /** `export const web =`, or `export default`. */
  readonly head: string;
  readonly value: CodeExpression;
  readonly comments?: readonly string[];
}

export interface Import {
  readonly from: string;
  readonly names?: readonly string[];
  readonly defaultName?: string;
  readonly isType?: boolean;
}

export interface Module {
  readonly imports: readonly Import[];
  readonly statements: readonly CodeStatement[];
}

/** A module as text, in the layout of this repository's formatter. */
export function printModule({ imports, statements }: Module): string {
  const head = imports.toSorted(byOrigin).map(printImport);
  const body = statements.map(printStatement);
  return [...(head.length > 0 ? [head.join("")] : []), ...body].join("\n");
}

/** Packages stand before files, and both in the order of their names. */
const byOrigin = (a: Import, b: Import): number => (rankOf(a) < rankOf(b) ? -1 : 1);
const rankOf = ({ from, isType }: Import): string =>
  `${from.startsWith(".") ? 1 : 0}${from} ${isType ? 1 : 0}`;

function printImport({ from, names = [], defaultName, isType }: Import): string {
  const start = `import ${isType ? "type " : ""}`;
  const lead = defaultName === undefined ? "" : names.length > 0 ? `${defaultName}, ` : defaultName;
  const sorted = names.toSorted();
  const list = sorted.length > 0 ? `{ ${sorted.join(", ")} }` : "";
  const line = `${start}${lead}${list} from ${JSON.stringify(from)};\n`;
  if (line.length <= codeWidth + 1 || sorted.length < 2) return line;
  return `${start}${lead}{\n${sorted.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};\n`;
}

function printStatement({ head, value, comments }: CodeStatement): string {
  const text = print(value, { indent: "", column: head.length + 1, after: 1 });
  return `${commentLines(comments, "")}${head} ${text};\n`;
}
