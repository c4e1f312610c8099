import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";

/** Files by their path; the content of a symbolic link is what it leads to. */
export interface Files {
  readonly texts: readonly (readonly [path: string, text: string])[];
  readonly links: readonly (readonly [path: string, target: string])[];
}

const parent = mkdtempSync(join(tmpdir(), "inputs-"));
process.on("exit", () => rmSync(parent, { recursive: true, force: true }));
let count = 0;

/** Does something in a new folder that holds the files, and removes it. A path that leads out of it is passed over. */
export async function inFolder(files: Files, act: (folder: string) => Promise<void>): Promise<void> {
  // Never one that was there before: readers remember what they have read.
  const folder = join(parent, String(count++));
  mkdirSync(folder);
  try {
    for (const [path, text] of files.texts) put(folder, path, (file) => writeFileSync(file, text));
    for (const [path, target] of files.links) put(folder, path, (file) => symlinkSync(target, file));
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function put(folder: string, path: string, write: (file: string) => void): void {
  const file = join(folder, path);
  if (!file.startsWith(folder + sep)) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    write(file);
  } catch (error) {
    // What no file system can hold is no input.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
