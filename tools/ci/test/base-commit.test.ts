import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseCommit, changedFiles } from "../src/base-commit.ts";

// A clone of a repository with the commits one, two, three on main, and HEAD on a branch that leaves main at two.
let folder = "";
let clone = "";
let commits: Record<string, string> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "base-"));
  const origin = join(folder, "origin");
  clone = join(folder, "clone");
  git(folder, "init", "--quiet", "--initial-branch=main", origin);
  commits = { one: commit(origin, "one"), two: commit(origin, "two"), three: commit(origin, "three") };
  git(folder, "clone", "--quiet", origin, clone);
  git(clone, "checkout", "--quiet", "-b", "topic", commits["two"] ?? "");
  commits["topic"] = commit(clone, "topic");
});
afterAll(() => rmSync(folder, { recursive: true }));

const identity = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@example.com" };
const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...identity, GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@example.com" },
  }).trim();

function commit(cwd: string, name: string): string {
  writeFileSync(join(cwd, name), name);
  git(cwd, "add", "--all");
  git(cwd, "commit", "--quiet", `--message=${name}`);
  return git(cwd, "rev-parse", "HEAD");
}

/** What GitHub sets for a push, with a `gh` that knows the last successful run, or fails. */
function pushed(before: string, successful?: string): NodeJS.ProcessEnv {
  const bin = mkdtempSync(join(folder, "bin-"));
  const event = join(bin, "event.json");
  writeFileSync(event, JSON.stringify({ before, repository: { default_branch: "main" } }));
  const answer =
    successful === undefined ? "exit 4" : `case "$*" in *--branch=topic*) echo "${successful}";; esac`;
  writeFileSync(join(bin, "gh"), `#!/bin/sh\n${answer}\n`);
  chmodSync(join(bin, "gh"), 0o755);
  const path = `${bin}:${process.env["PATH"]}`;
  return { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: event, GITHUB_REF_NAME: "topic", PATH: path };
}

const zeros = "0".repeat(40);
const unknown = "f".repeat(40);

describe("the base", () => {
  test.each<[string, () => NodeJS.ProcessEnv, string | undefined]>([
    [
      "of a pull request is where it parts",
      () => ({ GITHUB_EVENT_NAME: "pull_request", GITHUB_BASE_REF: "main" }),
      "two",
    ],
    ["of a push is the last successful run", () => pushed(commits["two"] ?? "", commits["one"]), "one"],
    ["of a push without one is the commit before", () => pushed(commits["one"] ?? ""), "one"],
    [
      "of a push whose branch had no successful run is the commit before",
      () => pushed(commits["one"] ?? "", ""),
      "one",
    ],
    ["of a first push is where the branch parts", () => pushed(zeros, ""), "two"],
    ["of a forced push over a lost commit is where the branch parts", () => pushed(unknown, unknown), "two"],
    [
      "of a forced push over another line is where the lines part",
      () => pushed(commits["three"] ?? "", ""),
      "two",
    ],
    ["that is stated stands", () => ({ ...pushed(zeros, ""), NX_BASE: "HEAD~2" }), "one"],
    ["at home is where main parts", () => ({}), "two"],
  ])("%s", (_name, env, want) => {
    expect(baseCommit(env(), clone).commit).toBe(commits[want ?? ""]);
  });

  test("of the first push of the default branch is none", () => {
    git(clone, "checkout", "--quiet", "main");
    expect(baseCommit(pushed(zeros, ""), clone).commit).toBeUndefined();
    git(clone, "checkout", "--quiet", "topic");
  });

  test("that is stated has to be there", () => {
    expect(() => baseCommit({ NX_BASE: "mian" }, clone)).toThrow('there is no commit "mian"');
    expect(() => baseCommit({ NX_BASE: "--all" }, clone)).toThrow('there is no commit "--all"');
  });
});

test("what has changed, renamed, gone or is new", () => {
  git(clone, "mv", "one", "moved");
  rmSync(join(clone, "two"));
  writeFileSync(join(clone, "topic"), "changed");
  writeFileSync(join(clone, "with space\nand break"), "");
  expect(changedFiles(commits["topic"] ?? "", clone).toSorted()).toEqual([
    "moved",
    "one",
    "topic",
    "two",
    "with space\nand break",
  ]);
  expect(() => changedFiles(unknown, clone)).toThrow("git does not say");
});
