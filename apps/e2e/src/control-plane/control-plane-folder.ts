import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onExit } from "signal-exit";

/** A folder for the files of one run. */
export interface RunFolder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * A folder for all that a run writes. It goes with the process, also when a signal ends it; what a killed process left
 * goes now.
 */
export function runFolder(): RunFolder {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^atlas-e2e-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) removeAll(join(tmpdir(), name));
  }
  const path = mkdtempSync(join(tmpdir(), `atlas-e2e-${process.pid}-`));
  const forget = onExit(() => removeAll(path));
  return {
    path,
    remove: () => {
      forget();
      removeAll(path);
    },
  };
}

// Servers that are on their way out may still write.
const removeAll = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
