import { renameSync } from "node:fs";
import type { Changes } from "./changes.ts";

/**
 * Puts a complete new folder in the place of another, which stands aside until the change is committed. Whoever writes
 * there without the lock can't come between: the later one wins, and both folders are whole.
 */
export function swapFolder(changes: Changes, target: string, staged: string): void {
  for (let attempt = 0; ; attempt++) {
    setAside(changes, target);
    if (renameIf(staged, target, ["ENOTEMPTY", "EEXIST"])) return;
    if (attempt === 1000) throw new Error(`another process keeps replacing ${target}`);
  }
}

/** Takes a folder, or a file, away at once; it comes back when the change is not committed. */
export function removeFolder(changes: Changes, target: string): void {
  setAside(changes, target);
}

function setAside(changes: Changes, target: string): void {
  const aside = changes.beside(target);
  changes.record({ aside: changes.path(aside), target: changes.path(target) });
  renameIf(target, aside, ["ENOENT"]);
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
