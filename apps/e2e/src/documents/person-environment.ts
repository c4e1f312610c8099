import { execFileSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathFolders } from "../workspace/commands.ts";
import { environment } from "../workspace/environment.ts";

const installedModules: string = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Where pnpm keeps what it fetched; people share it, so that each fetches little. */
const store: string = dirname(
  execFileSync(join(installedModules, "pnpm/pnpm"), ["store", "path"], { encoding: "utf8" }).trim(),
);

/** The folder below this project's `node_modules` that holds Node: 24, or the oldest that the packages' engines allow. */
export type NodeFolder = "node" | "node-22";

/**
 * What the commands of a person see who has this Node and pnpm, nothing that is installed in this workspace, and no
 * settings but those in the home folder.
 */
export function personEnvironment(home: string, node: NodeFolder): NodeJS.ProcessEnv {
  const path = [
    join(installedModules, node, "bin"),
    join(installedModules, "pnpm"),
    ...pathFolders().filter((folder) => !folder.includes("node_modules")),
  ];
  return { ...environment(), HOME: home, pnpm_config_store_dir: store, PATH: path.join(delimiter) };
}
