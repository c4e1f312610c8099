import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { realpathSync } from "node:fs";
import * as nodeModule from "node:module";

// Bun has none.
const { findPackageJSON }: Partial<typeof nodeModule> = nodeModule;

/** Where the modules of `@atlas/manifests` lie. */
export interface Manifests {
  readonly folder: URL;
  /** Sources are found by sources, and what is built by what is built. */
  readonly extension: ".ts" | ".js";
}

/** The package as this program's own dependency, which a user's repository need not have. */
export function findManifests(): Manifests {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const root = pathToFileURL(`${path.dirname(realpathSync.native(manifestsPackageJson()))}/`);
  return { folder: new URL(extension === ".ts" ? "src/" : "dist/", root), extension };
}

/** The package's own package.json. Bun and Deno only resolve what the package exports, which takes Node milliseconds. */
function manifestsPackageJson(): string {
  const name = "@atlas/manifests";
  if (!findPackageJSON) return fileURLToPath(import.meta.resolve(`${name}/package.json`));
  const found = findPackageJSON(name, import.meta.url);
  if (found === undefined) throw new Error(`the package ${name} has no package.json`);
  return found;
}
