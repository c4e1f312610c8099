import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest } from "@atlas/compose";
import type { Finding } from "@atlas/input";
import type { EnvironmentFolder } from "./environment.ts";

/** What the module of an environment is called, the one that is taken first in front. */
export const moduleNames: readonly string[] = ["index.ts", "index.js", "index.mjs"];

const holdsModule = (folder: string): boolean => moduleNames.some((name) => existsSync(join(folder, name)));

/** The folders in a folder; none of what is no folder. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return [];
  }
}

/** The environments that a folder holds. */
export const environmentsHeldBy = (folder: string): readonly string[] =>
  foldersIn(folder).filter((name) => holdsModule(join(folder, name)));

/** The path as it would be given: from here, and as it is where that leads up. */
function givenAs(folder: string): string {
  const path = relative(process.cwd(), folder) || ".";
  return path.startsWith("..") ? folder : path;
}

/** How the names of some environments are shown. */
const shownNames = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(", ")}, …` : names.join(", ");

/** Folders below one, at most so deep, that hold environments. */
function heldBelow(folder: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  return foldersIn(folder).flatMap((name) => {
    const inner = join(folder, name);
    if (holdsModule(inner)) return [];
    return [...(environmentsHeldBy(inner).length > 0 ? [inner] : []), ...heldBelow(inner, depth - 1)];
  });
}

/** The text that names a folder for `--environments`, and what it holds. */
const naming = (folder: string): string =>
  `give --environments ${givenAs(folder)}, which holds ${shownNames(environmentsHeldBy(folder))}`;

/**
 * Why a folder that was named holds no environments, and which one was probably meant: one below it, as the `overlays` of
 * what was imported, one above, as that of a single environment, or one of a similar name.
 */
export function noEnvironments(given: string): Finding {
  const folder = resolve(given);
  const finding = (what: string, fix: string): Finding => ({
    code: "environments-missing",
    what,
    file: given,
    expected: "a folder with one folder for each environment",
    fix,
  });
  if (!existsSync(folder)) return finding("there is no such folder", missingFolderFix(folder));
  if (!statSync(folder).isDirectory()) {
    const single = holdsModule(dirname(folder)) ? dirname(dirname(folder)) : dirname(folder);
    const isSet = environmentsHeldBy(single).length > 0;
    return finding("it is a file", isSet ? naming(single) : otherwise);
  }
  if (holdsModule(folder)) {
    const name = basename(folder);
    const command = `atlas-render render ${name} --environments ${givenAs(dirname(folder))}`;
    return finding(
      `it is the folder of one environment, "${name}"`,
      `give the folder that it is in: ${command}`,
    );
  }
  const [below, ...others] = heldBelow(folder, 3);
  const what = `the folder holds no environment: ${contentOf(folder)}`;
  if (below !== undefined && others.length === 0) return finding(what, naming(below));
  if (below !== undefined)
    return finding(what, `give one of these: ${[below, ...others].map(givenAs).join(", ")}`);
  const isKustomize = heldByKustomize(folder);
  return finding(
    what,
    isKustomize ? `import it: atlas-render import-kustomize ${givenAs(folder)}` : otherwise,
  );
}

const otherwise = "make one with an index.ts that exports an overlay by default: atlas-render new NAME";

function missingFolderFix(folder: string): string {
  const parent = dirname(folder);
  const near = nearest(basename(folder), foldersIn(parent));
  if (near !== undefined) return `did you mean ${givenAs(join(parent, near))}?`;
  return existsSync(parent) ? "check the path" : `check the path: there is no ${givenAs(parent)} either`;
}

/** What a folder without environments has in it. */
function contentOf(folder: string): string {
  const folders = foldersIn(folder);
  if (folders.length > 0) return `none of its folders has an index.ts (${shownNames(folders)})`;
  return readdirSync(folder).length > 0 ? "there are only files in it" : "it is empty";
}

const heldByKustomize = (folder: string): boolean =>
  ["", ...foldersIn(folder)].some((name) =>
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].some((file) =>
      existsSync(join(folder, name, file)),
    ),
  );

/**
 * What a folder among environments is that is none itself: a folder of others, as `overlays` of what was imported, beside
 * `base`.
 */
export function folderOfOthers(folder: string): Pick<Finding, "what" | "fix"> | undefined {
  const held = environmentsHeldBy(folder);
  if (held.length === 0) return undefined;
  return {
    what: `the folder is no environment, but holds some: ${shownNames(held)}`,
    fix: `give --environments ${givenAs(resolve(folder))}`,
  };
}

/** Where an environment that is asked for is: in one of the folders that are no environments themselves. */
export function holderOf(
  environment: string,
  folders: readonly EnvironmentFolder[],
): Pick<Finding, "fix"> | undefined {
  const [name = environment] = environment.split("/", 1);
  const holder = folders
    .map(({ module }) => fileURLToPath(new URL(".", module)))
    .find((folder) => !holdsModule(folder) && environmentsHeldBy(folder).includes(name));
  return holder === undefined
    ? undefined
    : { fix: `give --environments ${givenAs(resolve(holder))}, which holds it` };
}
