import path from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { InputError } from "@atlas/input";

/** The repository that a command works in. */
export interface Repository {
  readonly root: string;
  /** The folder of its environments, where its package.json states one. */
  readonly environments: string | undefined;
}

/**
 * The repository that the current folder is in: the nearest folder whose package.json says where its environments are,
 * `"atlas-render": { "environments": "environments" }`, or that is a pnpm workspace; else the current folder itself.
 *
 * @throws {InputError} when a package.json on the way says something else.
 */
export function findRepository(): Repository {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const environments = environmentsStatedIn(folder);
    if (environments !== undefined || existsSync(`${folder}/pnpm-workspace.yaml`))
      return { root: folder, environments };
    if (path.dirname(folder) === folder) return { root: process.cwd(), environments: undefined };
  }
}

const field = "atlas-render";

function environmentsStatedIn(folder: string): string | undefined {
  // Not by join: it looks at each character of the path, which a cold start pays for.
  const file = `${folder}/package.json`;
  if (!existsSync(file)) return undefined;
  const settings = settingsIn(file);
  if (settings === undefined) return undefined;
  if (typeof settings === "object" && settings !== null && "environments" in settings) {
    const { environments } = settings;
    if (typeof environments === "string" && environments !== "") return path.resolve(folder, environments);
  }
  throw new InputError([
    {
      file,
      code: "settings-malformed",
      what: `the field "${field}" is ${JSON.stringify(settings)}`,
      expected: `"${field}": { "environments": "<folder>" }`,
      fix: "name the folder of the environments, relative to this file",
    },
  ]);
}

function settingsIn(file: string): unknown {
  const text = readFileSync(file, "utf8");
  // Most files on the way are another's.
  if (!text.includes(`"${field}"`)) return undefined;
  try {
    return JSON.parse(text)[field];
  } catch (error) {
    throw new InputError([
      {
        file,
        code: "settings-malformed",
        what: `the file does not parse: ${error instanceof Error ? error.message : String(error)}`,
        expected: "JSON",
        fix: "correct it",
      },
    ]);
  }
}
