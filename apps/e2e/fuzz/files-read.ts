import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const read: string[] = [];
const { readFileSync } = fs;
fs.readFileSync = ((...[path, options]: Parameters<typeof readFileSync>) => {
  read.push(String(path));
  return readFileSync(path, options);
}) as typeof readFileSync;
syncBuiltinESMExports();

/** Starts over, and returns a function that says which files have been read since. */
export function filesRead(): () => readonly string[] {
  read.length = 0;
  return () => read;
}
