import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { inject } from "vitest";

const types = fileURLToPath(import.meta.resolve("@atlas/crd-types"));
const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
const compilerOptions = {
  ...strict,
  module: "nodenext",
  target: "es2023",
  noEmit: true,
  allowImportingTsExtensions: true,
  types: [],
};

/**
 * What TypeScript says of objects that are declared to be of a type of `@atlas/crd-types`: the first lines of it, and
 * nothing when all are.
 */
export async function typeErrors(type: string, objects: readonly unknown[]): Promise<string> {
  const folder = mkdtempSync(join(inject("folder"), "types-"));
  const declared = objects.map((object) => `  ${JSON.stringify(object)},\n`).join("");
  const imported = `import type { ${type} } from ${JSON.stringify(types)};\n`;
  writeFileSync(join(folder, "objects.ts"), `${imported}export const all: ${type}[] = [\n${declared}];\n`);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["objects.ts"] }));
  const { stdout, stderr } = await execa("tsc", ["-p", folder, "--pretty", "false"], {
    preferLocal: true,
    localDir: import.meta.dirname,
    reject: false,
  });
  return `${stdout}${stderr}`.split("\n").slice(0, 5).join("\n");
}
