import type { CodeExpression } from "./expression.ts";
import { codeWidth, commentLines, print } from "./print.ts";
import { printText } from "./text.ts";

/** A declaration at the top of a module. */
export interface CodeStatement {
  /** `export const web =`, or `export default`. */
  readonly head: string;
  readonly value: CodeExpression;
  readonly comments?: readonly string[];
  /** What readers are told of what is declared. */
  readonly about?: string;
}

/** What a module imports of another: its default by a name, or names, as they are or `name as other`. */
export interface Import {
  readonly from: string;
  readonly names?: readonly string[];
  readonly defaultName?: string;
  readonly isType?: boolean;
}

/** A module, as data. */
export interface Module {
  readonly imports: readonly Import[];
  readonly statements: readonly CodeStatement[];
}

/** A module as text, in the layout of this repository's formatter. */
export function printModule({ imports, statements }: Module): string {
  const head = mergedImports(imports).map(printImport);
  const body = statements.map(printStatement);
  return [...(head.length > 0 ? [head.join("")] : []), ...body].join("\n");
}

/** What is imported from one module in one way, together: packages before files, and both in the order of their names. */
function mergedImports(imports: readonly Import[]): Import[] {
  const merged = new Map<string, Import>();
  for (const { names = [], ...way } of imports) {
    const rank = rankOf(way);
    merged.set(rank, { ...way, names: [...(merged.get(rank)?.names ?? []), ...names] });
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

const rankOf = ({ from, isType, defaultName }: Import): string =>
  `${from.startsWith(".") ? 1 : 0}${from} ${isType ? 1 : 0} ${defaultName === undefined ? 1 : `0${defaultName}`}`;

function printImport({ from, names = [], defaultName, isType }: Import): string {
  const sorted = [...new Set(names)].toSorted();
  const around = (what: string): string =>
    `import ${isType ? "type " : ""}${what} from ${printText(from)};\n`;
  const line = around(defaultName ?? `{ ${sorted.join(", ")} }`);
  if (line.length <= codeWidth + 1 || sorted.length < 2) return line;
  return around(`{\n${sorted.map((name) => `  ${name},\n`).join("")}}`);
}

function printStatement({ about, head, value, comments }: CodeStatement): string {
  const text = print(value, { indent: "", column: head.length + 1, after: 1 });
  const doc = about === undefined ? "" : `/** ${about.replaceAll("*/", String.raw`*\/`)} */\n`;
  return `${doc}${commentLines(comments, "")}${head} ${text};\n`;
}
