import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { changeFiles, replaceFiles } from "@atlas/files";
import { fileErrorOf, InputError } from "@atlas/input";
import { say } from "../../terminal/say.ts";
import { repositoryFiles } from "./template.ts";

/** What `atlas-render init` is asked for. */
export interface InitRequest {
  /** Where the repository is made. */
  readonly folder: string;
}

/**
 * Starts a repository of environments of one's own in a folder that is empty or not there. Returns the files that were
 * written, one a line.
 *
 * @throws {InputError} when the folder holds something or can't be written; it is as it was then.
 */
export async function init({ folder }: InitRequest): Promise<string> {
  const target = resolve(folder);
  if (!holdsUnfinished(target)) refuseFilled(target);
  const files = repositoryFiles(packageNameOf(target));
  await placeFiles(files, target);
  const near = relative(process.cwd(), target);
  const shown = near.startsWith("..") ? target : near;
  const way = shown === "" ? "" : `cd ${/^[\w./-]+$/.test(shown) ? shown : `'${shown}'`} && `;
  say(`Now: ${way}npm install && npm run render\n`);
  return [...files.keys()].map((path) => `${join(shown, path)}\n`).join("");
}

/** A repository that was made on a server, and cloned, holds nothing but its history. */
const isOwnFile = (name: string): boolean => name !== ".git" && !isUnfinished(name);

/** What an init of now works with, or a killed one has left. */
const isUnfinished = (name: string): boolean => name.startsWith(".atlas-");

const holdsUnfinished = (target: string): boolean =>
  existsSync(target) && (folderNames(target) ?? []).some(isUnfinished);

function refuseFilled(target: string): void {
  if (!existsSync(target)) return;
  const found = folderNames(target)?.filter(isOwnFile);
  if (found?.length === 0) return;
  throw new InputError([
    {
      file: target,
      code: "output-foreign",
      what: found
        ? `the folder is not empty: it holds ${found.slice(0, 5).join(", ")}`
        : "the path is not a folder",
      expected: "an empty folder, or none",
      fix: "name another: atlas-render init DIR",
    },
  ]);
}

function folderNames(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** `My Environments` as `my-environments`, which npm takes. */
const packageNameOf = (target: string): string =>
  basename(target)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "") || "environments";

/**
 * Writes the files, all of them or none. The folder itself may be where the user's shell stands, so it stays the same
 * folder. What a killed init has written is taken back before it is looked whether the folder is empty.
 */
async function placeFiles(files: ReadonlyMap<string, string>, target: string): Promise<void> {
  try {
    const paths = [...files.keys()];
    await changeFiles(
      target,
      (changes) => {
        refuseFilled(target);
        replaceFiles(
          changes,
          [...files].map(([path, content]) => ({ path, content })),
        );
      },
      { isTarget: (path) => paths.some((own) => own === path || own.startsWith(`${path}/`)) },
    );
  } catch (error) {
    throw fileErrorOf(error, target, "the repository cannot be written");
  }
}
