const { writeSync } = process.getBuiltinModule("node:fs");

/**
 * Writes to stdout, and returns when all is written; a reader that has gone (`atlas-render ... | head`) is no fault.
 *
 * `process.stdout` would do, but loads Node's streams, which costs a cold start more than composing an environment.
 */
export function writeToStdout(data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      // A pipe that another process made non-blocking is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
