import { lstatSync, readFileSync } from "node:fs";
import type { Owner } from "./owner.ts";

/** A step of a change. Paths are relative to the journal's folder, so that another container finds them, too. */
export type JournalEntry =
  /** Something that is made beside its target. */
  | { readonly staged: string; readonly target: string }
  /**
   * What was there before stands aside. Of a file: the digest of what was written in its place, null for nothing. A
   * folder has none: one that is there again is somebody's complete one.
   */
  | { readonly aside: string; readonly target: string; readonly wrote?: string | null }
  /** A file that was not there before, and the digest of what was written. */
  | { readonly made: string; readonly wrote: string }
  /** A folder that was not there before. */
  | { readonly folder: string }
  /** So many folders were not there before: that of the journal, and those around it. */
  | { readonly around: number }
  /** Another process that takes part. */
  | { readonly owner: Owner }
  /** All is in its place; what stands aside is not needed any more. */
  | { readonly committed: true };

/** The paths that an entry names. */
export const pathsOf = (entry: JournalEntry): string[] =>
  Object.entries(entry).flatMap(([field, value]: [string, unknown]) =>
    ["staged", "aside", "target", "made", "folder"].includes(field) ? [String(value)] : [],
  );

/** A change that is being made, or that a process has left when it was killed. */
export interface Journal {
  readonly id: string;
  readonly owners: readonly Owner[];
  readonly entries: readonly JournalEntry[];
}

const format = "atlas-files/1";
const fileName = /^\.atlas-([0-9a-z]{16,})\.journal$/;

/** The name of the file of a journal. */
export const journalName = (id: string): string => `.atlas-${id}.journal`;

/** The ids of the journals among these names; whether they are some is for their content to say. */
export const journalIds = (names: readonly string[]): string[] =>
  names.flatMap((name) => fileName.exec(name)?.[1] ?? []);

/** The first line of a journal: a proof that what it names is ours. */
export const headerOf = (id: string, owner: Owner): string =>
  `${JSON.stringify({
    format,
    about: "A change of files that is not finished. The next run of the same command clears it up.",
    id,
    owner,
  })}\n`;

/** An entry as a line. */
export const lineOf = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`;

/** Reads a journal; undefined when there is none, or the file is something else. */
export function readJournal(file: string): Journal | undefined {
  try {
    return lstatSync(file).isFile() ? parseJournal(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}

/** Understands the text of a journal. Its last line may have been cut off: what it was to announce was not begun then. */
export function parseJournal(text: string): Journal | undefined {
  const [header, ...lines] = text.split("\n");
  const { format: found, id, owner } = (parseLine(header ?? "") ?? {}) as Record<string, unknown>;
  if (found !== format || typeof id !== "string" || !/^[0-9a-z]+$/.test(id) || !isOwner(owner))
    return undefined;
  const entries = lines.map(parseLine).filter((value) => isEntry(value, id));
  return {
    id,
    owners: [owner, ...entries.flatMap((entry) => ("owner" in entry ? entry.owner : []))],
    entries,
  };
}

function parseLine(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isOwner = (value: unknown): value is Owner =>
  typeof value === "object" &&
  value !== null &&
  "machine" in value &&
  typeof value.machine === "string" &&
  "pid" in value &&
  typeof value.pid === "number" &&
  "start" in value &&
  typeof value.start === "string";

/** What lies beside a target bears the journal's id in its name; nothing else is ever taken for ours. */
function isEntry(value: object | undefined, id: string): value is JournalEntry {
  const fields = { ...value } as Record<string, unknown>;
  const { target, wrote } = fields;
  const isBeside = (path: unknown): boolean =>
    typeof path === "string" && new RegExp(`(?:^|/)\\.atlas-${id}\\.\\d+$`).test(path);
  if ("staged" in fields) return isBeside(fields["staged"]) && typeof target === "string";
  if ("aside" in fields)
    return (
      isBeside(fields["aside"]) &&
      typeof target === "string" &&
      (wrote === undefined || wrote === null || typeof wrote === "string")
    );
  if ("made" in fields) return typeof fields["made"] === "string" && typeof wrote === "string";
  if ("folder" in fields) return typeof fields["folder"] === "string";
  if ("around" in fields) return Number.isSafeInteger(fields["around"]);
  return "owner" in fields ? isOwner(fields["owner"]) : fields["committed"] === true;
}
