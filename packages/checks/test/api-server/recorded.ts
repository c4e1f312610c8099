import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bases } from "./bases/index.ts";
import { changed, type Change } from "./change.ts";

/** What an API server said of a changed base: null where it took it, or else the fields that it found something wrong with. */
export type Recorded = readonly [base: string, changes: readonly Change[], refused: readonly string[] | null];

/** The file of all that was recorded, a line each. */
export const recordedFile: string = fileURLToPath(new URL("verdicts.jsonl", import.meta.url));

/** All that was recorded. */
export const recorded = (): readonly Recorded[] =>
  readFileSync(recordedFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The object that a line is about, whatever was said of it. */
export function objectOf([base, changes]: readonly [base: string, changes: readonly Change[]]): object {
  const object = bases[base];
  if (object === undefined) throw new Error(`verdicts.jsonl names the base ${base}, which there is none of`);
  return changed(object, changes);
}
