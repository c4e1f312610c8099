import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** Packages that are developed together. */
export interface Workspace {
  readonly root: string;
  readonly manager: "pnpm" | "npm" | "yarn" | "bun";
  /** The names of its packages. */
  readonly packages: readonly string[];
}

/** The workspace that a folder is in: of pnpm, or as the field `workspaces` of a package.json says; undefined for none. */
export function workspaceAbove(start: string): Workspace | undefined {
  for (let root = start; ; root = dirname(root)) {
    const patterns = patternsIn(root);
    if (patterns) return { root, manager: managerOf(root), packages: packagesOf(root, patterns) };
    if (dirname(root) === root) return undefined;
  }
}

/** Which folders hold its packages; undefined where a folder is no root of a workspace. */
function patternsIn(root: string): readonly string[] | undefined {
  const ofPnpm: unknown = read(join(root, "pnpm-workspace.yaml"), parse)?.["packages"];
  const ofOthers: unknown = read(join(root, "package.json"), JSON.parse)?.["workspaces"];
  const found = ofPnpm ?? (isFields(ofOthers) && "packages" in ofOthers ? ofOthers["packages"] : ofOthers);
  return Array.isArray(found) ? found.filter((each): each is string => typeof each === "string") : undefined;
}

function managerOf(root: string): Workspace["manager"] {
  if (existsSync(join(root, "pnpm-workspace.yaml"))) return "pnpm";
  if (existsSync(join(root, "yarn.lock"))) return "yarn";
  return existsSync(join(root, "bun.lock")) ? "bun" : "npm";
}

/** A pattern that begins with `!` takes folders out again. */
function packagesOf(root: string, patterns: readonly string[]): readonly string[] {
  const filesOf = (own: readonly string[]): readonly string[] =>
    globSync(
      own.map((pattern) => `${pattern.replace(/\/$/, "")}/package.json`),
      { cwd: root, exclude: ["**/node_modules/**"] },
    );
  const left = new Set(filesOf(patterns.filter((each) => each.startsWith("!")).map((each) => each.slice(1))));
  return filesOf(patterns.filter((each) => !each.startsWith("!"))).flatMap((file) => {
    const name: unknown = left.has(file) ? undefined : read(join(root, file), JSON.parse)?.["name"];
    return typeof name === "string" ? [name] : [];
  });
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** What a file says; undefined where it is not there, or says nothing of the sort. */
function read(
  file: string,
  reader: (text: string) => unknown,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = reader(readFileSync(file, "utf8"));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
