import { existsSync, readdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nearest, type Layer } from "@atlas/compose";
import { InputError, type Finding } from "./failure.ts";
import { findRepository } from "./repository.ts";

/** An environment that can be rendered: an overlay folder, or the base that all of them share. */
export interface Environment {
  readonly name: string;
  /** The module whose default export is the layer. */
  readonly module: URL;
}

/**
 * The environments there are, by name: one for each folder, and `base` where they are those of `@atlas/manifests`, as
 * they are when neither the caller nor the repository names a folder.
 *
 * @throws {InputError} when the folder can't be read or holds no environment.
 */
export function listEnvironments(
  folder: string | undefined = findRepository().environments,
): readonly Environment[] {
  const manifests = new URL(import.meta.resolve("@atlas/manifests"));
  const extension = manifests.pathname.endsWith(".ts") ? ".ts" : ".js";
  if (folder === undefined) {
    const overlays = new URL("overlays/", manifests);
    return [
      { name: "base", module: new URL(`base/index${extension}`, manifests) },
      ...foldersOf(overlays),
    ].toSorted(byName);
  }
  const found = foldersOf(pathToFileURL(`${resolve(folder)}/`));
  if (found.length > 0) return found.toSorted(byName);
  throw new InputError([
    {
      what: "the folder holds no environment",
      file: folder,
      expected: "one folder for each environment",
      mend: "make one with an index.ts that exports an overlay by default",
    },
  ]);
}

const byName = (a: Environment, b: Environment): number => (a.name < b.name ? -1 : 1);

function foldersOf(folder: URL): Environment[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => ({ name, module: indexOf(new URL(`${encodeURIComponent(name)}/`, folder)) }));
  } catch (error) {
    const file = fileURLToPath(folder);
    throw new InputError([
      {
        what: `the environments cannot be listed: ${messageOf(error)}`,
        file,
        expected: "a folder that can be read",
        mend: "check the path",
      },
    ]);
  }
}

function indexOf(folder: URL): URL {
  const candidates = ["index.ts", "index.js", "index.mjs"].map((name) => new URL(name, folder));
  return candidates.find((candidate) => existsSync(candidate)) ?? new URL("index.ts", folder);
}

/**
 * The environments of these names, all of them when there is no name.
 *
 * @throws {InputError} naming those that do not exist and those that do.
 */
export function selectEnvironments(
  names: readonly string[],
  all: readonly Environment[],
): readonly Environment[] {
  const known = all.map(({ name }) => name);
  const findings = names
    .filter((name) => !known.includes(name))
    .map((name): Finding => {
      const near = nearest(name, known);
      return {
        what: `there is no environment "${name}"`,
        expected: `one of: ${known.join(", ")}`,
        mend: near === undefined ? `make it: atlas-render new ${name}` : `did you mean "${near}"?`,
      };
    });
  if (findings.length > 0) throw new InputError(findings);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/**
 * Loads an environment's layer.
 *
 * @throws {InputError} when its module throws, does not parse or exports no layer by default.
 */
export async function loadLayer({ name, module }: Environment): Promise<Layer> {
  const file = displayPath(module);
  if (!existsSync(module)) {
    throw new InputError([
      {
        environment: name,
        file,
        what: "the file does not exist",
        expected: "a module that exports the environment's overlay by default",
        mend: "copy the index.ts of another environment",
      },
    ]);
  }
  let exported: { default?: unknown };
  try {
    exported = await import(module.href);
  } catch (error) {
    throw new InputError([
      {
        environment: name,
        ...placeOf(error, file),
        what: `the overlay cannot be loaded: ${messageOf(error)}`,
        expected: "a module that loads without an error",
        mend: mendOf(error),
      },
    ]);
  }
  if (isLayer(exported.default)) return exported.default;
  throw new InputError([
    {
      environment: name,
      file,
      what: "the module exports no overlay by default",
      expected: "export default overlay({ … })",
      mend: "add the default export",
    },
  ]);
}

function isLayer(value: unknown): value is Layer {
  return (
    typeof value === "object" && value !== null && "resources" in value && Array.isArray(value.resources)
  );
}

function mendOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return `run Node 22.18 or later, which runs TypeScript as it is; this is ${process.version}`;
  if (code === "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING")
    return "keep the environments outside of node_modules, where Node runs no TypeScript";
  return "mend the line named, then type-check";
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${JSON.stringify(error)}`;

/** The place that an error's stack names first, outside of node and of installed packages. */
function placeOf(error: unknown, fallback: string): Pick<Finding, "file" | "line"> {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const match of stack.matchAll(/(file:\/\/[^\s():]+|\/[^\s():]+\.[cm]?[jt]s):(\d+)/g)) {
    const [, location = "", line] = match;
    if (
      location.includes("/node_modules/") ||
      location.includes("/packages/istio/") ||
      location.includes("/apps/render/")
    )
      continue;
    const url = location.startsWith("file:") ? new URL(location) : pathToFileURL(location);
    return { file: displayPath(url), line: Number(line) };
  }
  return { file: fallback };
}

function displayPath(url: URL): string {
  const path = fileURLToPath(url);
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
