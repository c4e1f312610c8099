import { relative } from "node:path";

/** A path as it is shown: from the current folder, where it lies below that. */
export function displayPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
