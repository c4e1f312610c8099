import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./environment.ts";

/** The checkout that the tests belong to. */
export const root: string = fileURLToPath(new URL("../../../..", import.meta.url));

/** A temporary copy of the workspace, with its own git history, outputs and task cache. */
export interface WorkspaceCopy {
  readonly root: string;
  /** What its commands see as the environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs a command of the workspace in the copy; never throws. */
  run(command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string };
  remove(): void;
}

/**
 * Copies the files that git tracks or would track, and links what is installed.
 *
 * @param variables what its commands see beside, or in place of, this process's own variables.
 */
export function copyWorkspace(variables: NodeJS.ProcessEnv = {}): WorkspaceCopy {
  const copy = mkdtempSync(join(tmpdir(), "atlas-workspace-"));
  const files = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0");
  for (const file of files) {
    if (!file || !lstatSync(join(root, file), { throwIfNoEntry: false })) continue;
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  }
  const projects = files
    .filter((file) => /^(?:[^/]+\/[^/]+\/)?package\.json$/.test(file))
    .map((file) => dirname(file));
  for (const project of projects) linkInstalled(join(root, project), join(copy, project));
  git(copy, "init", "--quiet", "--initial-branch=main");
  git(copy, "add", "--all");
  git(
    copy,
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "commit",
    "--quiet",
    "--message=copy",
  );
  const env = { ...environmentOf(copy), ...variables };
  return {
    root: copy,
    env,
    run: (command, ...args) => {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8", env });
      return { status, stdout, stderr };
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", env: environment() });
}

/**
 * Makes `node_modules` anew with links: what comes from the registry leads to the real installation, what is of this
 * workspace to the copy.
 */
function linkInstalled(from: string, to: string): void {
  const installed = join(from, "node_modules");
  if (!lstatSync(installed, { throwIfNoEntry: false })) return;
  for (const name of readdirSync(installed)) {
    if (name.startsWith("@")) for (const inner of readdirSync(join(installed, name))) link(join(name, inner));
    // The command shims find what they run from where they themselves lie.
    else if (name === ".bin")
      cpSync(join(installed, name), join(to, "node_modules", name), { recursive: true });
    else if (name === ".modules.yaml" || name === ".pnpm" || !name.startsWith(".")) link(name);
  }
  function link(name: string): void {
    const source = join(installed, name);
    const target = join(to, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    const real = lstatSync(source).isSymbolicLink() ? resolve(dirname(source), readlinkSync(source)) : source;
    const inWorkspace = !relative(root, real).split("/").includes("node_modules");
    symlinkSync(inWorkspace ? relative(dirname(target), join(to, relative(from, real))) : real, target);
  }
}

function environmentOf(copy: string): NodeJS.ProcessEnv {
  return {
    ...environment(),
    NX_ISOLATE_PLUGINS: "false",
    PATH: [
      join(copy, "node_modules/.bin"),
      join(copy, "apps/e2e/node_modules/.bin"),
      process.env["PATH"],
    ].join(":"),
  };
}
