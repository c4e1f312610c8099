import { basename, dirname, join } from "node:path";
import { InputError } from "./failure.ts";

const {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = process.getBuiltinModule("node:fs");

/** A folder's files, by name. */
export type FolderContent = ReadonlyMap<string, Uint8Array>;

/** The first words of a rendered folder's kustomization; only a folder that has them is ever replaced. */
export const mark = "# Rendered by atlas-render.";

/** A complete new folder that stands beside the one it is to replace. */
interface StagedFolder {
  readonly target: string;
  /** Undefined when the target is the same already. */
  readonly staged: string | undefined;
}

/**
 * Replaces folders, all of them or none: they are written beside, then renamed. A folder that is the same already is not
 * touched, and of a changed one the unchanged files stay the same files.
 *
 * @throws {InputError} when one can't be written or holds something else; the earlier folders are intact then.
 */
export function replaceFolders(folders: ReadonlyMap<string, FolderContent>): void {
  const staged: StagedFolder[] = [];
  try {
    for (const [target, content] of folders) staged.push(stage(target, content));
    for (const folder of staged) swapIn(folder);
  } catch (error) {
    for (const { staged: path } of staged)
      if (path !== undefined) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The files in which folders differ from what they should hold: those to be written and those to be removed. Nothing is
 * touched.
 *
 * @throws {InputError} when a folder holds something else.
 */
export function staleFiles(folders: ReadonlyMap<string, FolderContent>): string[] {
  return [...folders].flatMap(([target, content]) => {
    const before = readFolder(target);
    refuseForeign(target, before);
    const names = [...new Set([...before.keys(), ...content.keys()])].toSorted();
    return names
      .filter((name) => !isEqual(before.get(name), content.get(name)))
      .map((name) => join(target, name));
  });
}

function stage(target: string, content: FolderContent): StagedFolder {
  return asInputError(target, () => {
    makeFolder(dirname(target));
    recover(target);
    const before = readFolder(target);
    refuseForeign(target, before);
    if (isSame(before, content)) return { target, staged: undefined };
    const staged = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
    rmSync(staged, { recursive: true, force: true });
    try {
      mkdirSync(staged);
      for (const [name, text] of content) {
        if (isEqual(before.get(name), text) && tryLink(join(target, name), join(staged, name), text))
          continue;
        writeFileSync(join(staged, name), text);
      }
    } catch (error) {
      rmSync(staged, { recursive: true, force: true });
      throw error;
    }
    return { target, staged };
  });
}

/** Makes a folder and those above it. Node's own recursive mkdir never returns where a parent takes no folders at all, as below /proc. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another render was quicker.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
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

function swapIn({ target, staged }: StagedFolder): void {
  if (staged === undefined) return;
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.old`);
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

/** Mends what a killed render has left: its earlier folder goes back where it was, its unfinished one goes. */
function recover(target: string): void {
  const pattern = /^\.(.+)\.(\d+)\.(new|old)$/;
  for (const name of readdirSync(dirname(target))) {
    const [, folder, pid, state] = pattern.exec(name) ?? [];
    if (folder !== basename(target) || isRunning(Number(pid))) continue;
    const left = join(dirname(target), name);
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

function refuseForeign(target: string, content: FolderContent): void {
  if (content.size === 0) return;
  const kustomization = content.get("kustomization.yaml");
  if (kustomization && Buffer.from(kustomization).toString("utf8").startsWith(mark)) return;
  throw new InputError([
    {
      ...foreign(target),
      what: "the folder holds something else than rendered manifests",
    },
  ]);
}

const foreign = (target: string) => ({
  file: target,
  expected: "a folder that atlas-render has written, or none",
  mend: "choose another --output, or move it away",
});

/** A folder's files; none when there is no folder. Read again while another render replaces it. */
function readFolder(folder: string): Map<string, Uint8Array> {
  for (let attempt = 0; ; attempt++) {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (!stats) return new Map();
    if (!stats.isDirectory())
      throw new InputError([{ ...foreign(folder), what: "the output is there, but is no folder" }]);
    try {
      return new Map(
        readdirSync(folder, { withFileTypes: true }).map((entry) => [
          entry.name,
          entry.isFile() ? readFileSync(join(folder, entry.name)) : new Uint8Array(),
        ]),
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === 1000) throw error;
    }
  }
}

const isSame = (a: FolderContent, b: FolderContent): boolean =>
  a.size === b.size && [...a].every(([name, text]) => isEqual(b.get(name), text));
const isEqual = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;

/** What the file system refuses is for the user to mend. */
function asInputError<T>(target: string, act: () => T): T {
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
