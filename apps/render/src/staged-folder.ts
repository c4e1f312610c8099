import { basename, dirname, join } from "node:path";
import { InputError } from "./failure.ts";
import { isEqual, readFolder, refuseForeign, type FolderContent } from "./rendered-folder.ts";

const {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} = process.getBuiltinModule("node:fs");

/** Complete new folders that stand beside those they are to replace. */
export interface Staging {
  readonly folders: StagedFolder[];
  /** The folders around them that were not there before. */
  readonly made: string[];
  /** The folders around them that were looked through for what a killed render has left. */
  readonly recovered: Set<string>;
}

interface StagedFolder {
  readonly target: string;
  readonly staged: string;
}

/**
 * Writes what a folder shall hold beside it, unless it holds it already.
 *
 * @throws {InputError} when it can't be written, or the folder holds something else.
 */
export function stage(target: string, content: FolderContent, { folders, made, recovered }: Staging): void {
  asInputError(target, () => {
    const parent = dirname(target);
    if (!recovered.has(parent)) {
      made.push(...makeFolder(parent));
      recover(parent);
      recovered.add(parent);
    }
    const before = readFolder(target);
    refuseForeign(target, before);
    if (isSame(before, content)) return;
    const staged = join(parent, `.${basename(target)}.${process.pid}.new`);
    folders.push({ target, staged });
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged);
    for (const [name, text] of content) {
      if (isEqual(before.get(name), text) && tryLink(join(target, name), join(staged, name), text)) continue;
      writeFileSync(join(staged, name), text);
    }
  });
}

/** Takes everything away that was staged and not swapped in. */
export function discard({ folders, made }: Staging): void {
  for (const { staged } of folders) rmSync(staged, { recursive: true, force: true });
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Something is in it by now.
    }
  }
}

/**
 * Makes a folder and those around it, and returns the new ones. Node's own recursive mkdir never returns where a parent
 * takes no folders at all, as below /proc.
 */
export function makeFolder(folder: string): string[] {
  if (existsSync(folder)) return [];
  const made = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
    return [...made, folder];
  } catch (error) {
    // Another render was quicker.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return made;
  }
}

/**
 * A hard link keeps an unchanged file the same file; where the file system has none, it is written again. Another render
 * may have replaced the folder since it was read, so what was linked is read once more.
 */
function tryLink(from: string, to: string, text: Uint8Array): boolean {
  try {
    linkSync(from, to);
    if (isEqual(readFileSync(to), text)) return true;
    rmSync(to);
    return false;
  } catch {
    return false;
  }
}

/** Puts a staged folder where it belongs. */
export function swapIn({ target, staged }: StagedFolder): void {
  const aside = asideOf(target);
  asInputError(target, () => {
    // Another render may put its own complete folder there between two steps; the later one wins.
    for (let attempt = 0; ; attempt++) {
      if (renameIf(target, aside, ["ENOENT"])) {
        if (renameIf(staged, target, ["ENOTEMPTY", "EEXIST"])) break;
      } else if (renameIf(staged, target, ["ENOTEMPTY", "EEXIST"])) break;
      rmSync(aside, { recursive: true, force: true });
      if (attempt === 1000) throw new Error("another process keeps replacing the folder");
    }
  });
  rmSync(aside, { recursive: true, force: true });
}

/** Renames; false when it failed in one of the expected ways. */
function renameIf(from: string, to: string, expected: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (expected.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Removes a folder at once, or a file. */
export function remove(path: string): void {
  const aside = asideOf(path);
  asInputError(path, () => {
    renameIf(path, aside, ["ENOENT"]);
    rmSync(aside, { recursive: true, force: true });
  });
}

const asideOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.old`);

/** Mends what a killed render has left in a folder: earlier folders go back where they were, unfinished ones go. */
function recover(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, folder, pid, state] = /^\.(.+)\.(\d+)\.(new|old)$/.exec(name) ?? [];
    if (folder === undefined || isRunning(Number(pid))) continue;
    const left = join(parent, name);
    const target = join(parent, folder);
    if (state === "old" && !existsSync(target)) renameIf(left, target, ["ENOENT", "ENOTEMPTY", "EEXIST"]);
    rmSync(left, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const isSame = (a: FolderContent, b: FolderContent): boolean =>
  a.size === b.size && [...a].every(([name, text]) => isEqual(b.get(name), text));

/** What the file system refuses is for the user to mend. */
export function asInputError<T>(target: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([
      {
        file: target,
        what: `the output cannot be written: ${message}`,
        expected: "a folder that can be written, on a disk with room",
        mend: "choose another --output, or mend its permissions; what was there before is intact",
      },
    ]);
  }
}
