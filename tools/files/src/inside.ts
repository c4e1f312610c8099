import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** As many links in a row as Linux follows. */
const mostLinks = 40;

/** Where a path really is: symbolic links are followed, also one that leads to what is not there yet. */
export function realPathOf(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" || links > mostLinks || dirname(path) === path) throw error;
  }
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const parent = realPathOf(dirname(path), links);
  if (!isLink) return join(parent, relative(dirname(path), path));
  const target = readlinkSync(path);
  return realPathOf(isAbsolute(target) ? target : join(parent, target), links + 1);
}

/**
 * @throws an error with a code that names each symbolic link by which paths lead out of a folder: whoever has put it
 * there does not decide what is changed elsewhere.
 */
export function refuseOutside(folder: string, paths: readonly string[]): void {
  const real = realPathOf(folder);
  const links = new Set(paths.filter((path) => !isBelowFolder(real, realPathOf(path))).map(linkIn(folder)));
  if (links.size === 0) return;
  const named = [...links].slice(0, 5).join(", ");
  const more = links.size > 5 ? ` and ${links.size - 5} more` : "";
  const what = `symbolic links lead out of ${folder}, where nothing is changed: ${named}${more}`;
  throw Object.assign(new Error(`ELOOP: ${what}`), { code: "ELOOP", syscall: "open", path: folder });
}

/** Whether a path as a journal records it stays in the journal's folder, whoever has written it, and whatever it passes. */
export function staysInside(root: string, path: string): boolean {
  if (isAbsolute(path) || path.split(/[\\/]/).includes("..")) return false;
  try {
    return path === "" || isBelowFolder(realPathOf(root), realPathOf(dirname(join(root, path))));
  } catch {
    return false;
  }
}

function isBelowFolder(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The link by which a path leaves a folder. */
const linkIn =
  (folder: string) =>
  (path: string): string => {
    const real = realPathOf(folder);
    const steps = relative(folder, path).split(sep);
    const places = steps.map((_step, index) => join(folder, ...steps.slice(0, index + 1)));
    return places.find((place) => !isBelowFolder(real, realPathOf(place))) ?? path;
  };
