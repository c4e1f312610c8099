import path from "node:path";
import { existsSync } from "node:fs";

/**
 * The folder of the package that a module is part of, wherever in it the module lies or has been bundled to.
 *
 * @example
 * packageFolder(import.meta.dirname); // "/…/apps/render"
 */
export function packageFolder(folder: string): string {
  let found = folder;
  while (!existsSync(path.join(found, "package.json"))) found = path.dirname(found);
  return found;
}
