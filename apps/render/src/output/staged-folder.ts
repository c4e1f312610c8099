import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beginChanges, makeFolder, swapFolder, type Changes } from "@atlas/files";
import { fileErrorOf } from "@atlas/input";
import {
  isSameBytes,
  readFolder,
  refuseForeign,
  refuseUnlisted,
  type FolderContent,
  type Mark,
} from "./rendered-folder.ts";
import { say } from "../terminal/say.ts";

/** Complete new folders that stand beside those they are to replace. */
export interface Staging {
  /** The folder that all of them are in. */
  readonly output: string;
  /** Whether a path in the output is one that this run decides about. */
  readonly isTarget: (path: string) => boolean;
  readonly folders: StagedFolder[];
  /** Undefined until something is rendered. */
  changes?: Changes;
  /** Why nothing can be changed in the output; no trouble as long as nothing is to be. */
  denied?: unknown;
}

interface StagedFolder {
  readonly target: string;
  readonly staged: string;
}

/**
 * Writes what a folder shall hold beside it, unless it holds it already. With the first one, the output is this run's
 * alone: what a killed one has left of its targets is taken back.
 *
 * @throws {InputError} when it can't be written, or the folder holds something else.
 */
export async function stage(
  target: string,
  content: FolderContent,
  mark: Mark,
  staging: Staging,
): Promise<void> {
  try {
    if (!staging.changes && staging.denied === undefined) await open(staging);
    staging.changes?.beat();
    const before = readFolder(target);
    refuseForeign(target, before, mark);
    if (isSameContent(before, content)) return;
    refuseUnlisted([target]);
    stageChanged(target, before, content, staging);
  } catch (error) {
    throw fileErrorOf(error, target);
  }
}

async function open(staging: Staging): Promise<void> {
  const { output, isTarget } = staging;
  try {
    staging.changes = await beginChanges(output, () =>
      say(`atlas-render: another process writes into ${output}; waiting until it is done\n`),
    );
    staging.changes.recover(isTarget);
  } catch (error) {
    staging.denied = error;
  }
}

/** What the output is changed by. @throws why it can't be. */
export function stagedChanges({ changes, denied }: Staging): Changes {
  if (!changes) throw denied;
  return changes;
}

function stageChanged(target: string, before: FolderContent, content: FolderContent, staging: Staging): void {
  const changes = stagedChanges(staging);
  const parent = dirname(target);
  if (parent !== staging.output) {
    changes.record({ folder: changes.path(parent) });
    makeFolder(parent);
  }
  const staged = changes.beside(target);
  changes.record({ staged: changes.path(staged), target: changes.path(target) });
  staging.folders.push({ target, staged });
  mkdirSync(staged);
  for (const [name, text] of content) {
    if (isSameBytes(before.get(name), text) && tryLink(join(target, name), join(staged, name), text))
      continue;
    writeFileSync(join(staged, name), text);
  }
}

/** Takes everything away that was staged, and puts back what was swapped. */
export function discard({ changes }: Staging): void {
  changes?.undo();
}

/**
 * A hard link keeps an unchanged file the same file; where the file system has none, it is written again. Somebody may
 * have changed the file since it was read, so what was linked is read once more.
 */
function tryLink(from: string, to: string, text: Uint8Array): boolean {
  try {
    linkSync(from, to);
    if (isSameBytes(readFileSync(to), text)) return true;
    rmSync(to);
    return false;
  } catch {
    return false;
  }
}

/** Puts a staged folder where it belongs. */
export function swapIn({ target, staged }: StagedFolder, changes: Changes): void {
  changes.beat();
  swapFolder(changes, target, staged);
}

const isSameContent = (a: FolderContent, b: FolderContent): boolean =>
  a.size === b.size && [...a].every(([name, text]) => isSameBytes(b.get(name), text));
