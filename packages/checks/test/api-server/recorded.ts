import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bases, version as usual } from "./bases/index.ts";
import { changed, type Change } from "./change.ts";

/**
 * What an API server said of an object: null where it took it; the fields that its rules found something wrong with; or the
 * status of its answer, 400 where it could not read the object by its schema, 404 where it serves no such kind.
 */
export type Verdict = readonly string[] | 400 | 404 | null;

/** What was said of a changed base by the API server that is asked usually, and by those of other versions that differ. */
export type Recorded = readonly [
  base: string,
  changes: readonly Change[],
  verdict: Verdict,
  others?: Readonly<Record<string, Verdict>>,
];

/** The versions of Kubernetes whose API servers were asked: the oldest that is known, the usual one, the newest. */
export const recordedVersions = ["1.31", usual, "1.37"] as const;

/** What the API server of a version said. */
export const verdictIn = ([, , verdict, others = {}]: Recorded, version: string): Verdict =>
  others[version] === undefined ? verdict : others[version];

/** A line with what the API server of a version said. */
export function withVerdict(
  [base, changes, before, others]: Recorded,
  version: string,
  verdict: Verdict,
): Recorded {
  if (version === usual) return [base, changes, verdict, ...(others ? [others] : [])] as unknown as Recorded;
  const { [version]: _, ...rest } = others ?? {};
  const stated = isSame(before, verdict) ? rest : { ...rest, [version]: verdict };
  const all = Object.fromEntries(Object.entries(stated).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return Object.keys(all).length > 0 ? [base, changes, before, all] : [base, changes, before];
}

const isSame = (one: Verdict, other: Verdict): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The file of all that was recorded, a line each. */
export const recordedFile: string = fileURLToPath(new URL("verdicts.jsonl", import.meta.url));

/** All that was recorded. */
export const recorded = (): readonly Recorded[] =>
  readFileSync(recordedFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The object that a line is about, whatever was said of it. */
export function objectOf([base, changes]: readonly [
  base: string,
  changes: readonly Change[],
  ...rest: unknown[],
]): object {
  const object = bases[base];
  if (object === undefined) throw new Error(`verdicts.jsonl names the base ${base}, which there is none of`);
  return changed(object, changes);
}
