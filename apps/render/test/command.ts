import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shellWords } from "@atlas/measure";
import { temporaryFolder } from "@atlas/testing";
import { recordFailure } from "@atlas/testing/recorded";

export { temporaryFolder } from "@atlas/testing";

const entry = fileURLToPath(new URL("../bin/atlas-render.js", import.meta.url));
const [compose, fleets] = ["index", "fleet/fleet"].map(
  (name) => new URL(`../../../packages/compose/src/${name}.ts`, import.meta.url).href,
);
const node = ["--conditions=@atlas/source", entry];

/** What a run of the command ended with. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command as a process of its own. */
export const atlasRender = (...args: string[]): Run => atlasRenderIn(process.cwd(), ...args);

/** Runs it in another folder. */
export function atlasRenderIn(cwd: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  recordFailure(status, stderr);
  return { status, stdout, stderr };
}

/** The command as a line for a shell. */
export const commandLine = (...args: string[]): string => shellWords(process.execPath, ...node, ...args);

/** Starts the command and leaves it running. */
export function startAtlasRender(...args: string[]): ChildProcess {
  return spawn(process.execPath, [...node, ...args], { stdio: "ignore" });
}

/**
 * A folder of environments, one for each module text; the text may use what `@atlas/compose` exports.
 *
 * @param set the package that it is: folders of one name are one set of environments, as before and after a change.
 */
export function environmentsOf(modules: Record<string, string>, set = "example"): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: set, type: "module" }));
  for (const [name, text] of Object.entries(modules)) {
    mkdirSync(join(folder, name));
    const prelude = `import { base, define, external, overlay, patch } from ${JSON.stringify(compose)}; import { fleet } from ${JSON.stringify(fleets)};`;
    writeFileSync(join(folder, name, "index.ts"), `${prelude}\n${text}\n`);
  }
  return folder;
}

/** A layer of one ConfigMap, and of what is given. */
export const configMap = (name: string, value: string): string =>
  `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "${name}" }, data: { key: "${value}" } }`;

/** A folder with these files, by their paths in it. */
export function filesIn(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A module that uses `@atlas/compose`, its entry points and the reader of YAML. */
export const moduleOf = (text: string): string =>
  [
    `import { base, component, define, external, overlay, patch } from ${JSON.stringify(compose)};`,
    `import { configMapGenerator, secretGenerator } from ${JSON.stringify(new URL("generators/generators.ts", compose))};`,
    `import { jsonPatch, strategicMerge } from ${JSON.stringify(new URL("patches.ts", compose))};`,
    `import { readFileSync } from "node:fs";`,
    `import { fileURLToPath } from "node:url";`,
    `import { readYaml } from ${JSON.stringify(new URL("../../../packages/input/src/read-yaml.ts", import.meta.url).href)};`,
    text,
  ].join("\n");

/** Leaves a journal in a folder, as a process that was killed does, and returns its id. */
export function leaveJournal(folder: string, entries: (id: string) => readonly object[]): string {
  const id = Math.random().toString(36).slice(2).padEnd(20, "0").slice(0, 20);
  const { pid } = spawnSync("true");
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const owner = { machine: `${boot} ${readlinkSync("/proc/self/ns/pid")}`, pid, start: "1" };
  const lines = [{ format: "atlas-files/1", id, owner }, ...entries(id)];
  writeFileSync(
    join(folder, `.atlas-${id}.journal`),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
  return id;
}
