import { dirname, join } from "node:path";

const { existsSync } = process.getBuiltinModule("node:fs");

/** The folder of this package, from wherever this file has been bundled to. */
export function ownFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
