import { InputError } from "@atlas/input";
import { writeDescriptor } from "./write-descriptor.ts";

/**
 * Writes to stdout, and returns when all is written; a reader that has gone (`atlas-render ... | head`) is no fault.
 *
 * @throws {InputError} when what stdout leads to takes no more, as a full disk.
 */
export function writeToStdout(data: string | Uint8Array): void {
  try {
    writeDescriptor(1, typeof data === "string" ? Buffer.from(data) : data);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") return;
    throw new InputError([
      {
        code: "output-not-writable",
        what: `stdout cannot be written: ${message}`,
        expected: "a place with room, which is open",
        fix: "lead the output elsewhere",
      },
    ]);
  }
}
