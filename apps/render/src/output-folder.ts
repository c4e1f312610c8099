import type { Dirent } from "node:fs";
import { basename, join } from "node:path";
import {
  isEqual,
  isMarked,
  isRendered,
  readFolder,
  refuseForeign,
  type FolderContent,
} from "./rendered-folder.ts";
import { discard, remove, stage, swapIn, type Staging } from "./staged-folder.ts";

const { existsSync, lstatSync, readdirSync } = process.getBuiltinModule("node:fs");

/** Folders and what they shall hold, one at a time. */
type Folders = AsyncIterable<readonly [target: string, content: FolderContent]>;

/** The folders within the output of which everything is rendered, by their path in it, and the names that belong there. */
type Complete = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Replaces folders, all of them or none: they are written beside as they come, then renamed. A folder that is the same
 * already is not touched, and of a changed one the unchanged files stay the same files. Then what is left over in the
 * output is removed.
 *
 * @throws {InputError} when one can't be written or holds something else; the earlier folders are intact then, as they are
 * when the folders themselves end with an error.
 */
export async function replaceFolders(folders: Folders, output: string, complete: Complete): Promise<void> {
  const staging: Staging = { folders: [], made: [], recovered: new Set() };
  const giveUp = (): void => discard(staging);
  // A signal ends the process between two folders.
  process.once("exit", giveUp);
  try {
    for await (const [target, content] of folders) stage(target, content, staging);
    staging.made.length = 0;
    for (const folder of staging.folders) swapIn(folder);
    for (const path of leftOver(output, complete)) remove(path);
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    process.off("exit", giveUp);
  }
}

/**
 * The files in which folders differ from what they should hold, those to be written and those to be removed, and the files
 * that are left over. Nothing is touched.
 *
 * @throws {InputError} when a folder holds something else.
 */
export async function staleFiles(folders: Folders, output: string, complete: Complete): Promise<string[]> {
  const stale: string[] = [];
  for await (const [target, content] of folders) {
    const before = readFolder(target);
    refuseForeign(target, before);
    const names = [...new Set([...before.keys(), ...content.keys()])].toSorted();
    for (const name of names)
      if (!isEqual(before.get(name), content.get(name))) stale.push(join(target, name));
  }
  return [...stale, ...leftOver(output, complete).flatMap(filesIn)];
}

/**
 * What an earlier render has written and this one would not: the folders of environments that are no more, and the files
 * of an environment that has become a fleet.
 */
function leftOver(output: string, complete: Complete): string[] {
  return [...complete].flatMap(([name, members]) => {
    const folder = join(output, name);
    const entries = entriesOf(folder);
    const folders = entries.filter(
      (entry) =>
        entry.isDirectory() &&
        !entry.name.startsWith(".") &&
        !members.has(entry.name) &&
        isRendered(join(folder, entry.name)),
    );
    const files = name && isMarked(folder) ? entries.filter((entry) => !entry.isDirectory()) : [];
    const paths = [...folders, ...files].map((entry) => join(folder, entry.name));
    // By this file the folder is known, so it goes last.
    return paths.toSorted((a, b) => Number(isKustomization(a)) - Number(isKustomization(b)));
  });
}

const isKustomization = (path: string): boolean => basename(path) === "kustomization.yaml";

function entriesOf(folder: string): Dirent[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
}

/** The files in a folder, at any depth, or the file itself. */
function filesIn(path: string): string[] {
  if (!lstatSync(path).isDirectory()) return [path];
  return entriesOf(path)
    .flatMap(({ name }) => filesIn(join(path, name)))
    .toSorted();
}
