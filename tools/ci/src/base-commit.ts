import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { readFileSync } from "node:fs";
import { UnusableInput } from "./input-error.ts";

/** The commit that a change is compared with; undefined when there is none, and everything counts as changed. */
export interface Base {
  readonly commit: string | undefined;
  /** Where it comes from, for people. */
  readonly why: string;
}

/** A commit that may be the base; `find` is called when those before it are not in the history. */
interface Candidate {
  readonly why: string;
  readonly find: () => string | undefined;
}

/** How GitHub writes that there was no commit before: the first push of a branch. */
const noCommit = /^0+$/;

/**
 * The commit to compare with.
 *
 * A push is compared with the commit of the last successful run of its branch. The commit before the push would do only
 * if each push had its own run to the end: a run that failed or was cancelled leaves behind what it did not test.
 *
 * @param env NX_BASE, or what GitHub sets: GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_BASE_REF, GITHUB_REF_NAME.
 * @param folder a folder of the repository.
 * @throws {InputError} when NX_BASE names no commit of the history.
 */
export function baseCommit(env: NodeJS.ProcessEnv, folder: string): Base {
  const { NX_BASE: stated } = env;
  if (stated) {
    const commit = mergeBase(stated, folder);
    if (commit) return { commit, why: `where ${stated} (NX_BASE) and HEAD part` };
    throw new UnusableInput(
      `NX_BASE: there is no commit "${stated}" that HEAD descends from in part\n` +
        "  fix:      fetch it, with its history: git fetch --unshallow",
    );
  }
  for (const { why, find } of candidates(env, folder)) {
    const found = find();
    const commit = found && !noCommit.test(found) ? mergeBase(found, folder) : undefined;
    if (commit) return { commit, why };
  }
  return { commit: undefined, why: "no earlier commit is known: everything runs" };
}

function candidates(env: NodeJS.ProcessEnv, folder: string): Candidate[] {
  if (env["GITHUB_EVENT_NAME"] === "pull_request") {
    const branch = `origin/${env["GITHUB_BASE_REF"]}`;
    return [{ why: `where the pull request parts from ${branch}`, find: () => branch }];
  }
  if (env["GITHUB_EVENT_NAME"] === "push") {
    return [
      { why: "the last successful run", find: () => lastSuccessful(env, folder) },
      { why: "the commit before the push", find: () => eventOf(env).before },
      { why: "where the branch parts from the default one", find: () => forkOf(eventOf(env), folder) },
    ];
  }
  return ["main", "origin/main"].map((branch) => ({
    why: `where ${branch} and HEAD part`,
    find: () => branch,
  }));
}

interface PushEvent {
  readonly before?: string;
  readonly repository?: { readonly default_branch?: string };
}

const eventOf = ({ GITHUB_EVENT_PATH: path }: NodeJS.ProcessEnv): PushEvent =>
  path ? JSON.parse(readFileSync(path, "utf8")) : {};

/** Where a new branch starts; the default branch itself starts nowhere. */
function forkOf({ repository }: PushEvent, folder: string): string | undefined {
  const fork = mergeBase(`origin/${repository?.default_branch ?? "main"}`, folder);
  return fork === gitOutput(folder, "rev-parse", "HEAD") ? undefined : fork;
}

function lastSuccessful(env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  const branch = `--branch=${env["GITHUB_REF_NAME"]}`;
  const query = ["--workflow=ci.yml", branch, "--event=push", "--status=success", "--limit=1"];
  return outputOf("gh", ["run", "list", ...query, "--json=headSha", "--jq=.[].headSha"], { cwd, env });
}

const mergeBase = (commit: string, folder: string): string | undefined =>
  gitOutput(folder, "merge-base", "--", commit, "HEAD");

/**
 * What differs from a commit in the working tree, deleted and new files included, as paths from the root.
 *
 * @param folder the root of the repository.
 * @throws {InputError} when git does not answer.
 */
export function changedFiles(commit: string, folder: string): string[] {
  const differing = gitOutput(folder, "diff", "--name-only", "--no-renames", "-z", commit);
  const untracked = gitOutput(folder, "ls-files", "--full-name", "--others", "--exclude-standard", "-z");
  if (differing === undefined || untracked === undefined) {
    throw new UnusableInput(
      `git does not say what differs from ${commit}\n  expected: a commit of this repository`,
    );
  }
  return `${differing}\0${untracked}`.split("\0").filter(Boolean);
}

const gitOutput = (cwd: string, ...args: string[]): string | undefined => outputOf("git", args, { cwd });

function outputOf(command: string, args: string[], options: SpawnSyncOptions): string | undefined {
  const { status, stdout } = spawnSync(command, args, { maxBuffer: 2 ** 30, ...options, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
