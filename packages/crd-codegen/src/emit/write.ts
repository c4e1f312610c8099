import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFiles, type Changes } from "@atlas/files";
import type { OutputFile } from "./output-file.ts";

/** How the files on disk differ from those that should be there. */
export interface Differences {
  readonly changed: readonly OutputFile[];
  /** Paths of files that should not be there. */
  readonly extra: readonly string[];
}

/** Compares files with those below `root`; in the folders named there should be no others. */
export function compareFiles(
  root: string,
  files: readonly OutputFile[],
  folders: readonly string[],
): Differences {
  const wanted = new Set(files.map(({ path }) => path));
  const changed = files.filter(
    ({ path, content }) =>
      !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== content,
  );
  const extra = folders.flatMap((folder) => listedFiles(root, folder)).filter((path) => !wanted.has(path));
  return { changed, extra };
}

function listedFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listedFiles(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

/**
 * Writes what has changed below `root`, as a part of a change.
 *
 * @throws an error with a code where a symbolic link below `root` leads out of it: nothing is written then.
 */
export function writeFiles(changes: Changes, root: string, { changed, extra }: Differences): void {
  const pathOf = (path: string): string => changes.path(join(root, path));
  replaceFiles(
    changes,
    [
      ...changed.map(({ path, content }) => ({ path: pathOf(path), content })),
      ...extra.map((path) => ({ path: pathOf(path), content: undefined })),
    ],
    root,
  );
}
