import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { environment } from "../../src/workspace/environment.ts";
import { commandOf, readWorkflow } from "../../src/workspace/workflow.ts";

const workflow = readWorkflow("release.yml");
const take = "Take versions and changelogs, and nothing else";
const open = "Open or renew the pull request";

let folder: string;
let checkout: string;
let env: NodeJS.ProcessEnv;
const git = (...args: string[]): string =>
  execFileSync("git", args, { cwd: checkout, env, encoding: "utf8" });
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(checkout, file)), { recursive: true });
  writeFileSync(join(checkout, file), text);
};

/** A repository with a remote, and a `gh` that leaves its arguments in a file and knows of no pull request. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "proposal-"));
  checkout = join(folder, "checkout");
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(
    join(bin, "gh"),
    `#!/bin/sh\nprintf '%s\\n' "$*" >> '${folder}/gh.txt'\n[ "$2" != list ] || echo 0\n`,
  );
  chmodSync(join(bin, "gh"), 0o755);
  const PATH = `${bin}:${process.env["PATH"]}`;
  const author = { GIT_AUTHOR_NAME: "test", GIT_AUTHOR_EMAIL: "test@example.com" };
  env = { ...environment(), ...author, HOME: folder, PATH, RUNNER_TEMP: folder };
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", join(folder, "origin")], {
    env,
  });
  execFileSync("git", ["clone", "--quiet", join(folder, "origin"), checkout], { env, stdio: "ignore" });
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.com");
  git("switch", "--quiet", "--create", "main");
  write(".changeset/first.md", "first");
  write(".changeset/config.json", "{}");
  write("packages/a/package.json", '{ "version": "0.0.0" }');
  git("add", "--all");
  git("commit", "--quiet", "--message=first");
  git("push", "--quiet", "origin", "main");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  git("switch", "--quiet", "--force", "main");
  spawnSync("git", ["branch", "--delete", "--force", "changeset-release/main"], { cwd: checkout, env });
  git("clean", "-fdq");
});

/** Makes the patch that the job `version` hands over, and takes the change back. */
function handOver(change: () => void): void {
  change();
  git("add", "--all");
  writeFileSync(join(folder, "version.patch"), git("diff", "--cached", "--no-renames"));
  git("reset", "--quiet", "--hard");
}

function release(): void {
  rmSync(join(checkout, ".changeset/first.md"));
  write("packages/a/package.json", '{ "version": "0.1.0" }');
  write("packages/a/CHANGELOG.md", "# a\n\nfirst\n");
}

function step(name: string): { status: number | null; output: string } {
  const [shell = "", ...args] = commandOf(workflow, "propose", name);
  const { status, stdout, stderr } = spawnSync(shell, args, { cwd: checkout, env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("versions, changelogs and the changesets that are gone make a pull request", () => {
  handOver(release);
  expect(step(take)).toEqual({ status: 0, output: "" });
  const { status, output } = step(open);
  expect(status, output).toBe(0);
  const changed = git("diff", "--name-status", "main", "origin/changeset-release/main");
  expect(changed).toBe("D\t.changeset/first.md\nA\tpackages/a/CHANGELOG.md\nM\tpackages/a/package.json\n");
  expect(readFileSync(join(folder, "gh.txt"), "utf8")).toContain(
    "pr create --base main --head changeset-release/main --title Version packages",
  );
});

test.each<[string, () => void]>([
  [".github/workflows/ci.yml", () => write(".github/workflows/ci.yml", "on: push\n")],
  ["packages/a/src/index.ts", () => write("packages/a/src/index.ts", "export {};\n")],
  [".changeset/config.json", () => appendFileSync(join(checkout, ".changeset/config.json"), "\n")],
  ["pnpm-lock.yaml", () => write("pnpm-lock.yaml", "packages: {}\n")],
  ["packages/a/x/package.json", () => write("packages/a/x/package.json", "{}\n")],
  ["packages/ä/package.json", () => write("packages/ä/package.json", "{}\n")],
])("a change of %s is refused", (_file, change) => {
  handOver(() => {
    release();
    change();
  });
  const { status, output } = step(take);
  expect([status, output]).toEqual([1, expect.stringContaining("A release changes versions")]);
});

test("a link in a changelog's place is refused", () => {
  handOver(() => {
    release();
    rmSync(join(checkout, "packages/a/CHANGELOG.md"));
    symlinkSync("/etc/passwd", join(checkout, "packages/a/CHANGELOG.md"));
  });
  expect(step(take).status).toBe(1);
});
