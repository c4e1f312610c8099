import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { didYouMean } from "@atlas/compose";
import { displayPath } from "@atlas/input";
import { printableLine } from "../../terminal/printable.ts";
import { say } from "../../terminal/say.ts";

/**
 * Names a path that a tool would find nothing at. What is written may belong into another repository than what was rendered,
 * or come before it, so that nothing is said where no other folder holds the environments.
 *
 * @param output the folder that is written to: the path is one of its repository, of which nothing is known where it is in none.
 */
export function sayOfRenderedPath(path: string, output: string, environments: readonly string[]): void {
  const root = repositoryAround(resolve(output));
  // Of which repository it will be a part, nothing says.
  if (root === undefined) return;
  const holds = (folder: string): boolean =>
    environments.some((name) => existsSync(join(root, folder, name, "kustomization.yaml")));
  if (existsSync(join(root, path))) return;
  const parent = join(path, "..");
  const there = [...new Set([...visibleFolders(root, "."), ...visibleFolders(root, parent)])].filter(holds);
  if (there.length === 0) return;
  say(
    `atlas-render: there is no folder ${printableLine(`${path} in ${displayPath(root)}`)}, and the tool finds nothing there: ${printableLine(didYouMean(path, there, `give --path ${there.join(" or ")}, which holds rendered environments`))}\n`,
  );
}

function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : repositoryAround(dirname(folder));
}

const visibleFolders = (root: string, folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .map(({ name }) => join(folder, name).replaceAll("\\", "/"))
    : [];
