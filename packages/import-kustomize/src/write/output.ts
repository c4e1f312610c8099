import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { beginChanges, makeFolder, swapFolder } from "@atlas/files";
import { fileErrorOf, InputError } from "@atlas/input";
import type { Sources } from "./sources.ts";

const mark = "<!-- Imported by atlas-render; content ";
const readme = "README.md";

/** A complete new folder beside the one that it is to become. */
export interface StagedSources {
  readonly folder: string;
  /** Puts it in its place; a folder that is the same already is left as it is. Says whether it was another. */
  readonly settle: () => boolean;
  readonly discard: () => void;
}

/**
 * Writes sources into a new folder beside the target.
 *
 * @param about what the folder's README says.
 * @throws {InputError} when it can't be written, or when the target is something else than what an import wrote and
 * nobody has changed since.
 */
export async function stageSources(target: string, sources: Sources, about: string): Promise<StagedSources> {
  const files = new Map([...sources, [readme, `${mark}${sourcesDigest(sources)} -->\n\n${about}`]]);
  try {
    const changes = await beginChanges(dirname(target));
    try {
      changes.recover((path) => path === basename(target));
      refuseWorkedOn(target);
      const folder = changes.beside(target);
      changes.record({ staged: changes.path(folder), target: changes.path(target) });
      for (const [path, content] of files) {
        makeFolder(dirname(join(folder, path)));
        writeFileSync(join(folder, path), content);
      }
      const settle = (): boolean => {
        const isOther = !hasSameSources(target, files);
        if (isOther) swapFolder(changes, target, folder);
        changes.commit();
        return isOther;
      };
      return { folder, settle, discard: () => changes.undo() };
    } catch (error) {
      changes.undo();
      throw error;
    }
  } catch (error) {
    throw fileErrorOf(error, target);
  }
}

function sourcesDigest(files: Sources): string {
  const hash = createHash("sha256");
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = Buffer.from(content);
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

function hasSameSources(target: string, files: Sources): boolean {
  if (!existsSync(target)) return false;
  const before = contentIn(target);
  return (
    before.size === files.size &&
    [...files].every(([path, content]) => before.get(path)?.equals(Buffer.from(content)) === true)
  );
}

function contentIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    entries.flatMap((entry) => {
      if (entry.isDirectory()) return [];
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile() ? readFileSync(path) : Buffer.alloc(0);
      return [[relative(folder, path).replaceAll("\\", "/"), content]];
    }),
  );
}

/** Sources are there to be changed: what somebody has worked on is never replaced. */
function refuseWorkedOn(target: string): void {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (!stats) return;
  const files = stats.isDirectory() ? contentIn(target) : new Map<string, Buffer>([["", Buffer.alloc(0)]]);
  if (files.size === 0) return;
  const first = files.get(readme)?.toString().split("\n")[0] ?? "";
  files.delete(readme);
  if (first === `${mark}${sourcesDigest(files)} -->`) return;
  throw new InputError([
    {
      file: target,
      code: "output-foreign",
      what: first.startsWith(mark)
        ? "the sources have been changed since they were imported"
        : "the folder holds something else than imported sources",
      expected: "a folder as an import has left it, or none",
      fix: "choose another --output, or move it away",
    },
  ]);
}
