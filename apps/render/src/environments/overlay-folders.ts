import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { installedOverlays, listEnvironments } from "./environments.ts";
import type { EnvironmentFolder } from "./environment.ts";
import { InputError } from "@atlas/input";
import { environmentsHeldBy } from "./no-environments.ts";
import type { Import } from "@atlas/typescript/write";
import { findManifests } from "./manifests.ts";
import { findRepository } from "./repository.ts";

/** Where a new overlay goes, and what it may stand on. */
export interface OverlayFolders {
  /** The folder that holds an overlay's folder each. */
  readonly folder: string;
  readonly environments: readonly EnvironmentFolder[];
  /** The overlays of `@atlas/manifests`, by what a repository of a user's own imports them by. */
  readonly installed: readonly EnvironmentFolder[];
  readonly base: EnvironmentFolder;
  /** How a module in an overlay's folder imports the base, and the operator's facts. */
  readonly imports: { readonly base: Import; readonly operator: string };
  /** Names that are something else's already. */
  readonly reserved: readonly string[];
}

/**
 * The overlay folders of a user's own repository, else those of this workspace.
 *
 * @throws {InputError} when there are only the installed ones, which are not the user's to add to.
 */
export function overlayFolders(stated: string | undefined): OverlayFolders {
  const { folder: manifests, extension } = findManifests();
  const base = { name: "base", module: new URL(`base/index${extension}`, manifests) };
  const own = fileURLToPath(new URL("overlays/", manifests));
  const chosen = stated === undefined ? findRepository().environments : resolve(stated);
  if (chosen !== undefined && resolve(own) !== chosen) {
    return {
      folder: chosen,
      environments: environmentsHeldBy(chosen).length > 0 ? listEnvironments(chosen) : [],
      installed: installedOverlays().map(({ name, module }) => ({
        name: `@atlas/manifests/overlays/${name}`,
        module,
      })),
      base,
      imports: {
        base: { from: "@atlas/manifests", names: ["base"] },
        operator: "@atlas/manifests",
      },
      reserved: ["base"],
    };
  }
  if (extension === ".js") throw installed();
  return {
    folder: own,
    environments: listEnvironments(own),
    installed: [],
    base,
    imports: {
      base: { from: "../../base/index.ts", defaultName: "base" },
      operator: "../../operator.ts",
    },
    reserved: ["base", ...takenByTargets(fileURLToPath(new URL("../../..", manifests)))],
  };
}

const installed = (): InputError =>
  new InputError([
    {
      code: "repository-missing",
      what: "this is not a repository of environments, and the installed ones take no new one",
      expected: 'a package.json with "atlas-render": { "environments": "<folder>" }',
      fix: "start a repository with atlas-render init, or name a folder with --environments",
    },
  ]);

/** What `nx run` takes for build, e2e, lint, serve and test. */
const shortTargets = ["b", "e", "l", "s", "t"];

/** An environment of the workspace is a target of the project `render`: it can't have the name of another target. */
function takenByTargets(root: string): string[] {
  const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
  const { nx, scripts } = json("apps/render/package.json");
  const { targetDefaults } = json("nx.json");
  return ["render", ...shortTargets, ...Object.keys({ ...targetDefaults, ...nx?.targets, ...scripts })];
}
