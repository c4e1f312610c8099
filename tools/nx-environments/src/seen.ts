import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/**
 * Tells whether Nx sees all of some files, and so can tell when they change. It does not see those outside of the
 * workspace, in `node_modules`, behind a link to a folder, and those that git ignores, tracked or not, or `.nxignore` names.
 *
 * A file that is not there yet is judged by its path. Where git cannot be asked, none counts as seen.
 *
 * @param root the workspace, an absolute path.
 * @returns a function of absolute paths, which asks git once for all that it has not heard of.
 */
export function seenIn(root: string): (paths: readonly string[]) => boolean {
  const known = new Map<string, boolean>();
  return (paths) => {
    const asked = [...new Set(paths)].filter((path) => !known.has(path));
    const within = asked.filter((path) => !isElsewhere(root, path));
    const ignored = ignoredOf(root, within);
    for (const path of asked) known.set(path, false);
    for (const path of within) known.set(path, ignored !== undefined && !ignored.has(path));
    return paths.every((path) => known.get(path));
  };
}

function isElsewhere(root: string, path: string): boolean {
  const parts = relative(root, path).split(/[\\/]/);
  return (
    path === root || parts[0] === ".." || parts.includes("node_modules") || isBehindLink(root, dirname(path))
  );
}

/** Whether one of the folders from the root down to this one is a link. */
function isBehindLink(root: string, folder: string): boolean {
  if (folder === root || folder === dirname(folder)) return false;
  const above = dirname(folder);
  if (isBehindLink(root, above)) return true;
  return existsSync(folder) && realpathSync(folder) !== join(realpathSync(above), basename(folder));
}

/** Those of some files of the workspace that are ignored, or nothing where git does not say. */
function ignoredOf(root: string, paths: readonly string[]): Set<string> | undefined {
  if (paths.length === 0) return new Set();
  // The patterns of Nx alone stand in for those of the user, which Nx does not read.
  const patterns = ["-c", `core.excludesFile=${join(root, ".nxignore")}`];
  const { status, stdout } = spawnSync("git", [...patterns, "check-ignore", "--no-index", "--stdin", "-z"], {
    cwd: root,
    encoding: "utf8",
    input: paths.join("\0"),
    maxBuffer: Infinity,
  });
  return status === 0 || status === 1 ? new Set(stdout.split("\0")) : undefined;
}
