import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/*
 * Type-checks a module of the project in the current folder, and what it imports, by the project's own tsconfig.json:
 *
 *   node typecheck.ts src/overlays/dev/index.ts
 *
 * The compiler takes no options of a project for files that it is named, so a project is made of the module where tools keep
 * what nobody commits.
 */
const [entry = ""] = process.argv.slice(2);
const folder = resolve("node_modules/.cache/typecheck", entry.replaceAll(/[\\/]+/g, "-"));
const fromFolder = (path: string): string => relative(folder, resolve(path));
mkdirSync(folder, { recursive: true });
const config = join(folder, "tsconfig.json");
writeFileSync(
  config,
  JSON.stringify({ extends: fromFolder("tsconfig.json"), files: [fromFolder(entry)], include: [] }),
);
const { status, error } = spawnSync("../../node_modules/.bin/tsc", ["-p", config], { stdio: "inherit" });
if (error) throw error;
process.exitCode = status ?? 1;
