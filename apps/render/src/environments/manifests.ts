import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

const { realpathSync } = process.getBuiltinModule("node:fs");
// Importing node:module costs a cold start milliseconds, and so does import.meta.resolve.
const { findPackageJSON } = process.getBuiltinModule("node:module");

/** Where the modules of `@atlas/manifests` lie. */
export interface Manifests {
  readonly folder: URL;
  /** Sources are found by sources, and what is built by what is built. */
  readonly extension: ".ts" | ".js";
}

/** The package as this program's own dependency, which a user's repository need not have. */
export function findManifests(): Manifests {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const packageJson = findPackageJSON("@atlas/manifests", import.meta.url);
  if (packageJson === undefined) throw new Error("the package @atlas/manifests has no package.json");
  const root = pathToFileURL(`${dirname(realpathSync.native(packageJson))}/`);
  return { folder: new URL(extension === ".ts" ? "src/" : "dist/", root), extension };
}
