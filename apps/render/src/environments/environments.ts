import path from "node:path";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadingNow } from "./loading-now.ts";
import { isLayer, type Layer } from "@atlas/compose";
import { displayPath, findingsOf, InputError, offerPackagesOf } from "@atlas/input";
import { findManifests } from "./manifests.ts";
import { errorMessage } from "../problems/error-message.ts";
import type { Environment, EnvironmentFolder } from "./environment.ts";
import { folderOfOthers, moduleNames, noEnvironments } from "./no-environments.ts";
import { findRepository } from "./repository.ts";

/**
 * The folders of environments there are, by name: the overlays, and `base` where they are those of `@atlas/manifests`, as
 * they are when neither the caller nor the repository names a folder.
 *
 * @throws {InputError} when the folder can't be read or holds no environment.
 */
export function listEnvironments(
  folder: string | undefined = findRepository().environments,
): readonly EnvironmentFolder[] {
  if (folder === undefined) {
    const { folder: manifests, extension } = findManifests();
    const base = { name: "base", module: new URL(`base/index${extension}`, manifests) };
    return [base, ...overlayFoldersIn(new URL("overlays/", manifests))].toSorted(byName);
  }
  offerPackagesOf(import.meta.url);
  const found =
    existsSync(folder) && statSync(folder).isDirectory()
      ? overlayFoldersIn(pathToFileURL(`${path.resolve(folder)}/`))
      : [];
  if (found.some(({ module }) => existsSync(module))) return found.toSorted(byName);
  throw new InputError([noEnvironments(folder)]);
}

/** The overlays of `@atlas/manifests`. */
export const installedOverlays = (): readonly EnvironmentFolder[] =>
  overlayFoldersIn(new URL("overlays/", findManifests().folder));

const byName = (a: EnvironmentFolder, b: EnvironmentFolder): number => (a.name < b.name ? -1 : 1);

function overlayFoldersIn(folder: URL): EnvironmentFolder[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => ({ name, module: overlayIndex(new URL(`${encodeURIComponent(name)}/`, folder)) }));
  } catch (error) {
    const file = fileURLToPath(folder);
    throw new InputError([
      {
        code: "environments-missing",
        what: `the environments cannot be listed: ${errorMessage(error)}`,
        file,
        expected: "a folder that can be read",
        fix: "check the path",
      },
    ]);
  }
}

function overlayIndex(folder: URL): URL {
  const candidates = moduleNames.map((name) => new URL(name, folder));
  return candidates.find((candidate) => existsSync(candidate)) ?? new URL("index.ts", folder);
}

/** What a folder turned out to hold: an environment of its name, a fleet of them, or something that is wrong. */
export interface LoadedFolder {
  readonly name: string;
  readonly kind: "single" | "fleet" | "broken";
  readonly environments: readonly Environment[];
}

/**
 * Loads the environments of a folder. What is wrong with it comes up when its layer is asked for, so that it is said
 * together with what is wrong in others.
 */
export async function loadFolder(folder: EnvironmentFolder): Promise<LoadedFolder> {
  const { name } = folder;
  try {
    const exported = await loadModule(folder);
    if (isLayer(exported)) return { name, kind: "single", environments: [{ name, layer: () => exported }] };
    const { environmentsOfFleet } = await import("./fleet-environments.ts");
    return { name, kind: "fleet", environments: environmentsOfFleet(folder, exported) };
  } catch (error) {
    const found = findingsOf(error, name);
    if (!found) throw error;
    const layer = (): Layer => {
      throw new InputError(found.map((finding) => ({ environment: name, ...finding })));
    };
    return { name, kind: "broken", environments: [{ name, layer }] };
  }
}

/** @throws {InputError} when a folder's module throws, or does not parse. */
async function loadModule(folder: EnvironmentFolder): Promise<unknown> {
  const { name, module } = folder;
  loadingNow.add(folder);
  try {
    const exported: { default?: unknown } = await import(module.href);
    return exported.default;
  } catch (error) {
    const findings = findingsOf(error, name);
    if (findings) throw new InputError(findings);
    if (!existsSync(module)) {
      throw new InputError([
        {
          environment: name,
          file: displayPath(module),
          code: "file-not-readable",
          what: "the file does not exist",
          expected: "a module that exports the environment's overlay by default",
          fix: "copy the index.ts of another environment",
          ...folderOfOthers(fileURLToPath(new URL(".", module))),
        },
      ]);
    }
    const { loadFailure } = await import("./load-failure.ts");
    throw new InputError([{ environment: name, ...loadFailure(error, module) }]);
  } finally {
    loadingNow.delete(folder);
  }
}
