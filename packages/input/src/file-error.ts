import { findingsOf, InputError } from "./finding.ts";

/** What the file system refuses is for the user to fix; any other error is given back as it is. */
export function fileErrorOf(error: unknown, target: string, what = "the output cannot be written"): unknown {
  const { code, message, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (findingsOf(error) || code === undefined || (syscall === undefined && code !== "EEXIST")) return error;
  return new InputError([
    {
      file: target,
      code: "output-not-writable",
      what: `${what}: ${message}`,
      expected: "a folder that can be written, on a disk with room",
      fix: "choose another, or fix its permissions; what was there before is intact",
    },
  ]);
}
