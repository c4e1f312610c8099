import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execa } from "execa";
import { environment } from "../src/workspace/environment.ts";

/** What a target's process is given. */
export interface TargetProcess {
  readonly module: string;
  readonly folder: string;
  /** The file of the folder that takes what the process says. */
  readonly log: string;
  /** The arguments of libFuzzer. */
  readonly args: readonly string[];
  /** The seconds that one input may take. */
  readonly timeout?: number;
  readonly node?: readonly string[];
}

/** In the memory, where the system has such a folder. */
const memory = "/dev/shm";
const script = fileURLToPath(new URL("target-process.ts", import.meta.url));

/** Runs libFuzzer on a target, and returns its exit code. */
export async function startTarget(given: TargetProcess): Promise<number> {
  const { module, folder, log, args, timeout = 10, node = [] } = given;
  const file = { file: join(folder, log) };
  // More memory than libFuzzer lets a process have, so that it is libFuzzer that ends one, and saves the input.
  const settings = ["--max-old-space-size=4096", "--conditions=@atlas/source", "--no-warnings", ...node];
  // libFuzzer ends a process that hangs or is too large, which then removes nothing.
  const temporary = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "atlas-fuzz-"));
  const env = { ...environment(), TMPDIR: temporary };
  try {
    const { exitCode = 1 } = await execa(
      process.execPath,
      [...settings, script, pathToFileURL(module).href, folder, String(timeout), ...args],
      { env, extendEnv: false, reject: false, stdout: file, stderr: file },
    );
    return exitCode;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
