import paths from "node:path";
import { fileURLToPath } from "node:url";

/** Undefined when somebody has removed it. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** A path, or the URL of a file, as it is shown: from the current folder, where it lies below that. */
export function displayPath(file: string | URL): string {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  const near = paths.relative(currentFolder() ?? path, path);
  return near === "" || near.startsWith("..") ? path : near;
}
