import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { InputError } from "./failure.ts";
import type { RenderedObject } from "./object-changes.ts";

/** Where the workspace keeps what an upgrade changes or runs, relative to its root. */
export const places = {
  operator: "packages/manifests/src/operator.ts",
  generator: "tools/crd-codegen/src/main.ts",
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
      what: "the current folder is not in the workspace that the operator's image and CRDs belong to",
      expected: `a folder above with ${places.operator}`,
      mend: "in a repository of your own, take the release with a newer @atlas/manifests, or state it in an environment's images",
    },
  ]);
}

/**
 * Runs a script of the workspace and returns what it prints. It is waited for whatever happens, so that nothing writes
 * any more when this process is told to end.
 *
 * @throws {InputError} with what it says when it fails.
 */
export async function runScript(root: string, script: string, args: readonly string[]): Promise<string> {
  const { status, signal, stdout, stderr, error } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", script, ...args],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  // A signal that came in the meantime is handled now.
  await new Promise((resolve) => setImmediate(resolve));
  if (status === 0) return stdout;
  const said = stderr.trim() || (error?.message ?? `it was ended by ${signal}`);
  throw new InputError([
    {
      what: `${script} ${args[0]} failed, and every file is as it was:\n${said}`,
      expected: "input that it takes",
      mend: "mend what it names",
    },
  ]);
}

/** Every environment's objects as they are rendered now, by the names of their files. */
export async function renderAll(
  root: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, RenderedObject>>> {
  const output = mkdtempSync(join(tmpdir(), "atlas-render-"));
  try {
    await runScript(root, places.command, ["render", "--format", "json", "--output", output]);
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
    rmSync(output, { recursive: true });
  }
}
