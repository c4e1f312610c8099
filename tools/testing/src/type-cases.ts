import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const compilerOf = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin/tsc");

/** The compilers that our types are written for: this repository's own, and the oldest that the packages promise. */
export const compilers: readonly (readonly [name: string, tsc: string])[] = [
  ["TypeScript 7", compilerOf("typescript")],
  ["TypeScript 5.9", compilerOf("typescript-5")],
];

/** Expressions that are looked at one by one, written down where compilers and tests find them. */
export interface TypeCases {
  /** The module; its `made` has a function for each expression. */
  readonly file: string;
  /**
   * What a compiler says of each expression, in their order; an empty text where it takes it.
   *
   * @throws Error where the compiler says something of another line: then the head is wrong, and so are all messages.
   */
  messagesOf(tsc: string): readonly string[];
  remove(): void;
}

/**
 * Writes expressions into a module of a project, under `tmp/`, which git ignores, as does whoever looks at the sources
 * meanwhile.
 *
 * @param project the folder of the project, whose `tsconfig.json` says how to compile.
 * @param name what to call the module; it lies three folders below the project.
 * @param head what the expressions need: imports, with paths as seen from there, and declarations.
 * @example
 * const cases = typeCases(project, "agreement", 'import { define } from "@atlas/compose";', ["define<Pod>()({})"]);
 * expect(cases.messagesOf(tsc)[0]).toContain("apiVersion");
 */
export function typeCases(
  project: string,
  name: string,
  head: string,
  expressions: readonly string[],
): TypeCases {
  const folder = join(project, "tmp", `${name}-${process.pid}`);
  const file = join(folder, "cases.ts");
  const settings = join(folder, "tsconfig.json");
  const opening = `${head}\nexport const made: (() => unknown)[] = [`;
  const lines = expressions.map((code) => `  () => ${code},`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, [opening, ...lines, "];", ""].join("\n"));
  // Whether a case takes all of the head is its own affair.
  const compilerOptions = { noUnusedLocals: false };
  writeFileSync(
    settings,
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: [], files: [file] }),
  );
  const firstLine = opening.split("\n").length + 1;
  return {
    file,
    messagesOf: (tsc) => messagesOf(tsc, settings, firstLine, expressions),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function messagesOf(
  tsc: string,
  settings: string,
  firstLine: number,
  expressions: readonly string[],
): readonly string[] {
  const run = spawnSync(process.execPath, [tsc, "-p", settings, "--pretty", "false"], { encoding: "utf8" });
  const said = expressions.map(() => "");
  let index = -1;
  for (const line of run.stdout.split("\n")) {
    const [, file = "", row] = /^(\S+)\((\d+),\d+\): error /.exec(line) ?? [];
    if (row !== undefined) index = basename(file) === "cases.ts" ? Number(row) - firstLine : -1;
    else if (!line.startsWith(" ")) index = -1;
    if (said[index] !== undefined) said[index] += `${line}\n`;
    else if (line !== "") throw new Error(`${tsc} says: ${line}`);
  }
  return said;
}

/** The expressions of which a compiler says something else than is wanted: the words that it uses, or nothing. */
export function misses(
  said: readonly string[],
  wanted: readonly (readonly [code: string, message: string])[],
): readonly object[] {
  return wanted.flatMap(([code, message], index) => {
    const own = said[index] ?? "not asked";
    const isAsWanted = message === "" ? own === "" : own.includes(message);
    return isAsWanted ? [] : [{ code, want: message === "" ? "nothing" : message, said: own }];
  });
}
