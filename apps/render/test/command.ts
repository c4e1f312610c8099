import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../bin/atlas-render.js", import.meta.url));
const compose = new URL("../../../packages/compose/src/index.ts", import.meta.url).href;
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
  return { status, stdout, stderr };
}

/** Starts the command and leaves it running. */
export function startAtlasRender(...args: string[]): ChildProcess {
  return spawn(process.execPath, [...node, ...args], { stdio: "ignore" });
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "atlas-render-"));

/** A folder of environments, one for each module text; the text may use what `@atlas/compose` exports. */
export function environmentsOf(modules: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(modules)) {
    mkdirSync(join(folder, name));
    const prelude = `import { base, define, external, overlay, patch } from ${JSON.stringify(compose)};`;
    writeFileSync(join(folder, name, "index.ts"), `${prelude}\n${text}\n`);
  }
  return folder;
}

/** A layer of one ConfigMap, and of what is given. */
export const configMap = (name: string, value: string): string =>
  `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "${name}" }, data: { key: "${value}" } }`;
