import { join } from "node:path";
import { InputError } from "./failure.ts";

const { existsSync, lstatSync, readdirSync, readFileSync } = process.getBuiltinModule("node:fs");

/** A folder's files, by name. */
export type FolderContent = ReadonlyMap<string, Uint8Array>;

/** The first words of a rendered folder's kustomization; only a folder that has them is ever replaced or removed. */
export const mark = "# Rendered by atlas-render.";

/** A folder's files; none when there is no folder. Read again while another render replaces it. */
export function readFolder(folder: string): FolderContent {
  for (let attempt = 0; ; attempt++) {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (!stats) return new Map();
    if (!stats.isDirectory())
      throw new InputError([{ ...foreign(folder), what: "the output is there, but is no folder" }]);
    try {
      return new Map(
        readdirSync(folder, { withFileTypes: true }).map((entry) => [
          entry.name,
          entry.isFile() ? readFileSync(join(folder, entry.name)) : new Uint8Array(),
        ]),
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === 1000) throw error;
    }
  }
}

/** @throws {InputError} when a folder holds something else than what was rendered. */
export function refuseForeign(folder: string, content: FolderContent): void {
  const kustomization = content.get("kustomization.yaml");
  // What was read decides: by now another render may have moved the folder.
  if (content.size === 0 || (kustomization && hasMark(kustomization)) || isRendered(folder)) return;
  throw new InputError([
    {
      ...foreign(folder),
      what: "the folder holds something else than rendered manifests",
    },
  ]);
}

const foreign = (target: string) => ({
  file: target,
  expected: "a folder that atlas-render has written, or none",
  mend: "choose another --output, or move it away",
});

/** Whether a folder is one that was rendered, or that of a fleet, which holds nothing but such folders. */
export function isRendered(folder: string): boolean {
  if (isMarked(folder)) return true;
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return (
    entries.length > 0 && entries.every((entry) => entry.isDirectory() && isMarked(join(folder, entry.name)))
  );
}

/** Whether a folder has a kustomization that says that it was rendered. */
export function isMarked(folder: string): boolean {
  const file = join(folder, "kustomization.yaml");
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true && hasMark(readFileSync(file));
}

const hasMark = (kustomization: Uint8Array): boolean =>
  Buffer.from(kustomization).toString("utf8").startsWith(mark);

export const isEqual = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
