import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those around it, and returns the new ones, the outermost first. Node's own recursive mkdir never
 * returns where a parent takes no folders at all, as below /proc.
 */
export function makeFolder(folder: string): string[] {
  if (existsSync(folder)) return [];
  const made = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
    return [...made, folder];
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return made;
  }
}

/** Removes a folder and so many around it, each where nothing is in it. */
export function removeAround(folder: string, count: number): void {
  if (count <= 0) return;
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  removeAround(dirname(folder), count - 1);
}

/** The folders that are to be made before one is there, the outermost first. */
export function missingFolders(folder: string): string[] {
  return existsSync(folder) || dirname(folder) === folder ? [] : [...missingFolders(dirname(folder)), folder];
}

/** An error that names the path somebody asked for, in place of one that we have made for it. */
export function naming(error: unknown, made: string, asked: string): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(made, asked);
  return error;
}
