import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What may be left: the caches that programs keep for their next run, Node's of compiled code and Nx' of its library, and
 * the folder of a test file all of whose tests were skipped, for which vitest runs no hook.
 */
const expected = /^(?:node-compile-cache|nx-native-file-cache-.*|t-\w{6})$/;

/**
 * Gives this process, and those that it starts from now on, a temporary folder of their own.
 *
 * @returns what removes it, puts the earlier one back, and names what was left in it.
 * @example
 * const end = ownTemporaryFolder();
 * writeFileSync(join(tmpdir(), "left.txt"), "");
 * end(); // ["left.txt"]
 */
export function ownTemporaryFolder(): () => readonly string[] {
  const { TMPDIR: before } = process.env;
  // A short name: paths of sockets in it may have a hundred characters.
  const folder = mkdtempSync(join(tmpdir(), "t-"));
  // A server that does not run as root has to get through to its own folder.
  chmodSync(folder, 0o711);
  process.env["TMPDIR"] = folder;
  return () => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    const left = readdirSync(folder).filter((name) => !expected.test(name));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return left.toSorted();
  };
}

/** @throws Error that names what was left, and says how not to. */
export function refuseLeftovers(left: readonly string[], where: string): void {
  if (left.length === 0) return;
  throw new Error(
    `${where} left in the temporary folder: ${left.join(", ")}. Make folders with temporaryFolder() of @atlas/testing, which removes them; what a command leaves is a fault of the command.`,
  );
}
