import { existsSync, lstatSync, readdirSync } from "node:fs";
import type { Dirent } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { removeFolder } from "@atlas/files";
import { displayPath, fileErrorOf } from "@atlas/input";
import { printableLine } from "../terminal/printable.ts";
import {
  isSameBytes,
  isMarked,
  isOwn,
  kustomizationName,
  readFolder,
  refuseForeign,
  refuseOther,
  refuseUnlisted,
  type FolderContent,
} from "./rendered-folder.ts";
import { say } from "../terminal/say.ts";
import { stagedChanges, discard, stage, swapIn, type Staging } from "./staged-folder.ts";

/** What is to be done in an output folder. */
export interface OutputWork {
  readonly output: string;
  /** The name of the set of environments whose the folders are. */
  readonly set: string;
  /** The environments and what their folders shall hold, one at a time. */
  readonly folders: AsyncIterable<readonly [environment: string, content: FolderContent]>;
  /** The names of all of them. */
  readonly names: ReadonlySet<string>;
  /** The folders within the output of which everything is rendered, by path, and the names that belong there. */
  readonly complete: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Replaces folders, all of them or none: they are written beside as they come, then renamed. A folder that is the same
 * already is not touched, and of a changed one the unchanged files stay the same files. Then what is left over in the
 * output of this set of environments is removed, and named on stderr.
 *
 * @returns the environments whose folders are not as they were.
 *
 * @throws {InputError} when one can't be written or holds something else; the earlier folders are intact then, as they are
 * when the folders themselves end with an error.
 */
export async function replaceFolders(work: OutputWork): Promise<ReadonlySet<string>> {
  const { output, set, folders } = work;
  const staging: Staging = { output, isTarget: isTargetOf(work), folders: [] };
  const giveUp = (): void => discard(staging);
  // A signal ends the process between two folders.
  process.once("exit", giveUp);
  try {
    refuseOtherFleets(work);
    for await (const [environment, content] of folders)
      await stage(join(output, environment), content, { environment, set }, staging);
    const extra = leftOver(work);
    refuseUnlisted(new Set(extra.map(enclosingFolder)));
    const gone = [...staging.folders.flatMap(({ target }) => membersIn(target)), ...extra];
    if (staging.folders.length + extra.length > 0) {
      const changes = stagedChanges(staging);
      for (const folder of staging.folders) swapIn(folder, changes);
      for (const path of extra) removeFolder(changes, path);
    }
    staging.changes?.commit();
    for (const path of gone)
      say(`atlas-render: removed ${printableLine(displayPath(path))}, which ${set} does not have any more\n`);
    return new Set(staging.folders.map(({ target }) => relative(output, target).replaceAll(sep, "/")));
  } catch (error) {
    giveUp();
    throw fileErrorOf(error, output);
  } finally {
    process.off("exit", giveUp);
  }
}

/** What a killed run has left is for this run to clear up where this run decides what is there. */
function isTargetOf({ names, complete }: OutputWork): Staging["isTarget"] {
  const around = new Set([...names].map(firstFolder));
  return (path) =>
    names.has(firstFolder(path)) ||
    names.has(path) ||
    around.has(path) ||
    complete.has(path.includes("/") ? firstFolder(path) : "");
}

/** A fleet's folder may be a symbolic link, by which its members would be written, and removed, elsewhere. */
function refuseOtherFleets({ output, names, complete }: OutputWork): void {
  const fleets = [...names].filter((name) => name.includes("/")).map(firstFolder);
  for (const name of new Set([...fleets, ...complete.keys()])) if (name) refuseOther(join(output, name));
}

const firstFolder = (path: string): string => path.split("/", 1)[0] ?? path;

/**
 * The files in which folders differ from what they should hold, those to be written and those to be removed, and the files
 * that are left over. Nothing is touched.
 *
 * @throws {InputError} when a folder holds something else.
 */
export async function staleFiles(work: OutputWork): Promise<string[]> {
  const { output, set, folders } = work;
  const stale: string[] = [];
  refuseOtherFleets(work);
  for await (const [environment, content] of folders) {
    const target = join(output, environment);
    const before = readFolder(target);
    refuseForeign(target, before, { environment, set });
    const names = [...new Set([...before.keys(), ...content.keys()])].toSorted();
    for (const name of names)
      if (!isSameBytes(before.get(name), content.get(name))) stale.push(join(target, name));
  }
  return [...stale, ...leftOver(work).flatMap(filesIn)];
}

/**
 * What an earlier render of this set has written and this one would not: the folders of environments that are no more,
 * and the files of an environment that has become a fleet. What somebody has copied, or another set has written, stays.
 */
function leftOver({ output, set, complete }: OutputWork): string[] {
  return [...complete].flatMap(([name, members]) => {
    const folder = join(output, name);
    const entries = folderEntries(folder);
    const folders = entries.filter(
      (entry) =>
        entry.isDirectory() &&
        !entry.name.startsWith(".") &&
        !members.has(entry.name) &&
        isOwn(join(folder, entry.name), { environment: name ? `${name}/${entry.name}` : entry.name, set }),
    );
    const files =
      name && isMarked(folder, { environment: name, set })
        ? entries.filter((entry) => !entry.isDirectory())
        : [];
    const paths = [...folders, ...files].map((entry) => join(folder, entry.name));
    // By this file the folder is known, so it goes last.
    return paths.toSorted((a, b) => Number(isKustomization(a)) - Number(isKustomization(b)));
  });
}

/** What goes with the folder of a fleet that has become a single environment. */
const membersIn = (target: string): string[] =>
  folderEntries(target)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(target, name));

const isKustomization = (path: string): boolean => basename(path) === kustomizationName;

/** A folder, or that of a file. */
const enclosingFolder = (path: string): string => (lstatSync(path).isDirectory() ? path : dirname(path));

function folderEntries(folder: string): Dirent[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
}

/** The files in a folder, at any depth, or the file itself. */
function filesIn(path: string): string[] {
  if (!lstatSync(path).isDirectory()) return [path];
  return folderEntries(path)
    .flatMap(({ name }) => filesIn(join(path, name)))
    .toSorted();
}
