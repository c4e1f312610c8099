import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, quoted } from "@atlas/measure";
import { assumed, type Parameters } from "./parameters.ts";

const root: string = fileURLToPath(new URL("../../..", import.meta.url));
/** Copies of an environment: enough for what each adds to stand out from what the first takes. */
const copies = Array.from({ length: 100 }, (_, index) => `copy-${index}`);
const some = copies.slice(0, 10);

/**
 * Measures the parameters on this machine, in a clone of the last commit, in some minutes. The times are CPU, which other
 * work on the machine does not lengthen; the installation waits for disks and the network, and is timed by the clock.
 *
 * @throws Error when a command fails.
 */
export function measureHere(): Parameters {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    return measureIn(join(folder, "clone"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureIn(clone: string): Parameters {
  const setUp = installIn(clone);
  const graph = "nx run-many -t render --graph=stdout";
  const check = "tsc -p packages/manifests/tsconfig.json";
  const few = cpuIn(clone, { graph, check, cold: "rm -rf .nx && nx run render:base" });
  const overlays = join(clone, "packages/manifests/src/overlays");
  for (const name of copies) cpSync(join(overlays, "dev"), join(overlays, name), { recursive: true });
  const many = cpuIn(clone, {
    graph,
    check,
    one: "atlas-render render dev --validate",
    fleet: `atlas-render render dev ${some.join(" ")} --validate`,
    tasks: `nx run-many -p render -t ${some.join(",")} --exclude-task-dependencies --skip-nx-cache --parallel=1`,
  });
  execFileSync("tar", ["-czf", "artifact.tar.gz", "-C", "dist/manifests", "dev"], { cwd: clone });
  const render = (many["fleet"] - many["one"]) / some.length;
  return {
    setUp,
    nxStart: few["graph"],
    nxPerOverlay: Math.max(0, many["graph"] - few["graph"]) / copies.length,
    before: few["cold"] - few["graph"] - many["one"],
    beforePerOverlay: Math.max(0, many["check"] - few["check"]) / copies.length,
    taskStart: (many["tasks"] - many["graph"]) / some.length - render,
    render,
    artifact: statSync(join(clone, "artifact.tar.gz")).size,
    ...assumed,
  };
}

/** The seconds by the clock that a clone and its installation take. */
function installIn(clone: string): number {
  const start = performance.now();
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone]);
  execFileSync("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile"], { cwd: clone, stdio: "ignore" });
  return (performance.now() - start) / 1000;
}

/** The seconds of CPU that each command takes: the median of three. */
function cpuIn<Name extends string>(
  clone: string,
  commands: Readonly<Record<Name, string>>,
): Record<Name, number> {
  // What surrounds this run would lead the clone's Nx back here.
  const foreign = Object.keys(process.env).filter((name) => name.startsWith("NX_"));
  const within = [
    `cd ${quoted(clone)}`,
    `unset NONE ${foreign.join(" ")}`,
    `export NX_ISOLATE_PLUGINS=false PATH=${quoted(join(clone, "node_modules/.bin"))}:"$PATH"`,
    "",
  ].join("; ");
  const entries = Object.entries<string>(commands);
  const measured = measure(Object.fromEntries(entries.map(([name, command]) => [name, within + command])), 3);
  const medians = entries.map(([name, command]) => {
    const [, median = Number.NaN] = (measured[name] ?? []).toSorted((a, b) => a - b);
    process.stderr.write(`${(median / 1000).toFixed(2)} s  ${command}\n`);
    return [name, median / 1000];
  });
  return Object.fromEntries(medians);
}
