import { execFile } from "node:child_process";

/** How a program ended: what it printed, or that it is not there. */
export type Ran = { readonly stdout: string } | { readonly isMissing: true };

/**
 * Runs a program of the user's, with a minute and 256 MiB for its answer.
 *
 * @throws an error with what it said when it failed.
 */
export function runProgram(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 60_000, maxBuffer: 256 * 1024 * 1024, encoding: "utf8" } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout });
      else if (error.code === "ENOENT") resolve({ isMissing: true });
      else reject(new Error(`${program} failed: ${stderr.trim() || error.message}`));
    });
  });
}
