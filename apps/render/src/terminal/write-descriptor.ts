import { writeSync } from "node:fs";

/**
 * Writes to an open file, and returns when all is written.
 *
 * `process.stdout` and `process.stderr` would do, but load Node's streams, which costs a cold start more than composing an
 * environment.
 *
 * @throws an error with a code when the system refuses, such as `EPIPE` when nobody reads any more.
 */
export function writeDescriptor(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // A pipe that another process made non-blocking is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
