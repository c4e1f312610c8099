import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { personEnvironment, type NodeFolder } from "./person-environment.ts";
import type { NpmRegistry } from "./registry.ts";

/** What a consumer's repository is worked on with. */
export interface Toolchain {
  readonly manager: "npm" | "pnpm";
  /** A version range of `typescript`. */
  readonly typescript: string;
  readonly node: NodeFolder;
}

/** What a command ended with. */
export interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of somebody else, who has the packages from a registry. */
export interface Consumer {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Runs the package manager. */
  manage(...args: string[]): CommandRun;
  /** Runs a command that a package brought, as `npx` or `pnpm exec` finds it. */
  exec(...args: string[]): CommandRun;
  /** Runs the consumer's Node. */
  node(...args: string[]): CommandRun;
  remove(): void;
}

/** Makes an empty folder in which commands see the registry, the toolchain, and no home but the registry's. */
export function createConsumer({ home }: NpmRegistry, { manager, node }: Toolchain): Consumer {
  const folder = mkdtempSync(join(tmpdir(), "atlas-consumer-"));
  const env = personEnvironment(home, node);
  const run = (command: string, ...args: string[]): CommandRun => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", env });
    return { status, stdout, stderr };
  };
  return {
    folder,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    manage: (...args) => run(manager, ...args),
    exec: (...args) =>
      manager === "npm" ? run("npx", "--no-install", ...args) : run("pnpm", "exec", ...args),
    node: (...args) => run("node", ...args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
