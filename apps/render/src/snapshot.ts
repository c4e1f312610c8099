import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Remembers files and folders, with all that is in them. Returns what makes every file what it was: byte for byte, and
 * those that were not there go.
 */
export function takeSnapshot(paths: readonly string[]): () => void {
  const read = (): Map<string, Buffer> =>
    new Map(paths.flatMap(filesIn).map((file) => [file, readFileSync(file)]));
  const before = read();
  return () => {
    const now = read();
    for (const file of now.keys()) if (!before.has(file)) rmSync(file);
    for (const [file, bytes] of before) if (!now.get(file)?.equals(bytes)) replaceFile(file, bytes);
  };
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Writes a file beside its place, then renames it. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
