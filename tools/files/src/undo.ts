import { lstatSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { JournalEntry } from "./journal.ts";

/** Tells whether a path within the journal's folder is one that this run decides about. */
export type IsTarget = (path: string) => boolean;

/**
 * Takes a change back, or clears up after one that was committed. Somebody's own work since then stays: a file that is
 * no longer what was written, a folder that is there again.
 *
 * @returns the paths of files that are left as somebody has made them since.
 */
export function settle(
  root: string,
  entries: readonly JournalEntry[],
  isTarget: IsTarget = () => true,
): string[] {
  const isCommitted = entries.some((entry) => "committed" in entry);
  return entries.toReversed().flatMap((entry) => {
    if (!isTargetEntry(entry, isTarget)) return [];
    if ("staged" in entry) return (remove(join(root, entry.staged)), []);
    if ("aside" in entry) return isCommitted ? (remove(join(root, entry.aside)), []) : putBack(root, entry);
    if ("made" in entry && !isCommitted) return takeAway(root, entry);
    if ("folder" in entry && !isCommitted) removeEmpty(join(root, entry.folder));
    return [];
  });
}

/** Whether nothing is there any more that the entries name as standing beside a target. */
export const isSettled = (root: string, entries: readonly JournalEntry[]): boolean =>
  entries.every((entry) => {
    const beside = "staged" in entry ? entry.staged : "aside" in entry ? entry.aside : undefined;
    return beside === undefined || !entryExists(join(root, beside));
  });

function isTargetEntry(entry: JournalEntry, isTarget: IsTarget): boolean {
  if ("target" in entry) return isTarget(entry.target);
  if ("made" in entry) return isTarget(entry.made);
  return !("folder" in entry) || isTarget(entry.folder);
}

function putBack(
  root: string,
  { aside, target, wrote }: Extract<JournalEntry, { readonly aside: string }>,
): string[] {
  const [earlier, place] = [join(root, aside), join(root, target)];
  if (!entryExists(earlier)) return [];
  const now = wrote === undefined ? undefined : digestOfFile(place);
  const isOurs = !entryExists(place) || (wrote !== undefined && now === wrote);
  if (isOurs && renameTo(earlier, place)) return [];
  const isChanged = wrote !== undefined && now !== digestOfFile(earlier);
  remove(earlier);
  return isChanged ? [target] : [];
}

function takeAway(root: string, { made, wrote }: Extract<JournalEntry, { readonly made: string }>): string[] {
  const now = digestOfFile(join(root, made));
  if (now === wrote) remove(join(root, made));
  return now === undefined || now === wrote ? [] : [made];
}

/** Renames; false when somebody's folder is there, or another process was quicker. */
function renameTo(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is in it by now.
  }
}

const entryExists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The digest of what a file holds; undefined when there is none. */
function digestOfFile(file: string): string | undefined {
  try {
    return digestOf(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The digest by which a file is known as what was written. */
export const digestOf = (content: string | Uint8Array): string =>
  process.getBuiltinModule("node:crypto").createHash("sha256").update(content).digest("hex");
