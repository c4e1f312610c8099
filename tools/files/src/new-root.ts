import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { makeFolder, missingFolders, naming, removeAround } from "./folder.ts";
import { journalName, readJournal } from "./journal.ts";
import { isAbandoned, type Claim } from "./lock.ts";

const asideName = /^\.atlas-([0-9a-z]{16,})\.new$/;

/** A folder that is yet to be there, and those around it: made aside, so that they appear with what is in them. */
export interface NewRoot {
  /** What the folder will be, for the time being. */
  readonly folder: string;
  /** How many folders are new. */
  readonly count: number;
  /** The folder that takes the outermost of them. */
  readonly base: string;
  /** Puts them where they belong; false when something is there by now, and they are gone again. */
  readonly place: () => boolean;
  readonly discard: () => void;
}

/** Makes a folder aside; undefined where it is there already. */
export function newRoot(root: string, id: string): NewRoot | undefined {
  const missing = missingFolders(root);
  const [top] = missing;
  if (top === undefined) return undefined;
  const base = dirname(top);
  const aside = join(base, `.atlas-${id}.new`);
  const folder = join(aside, relative(top, root));
  const discard = (): void => rmSync(aside, { recursive: true, force: true });
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      discard();
      throw naming(error, aside, top);
    }
  };
  attempt(() => makeAside(aside, folder));
  return {
    folder,
    count: missing.length,
    base,
    discard,
    place: () => attempt(() => isRenamed(aside, top)) || (discard(), false),
  };
}

/** Another process may clear up what is in the first of them while the next is made. */
function makeAside(aside: string, folder: string): void {
  mkdirSync(aside);
  for (let attempt = 0; ; attempt++)
    try {
      return void makeFolder(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === 100) throw error;
    }
}

/** False when somebody's folder is there by now. */
function isRenamed(aside: string, top: string): boolean {
  try {
    renameSync(aside, top);
    return true;
  } catch (error) {
    if (["EEXIST", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Removes what processes have left that were killed before their folders were in place, as far as it can be. */
export function clearNewRoots(base: string, claim: Claim): void {
  try {
    for (const name of readdirSync(base)) {
      const id = asideName.exec(name)?.[1];
      if (id !== undefined) clear(join(base, name), id, claim);
    }
  } catch {
    // Somebody else's, or cleared up by another process meanwhile.
  }
}

function clear(aside: string, id: string, claim: Claim): void {
  const { folder, depth } = innermost(aside);
  const names = readdirSync(folder);
  // Who has not written its journal yet makes the folders anew.
  if (names.length === 0) return removeAround(folder, depth);
  const file = join(folder, journalName(id));
  const left = readJournal(file);
  // An empty journal is that of a process which was killed before it had written a word.
  const isEmpty = names[0] === journalName(id) && lstatSync(file).size === 0;
  if (names.length > 1 || !(isEmpty || (left?.id === id && isAbandoned(left, file, claim)))) return;
  rmSync(file, { force: true });
  removeAround(folder, depth);
}

/** Where a chain of folders ends that hold nothing but the next. */
function innermost(folder: string, depth = 1): { readonly folder: string; readonly depth: number } {
  const [only, ...others] = readdirSync(folder, { withFileTypes: true });
  if (!only || others.length > 0 || !only.isDirectory()) return { folder, depth };
  return innermost(join(folder, only.name), depth + 1);
}
