import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the tests of each task leave what they skipped: see `vitest.config.ts`. */
const folder = "dist/not-run";

/** What was not run of the tests, as something that it needs is missing here; a line each, which says why. */
export function notRun(root: string): string {
  const path = join(root, folder);
  const files = existsSync(path) ? readdirSync(path).toSorted() : [];
  const lines = files.flatMap((file) => readFileSync(join(path, file), "utf8").split("\n").filter(Boolean));
  return lines.map((line) => `NOT RUN: ${line}\n`).join("");
}
