import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A path, or the URL of a file, as it is shown: from the current folder, where it lies below that. */
export function displayPath(file: string | URL): string {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
}
