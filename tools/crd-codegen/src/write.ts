import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file to be written; the path is relative and has forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

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
  const extra = folders.flatMap((folder) => filesIn(root, folder)).filter((path) => !wanted.has(path));
  return { changed, extra };
}

function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

/**
 * Writes what has changed: all of it beside its place first, then each with a rename. When one can't be put in its place,
 * those before it are put back.
 */
export function writeFiles(root: string, { changed, extra }: Differences): void {
  const place = (path: string): string => join(root, path);
  const beside = (path: string): string => `${place(path)}.${process.pid}.new`;
  const aside = (path: string): string => `${place(path)}.${process.pid}.old`;
  const moved: string[] = [];
  const setAside = (path: string): void => {
    if (existsSync(place(path))) renameSync(place(path), aside(path));
    moved.push(path);
  };
  try {
    for (const { path, content } of changed) {
      mkdirSync(dirname(place(path)), { recursive: true });
      writeFileSync(beside(path), content);
    }
    for (const { path } of changed) {
      setAside(path);
      renameSync(beside(path), place(path));
    }
    for (const path of extra) setAside(path);
  } catch (error) {
    for (const path of moved) {
      rmSync(place(path), { force: true });
      if (existsSync(aside(path))) renameSync(aside(path), place(path));
    }
    throw error;
  } finally {
    for (const { path } of changed) rmSync(beside(path), { force: true });
    for (const path of moved) rmSync(aside(path), { force: true });
  }
}
