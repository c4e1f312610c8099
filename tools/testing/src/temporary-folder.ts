import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const madeFolders = new Set<string>();

/**
 * Makes an empty folder, which goes with all that is in it when the tests of the file are through. The path is the real
 * one, as programs print it.
 *
 * @param prefix what its name starts with, so that a message which shows the path says whose it is.
 * @example
 * const folder = temporaryFolder("packed-");
 */
export function temporaryFolder(prefix = "test-"): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  madeFolders.add(folder);
  return folder;
}

/** Removes what {@link temporaryFolder} made; vitest's setup file calls it. */
export function removeTemporaryFolders(): void {
  // Children that are on their way out may still write.
  for (const folder of madeFolders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  madeFolders.clear();
}
