import { chmodSync, copyFileSync, linkSync, lstatSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Changes } from "./changes.ts";
import { makeFolder, missingFolders } from "./folder.ts";
import { realPathOf, refuseOutside } from "./inside.ts";
import { digestOf } from "./undo.ts";

/** A file that is to be written; without content, one that is to go. */
export interface FileChange {
  /** Relative to the folder of the change. */
  readonly path: string;
  readonly content: string | Uint8Array | undefined;
}

/**
 * Replaces files: all of them are written beside their places first, then each is put there with a rename. A file keeps
 * its mode, and a symbolic link stays one: what it leads to is replaced, where that is within the folder; one that is to
 * go goes itself. Whoever reads meanwhile finds each file whole.
 *
 * @param within the folder out of which no link may lead: that of the change, or one in it.
 * @throws an error with a code when the file system refuses, or a link leads out; `changes.undo()` puts back what was
 * replaced by then.
 */
export function replaceFiles(changes: Changes, files: readonly FileChange[], within = changes.root): void {
  const named = files.map(({ path, content }) => ({ path: join(changes.root, path), content }));
  refuseOutside(
    within,
    named.map(({ path, content }) => (content === undefined ? dirname(path) : path)),
  );
  const ready = named.map(({ path, content }) => {
    if (content === undefined) return { place: path };
    const place = targetOf(path, changes.root);
    return { place, ...stageFile(changes, place, content) };
  });
  for (const { place, staged, wrote } of ready) {
    changes.beat();
    if (staged === undefined || wrote === undefined) putAside(changes, place);
    else putInPlace(changes, place, staged, wrote);
  }
}

interface Staged {
  readonly place: string;
  readonly staged?: string;
  readonly wrote?: string;
}

function stageFile(changes: Changes, place: string, content: string | Uint8Array): Omit<Staged, "place"> {
  for (const folder of missingFolders(dirname(place))) changes.record({ folder: changes.path(folder) });
  makeFolder(dirname(place));
  const staged = changes.beside(place);
  changes.record({ staged: changes.path(staged), target: changes.path(place) });
  writeFileSync(staged, content, { flag: "wx" });
  const before = statSync(place, { throwIfNoEntry: false });
  if (before) chmodSync(staged, before.mode & 0o7777);
  return { staged, wrote: digestOf(content) };
}

function putInPlace(changes: Changes, place: string, staged: string, wrote: string): void {
  if (lstatSync(place, { throwIfNoEntry: false })) keep(changes, place, wrote);
  else changes.record({ made: changes.path(place), wrote });
  renameSync(staged, place);
}

/** Keeps what a file is now under another name as well, so that the file itself is there all the time. */
function keep(changes: Changes, place: string, wrote: string): void {
  const aside = changes.beside(place);
  changes.record({ aside: changes.path(aside), target: changes.path(place), wrote });
  try {
    linkSync(place, aside);
  } catch {
    copyFileSync(place, aside);
  }
}

function putAside(changes: Changes, place: string): void {
  const aside = changes.beside(place);
  changes.record({ aside: changes.path(aside), target: changes.path(place), wrote: null });
  renameSync(place, aside);
}

/** Where a symbolic link leads, also when nothing is there yet, as seen from the folder of the change. */
function targetOf(path: string, root: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? join(root, relative(realPathOf(root), realPathOf(path))) : path;
}
