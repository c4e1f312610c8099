import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { displayPath, type Finding } from "@atlas/input";
import { filePath } from "./source-module.ts";

/** Packages of ours that a module calls: what they throw is about the call. The others hold environments. */
const calledPackages = new Set(["@atlas/compose", "@atlas/crd-types", "@atlas/istio", "@atlas/render"]);

/** The place that an error's stack names first, outside of Node, of installed packages and of those that are called. */
export function errorPlace(error: unknown, fallback: string): Pick<Finding, "file" | "line"> {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const text of stack.split("\n")) {
    const place = placeInLine(text);
    if (place && !isOthers(place.file)) return { file: displayPath(place.file), line: place.line };
  }
  return { file: fallback };
}

/** The place in a line of a stack, `    at name (file:///a/b.ts:10:5)`, or in the first of a syntax error, `file:///a/b.ts:10`. */
function placeInLine(text: string): { readonly file: string; readonly line: number } | undefined {
  const [, location, line] =
    /^(?: +at (?:.*? \()?)?((?:file:\/\/|\/|[A-Za-z]:\\).+?):(\d+)(?::\d+)?\)?$/.exec(text.trimEnd()) ?? [];
  return location === undefined ? undefined : { file: filePath(location), line: Number(line) };
}

const isOthers = (file: string): boolean =>
  /[\\/]node_modules[\\/]/.test(file) || calledPackages.has(packageOfFile(file) ?? "");

/** The name of the package that a file is part of. */
function packageOfFile(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const packageJson = join(folder, "package.json");
    if (existsSync(packageJson)) return /"name"\s*:\s*"([^"]*)"/.exec(readFileSync(packageJson, "utf8"))?.[1];
    if (dirname(folder) === folder) return undefined;
  }
}
