import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./environment.ts";
import type { Registry } from "./registry.ts";

const installed: string = fileURLToPath(new URL("../node_modules", import.meta.url));

/** Where pnpm keeps what it fetched; consumers share it, so that each fetches little. */
const store: string = dirname(
  execFileSync(join(installed, "pnpm/pnpm"), ["store", "path"], { encoding: "utf8" }).trim(),
);

/** What a consumer's repository is worked on with. */
export interface Toolchain {
  readonly manager: "npm" | "pnpm";
  /** A version range of `typescript`. */
  readonly typescript: string;
  /** The folder below this project's `node_modules` that holds Node: 24, or the oldest that the packages' engines allow. */
  readonly node: "node" | "node-22";
}

/** What a command ended with. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of somebody else, who has the packages from a registry. */
export interface Consumer {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Runs the package manager. */
  manage(...args: string[]): Run;
  /** Runs a command that a package brought, as `npx` or `pnpm exec` finds it. */
  exec(...args: string[]): Run;
  /** Runs the consumer's Node. */
  node(...args: string[]): Run;
  remove(): void;
}

/** Makes an empty folder in which commands see the registry, the toolchain, and no home but the registry's. */
export function createConsumer({ home }: Registry, { manager, node }: Toolchain): Consumer {
  const folder = mkdtempSync(join(tmpdir(), "atlas-consumer-"));
  const env = {
    ...environment(),
    HOME: home,
    pnpm_config_store_dir: store,
    PATH: [join(installed, node, "bin"), join(installed, "pnpm"), process.env["PATH"]].join(":"),
  };
  const run = (command: string, ...args: string[]): Run => {
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
