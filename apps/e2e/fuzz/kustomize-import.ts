import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stageSources } from "../../../packages/import-kustomize/src/write/output.ts";
import { importReadme } from "../../../packages/import-kustomize/src/write/readme.ts";
import { planImport } from "../../../packages/import-kustomize/src/plan/import-plan.ts";
import { sourcesOf, type Sources } from "../../../packages/import-kustomize/src/write/sources.ts";
import { BrokenContract, hold } from "./contract.ts";
import { filesRead } from "./files-read.ts";
import { findings } from "./findings.ts";
import { checkSyntax } from "./typescript-syntax.ts";
import { inFolder, type Files } from "./temporary-folder.ts";

/** Types are looked up there, and the stack of an error. */
const workspace = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Imports a Kustomize directory as `atlas-render import-kustomize` does, up to the comparison with Kustomize: it reads
 * nothing outside of the directory, writes nothing outside of the output, and what it writes is TypeScript.
 */
export function importFiles(files: Files): Promise<void> {
  return inFolder(files, async (folder) => {
    const [source, output] = [join(folder, "source"), join(folder, "output")];
    mkdirSync(source, { recursive: true });
    mkdirSync(output);
    const before = list(folder);
    const read = filesRead();
    await hold(() => importTo(source, output), findings);
    // It reads its own journal beside the output, and from /proc who it is itself.
    const allowed = [source, output, workspace, "/proc/"];
    for (const file of read())
      if (!allowed.some((place) => file.startsWith(place))) throw new BrokenContract(`${file} was read`);
    if (list(folder) !== before) throw new BrokenContract("a file was written outside of the output");
  });
}

const list = (folder: string): string =>
  readdirSync(folder, { recursive: true }).map(String).toSorted().join("\n");

async function importTo(source: string, output: string): Promise<Sources> {
  const { plan, log } = await planImport(source, {
    oracle: () => Promise.resolve(() => []),
    isPartial: false,
  });
  const sources = sourcesOf([...plan.layers.map((layer) => layer.plan), ...plan.components], output);
  for (const [path, content] of sources)
    if (path.endsWith(".ts") && typeof content === "string") checkSyntax(path, content);
  const staged = await stageSources(join(output, "imported"), sources, importReadme(plan, log));
  staged.discard();
  return sources;
}
