import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { InputError } from "../failure.ts";
import { makeFolder } from "../staged-folder.ts";
import { repositoryFiles } from "../template.ts";

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
export function init({ folder }: InitRequest): string {
  const target = resolve(folder);
  refuseFilled(target);
  const files = repositoryFiles(packageNameOf(target));
  try {
    place(files, target);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([
      {
        file: target,
        what: `the repository cannot be written: ${message}`,
        expected: "a folder that can be written",
        mend: "choose another, or mend its permissions",
      },
    ]);
  }
  const near = relative(process.cwd(), target);
  const shown = near.startsWith("..") ? target : near;
  const way = shown === "" ? "" : `cd ${/^[\w./-]+$/.test(shown) ? shown : `'${shown}'`} && `;
  process.stderr.write(`Now: ${way}npm install && npm run render\n`);
  return [...files.keys()].map((path) => `${join(shown, path)}\n`).join("");
}

/** A repository that was made on a server, and cloned, holds nothing but its history. */
const isOwn = (name: string): boolean => name !== ".git";

function refuseFilled(target: string): void {
  if (!existsSync(target)) return;
  const found = namesIn(target)?.filter(isOwn);
  if (found?.length === 0) return;
  throw new InputError([
    {
      file: target,
      what: found
        ? `the folder is not empty: it holds ${found.slice(0, 5).join(", ")}`
        : "the path is no folder",
      expected: "an empty folder, or none",
      mend: "name another: atlas-render init DIR",
    },
  ]);
}

function namesIn(folder: string): string[] | undefined {
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
 * Writes the files into a folder inside, then moves them up: the folder itself may be where the user's shell stands, so
 * it stays the same folder. What was moved is taken back when the rest can't be.
 */
function place(files: ReadonlyMap<string, string>, target: string): void {
  const made = missingAbove(target);
  makeFolder(target);
  const staged = join(target, `.atlas-render.${process.pid}.new`);
  const moved: string[] = [];
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(staged, path)), { recursive: true });
      writeFileSync(join(staged, path), text);
    }
    for (const name of new Set([...files.keys()].map((path) => path.split("/")[0] ?? path))) {
      renameSync(join(staged, name), join(target, name));
      moved.push(name);
    }
    rmSync(staged, { recursive: true });
  } catch (error) {
    const left = made === undefined ? [staged, ...moved.map((name) => join(target, name))] : [made];
    for (const path of left) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** The uppermost folder on the way that is not there yet. */
function missingAbove(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  return missingAbove(dirname(folder)) ?? folder;
}
