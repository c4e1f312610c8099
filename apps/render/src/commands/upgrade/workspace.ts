import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { joinedBy, type Changes } from "@atlas/files";
import { InputError } from "@atlas/input";
import type { RenderedObject } from "./object-changes.ts";

/** Where the workspace keeps what an upgrade changes or runs, relative to its root. */
export const places = {
  operator: "packages/manifests/src/operator.ts",
  generator: "packages/crd-codegen/src/main.ts",
  types: "packages/crd-types",
  command: "apps/render/bin/atlas-render.js",
  /** What importing and generating write. */
  written: [
    ".changeset",
    "packages/crd-types/api",
    "packages/crd-types/crds",
    "packages/crd-types/manifests",
    "packages/crd-types/schemas",
    "packages/crd-types/src/generated",
  ],
} as const;

/**
 * The root of the workspace that the current folder is in.
 *
 * @throws {InputError} outside of one.
 */
export function workspaceRoot(): string {
  const needed = [places.operator, places.generator, places.command];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (needed.every((place) => existsSync(join(folder, place)))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new InputError([
    {
      code: "workspace-missing",
      what: "the current folder is not in the workspace that the operator's image and CRDs belong to",
      expected: `a folder above with ${places.operator}`,
      fix: "in a repository of your own, take the release with a newer @atlas/manifests, or state it in an environment's images",
    },
  ]);
}

/** How a script ended that has done what it was asked for: 1 is for what it has found. */
interface ScriptOutcome {
  readonly status: 0 | 1;
  readonly stdout: string;
}

/**
 * Runs the generator as a part of a change, which it ends with, and returns what it prints and found.
 *
 * @throws {InputError} with what it says when it fails.
 */
export const runGenerator = (
  root: string,
  changes: Changes,
  args: FailureArguments,
): Promise<ScriptOutcome> =>
  runScript(root, changes, places.generator, [...args, "--package", places.types], {
    [joinedBy]: changes.journal,
  });

/** What a script is run for, in the words of whom it fails. */
const failures = {
  import: "the CRDs cannot be imported",
  generate: "what is made of the CRDs cannot be made",
  render: "the environments cannot be rendered",
  explain: "the places of values cannot be found",
} as const;

type FailureArguments = readonly [keyof typeof failures, ...string[]];

/** Ends a script with the process that has started it, even where that is killed. */
const bound = `data:text/javascript,${encodeURIComponent(
  'process.once("disconnect", () => process.exit(1)); process.channel.unref();',
)}`;

async function runScript(
  root: string,
  changes: Changes,
  script: string,
  args: FailureArguments,
  variables: Record<string, string> = {},
): Promise<ScriptOutcome> {
  const child = spawn(
    process.execPath,
    ["--conditions=@atlas/source", `--import=${bound}`, script, ...args],
    { cwd: root, env: { ...process.env, ...variables }, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  if (child.pid !== undefined) changes.admit(child.pid);
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream]?.setEncoding("utf8").on("data", (chunk: string) => (said[stream] += chunk));
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ended) => resolve(ended));
  });
  if (status === 0 || status === 1) return { status, stdout: said.stdout };
  throw new InputError([
    {
      code: "upgrade-fails",
      what: `${failures[args[0]]}, and every file is as it was`,
      said: said.stderr.trim() || `it was ended by ${signal}`,
      expected: "input that it takes",
      fix: "fix what it names",
    },
  ]);
}

/** Where a value of a rendered object was set. */
interface ExplainedStep {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A value of a rendered object, and where each layer has set it. */
export interface ValueExplained {
  readonly path: string;
  readonly changes: readonly ExplainedStep[];
}

/**
 * What `explain` says of an object of an environment.
 *
 * @throws {InputError} when it is not there.
 */
export async function explained(
  root: string,
  changes: Changes,
  environment: string,
  object: string,
): Promise<{ readonly values: readonly ValueExplained[] }> {
  const args = ["explain", environment, object, "--format", "json"] as const;
  const { stdout } = await runScript(root, changes, places.command, args);
  return JSON.parse(stdout);
}

/** Whether environments cannot be rendered for nothing but what schemas say of their objects. */
export function isOfObjectsAlone(error: unknown): boolean {
  const said =
    error instanceof InputError ? error.findings.map(({ said: text = "" }) => text).join("\n") : "";
  const codes = [...said.matchAll(/^ {2}code: +(\S+)$/gm)].map(([, code = ""]) => code);
  return codes.length > 0 && codes.every((code) => ofObjects.has(code));
}

const ofObjects: ReadonlySet<string> = new Set([
  "field-unknown",
  "kind-unknown",
  "schema-mismatch",
  "version-not-served",
]);

/** Every environment's objects as they are rendered now, by the names of their files. */
export async function renderAll(
  root: string,
  changes: Changes,
): Promise<ReadonlyMap<string, ReadonlyMap<string, RenderedObject>>> {
  // As a part of the change, it goes with whatever ends it. A render locks the folder around its output: this one's own.
  const staged = changes.beside(join(root, "manifests"));
  const output = join(staged, "manifests");
  changes.record({ staged: changes.path(staged), target: "" });
  try {
    mkdirSync(staged);
    await runScript(root, changes, places.command, ["render", "--format", "json", "--output", output]);
    const environments = new Map<string, Map<string, RenderedObject>>();
    for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
      const name = relative(output, entry.parentPath);
      const objects = environments.get(name) ?? new Map<string, RenderedObject>();
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      environments.set(name, objects.set(basename(entry.name), JSON.parse(text)));
    }
    return new Map([...environments].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
