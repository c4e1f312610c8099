import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { didYouMean } from "@atlas/compose";
import { report, type Cursor } from "./cursor.ts";
import { displayPath } from "@atlas/input";
import { attempt } from "../model/log.ts";

/** What a path in a kustomization leads to. */
export type Target =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "file"; readonly path: string };

/** Whether an entry is fetched from elsewhere: a URL, a git repository, or what Kustomize takes for one. */
const isRemoteEntry = (entry: string): boolean =>
  /^[\w+.-]+:\/\/|^[\w.-]+@[\w.-]+:|^git::|[?&](?:ref|version|timeout|submodules)=|^(?:github|gitlab|bitbucket)\.(?:com|org)[/:]/.test(
    entry,
  );

/**
 * What an entry of a kustomization names, symbolic links followed. A file must lie in the kustomization's folder or below
 * it, as Kustomize has it; a folder may lie anywhere.
 */
export function followEntry(entry: string, folder: string, cursor: Cursor): Target | undefined {
  if (isRemoteEntry(entry)) {
    report(
      cursor,
      `"${entry}" lies elsewhere and is not fetched`,
      "a path",
      "copy it here, and name the copy",
    );
    return undefined;
  }
  const path = realPath(resolve(folder, entry), entry, cursor);
  if (path === undefined) return undefined;
  const stats = statSync(path);
  if (stats.isDirectory()) return { kind: "folder", path };
  if (!stats.isFile()) {
    report(cursor, `"${entry}" is neither a file nor a folder`, "a file of objects", "name a file");
    return undefined;
  }
  const isWithin = !relative(folder, path).startsWith(`..${sep}`);
  if (isWithin) return { kind: "file", path };
  report(
    cursor,
    `the file "${entry}" lies outside of the kustomization's folder`,
    `a file in ${displayPath(folder)} or below, as Kustomize demands`,
    "move the file, or list a folder with a kustomization of its own",
  );
  return undefined;
}

function realPath(path: string, entry: string, cursor: Cursor): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP") {
      const expected = "a link that ends in a file or a folder";
      report(cursor, `the symbolic link "${entry}" leads in a circle`, expected, "fix the link");
      return undefined;
    }
    const names = entryNames(dirname(path));
    const near = didYouMean(entry.split("/").at(-1) ?? "", names, "correct the path, or take the entry out");
    report(cursor, `"${entry}" is not there`, "a file or a folder that can be read", near);
    return undefined;
  }
}

function entryNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The bytes of a file that an entry names; undefined, and reported, where it names none. */
export function readEntry(entry: string, folder: string, cursor: Cursor): Uint8Array | undefined {
  const target = followEntry(entry, folder, cursor);
  if (target?.kind === "folder")
    report(cursor, `"${entry}" is a folder`, "a file", "name the file that is meant");
  return target?.kind === "file"
    ? attempt(cursor.log, cursor.place, () => readBytes(target.path))
    : undefined;
}

export const readBytes = (path: string): Uint8Array => readFileSync(path);
