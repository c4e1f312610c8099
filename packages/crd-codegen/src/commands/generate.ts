import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Changes } from "@atlas/files";
import type { OutputFile } from "../emit/output-file.ts";
import { compareFiles, writeFiles } from "../emit/write.ts";
import { generate, generatedFolders } from "../generate.ts";
import { isObject, type Json } from "../model/schema.ts";
import { formatProblem } from "../problem.ts";
import { librariesIn } from "../product/package-json.ts";
import { changeIn } from "./change.ts";
import { compactSourcesOf } from "./compact-sources.ts";
import { noteToUser } from "./note.ts";

/** Generates what a package has of its compact sources: 1 where its dependencies lack a library. @throws InputError */
export function runGenerate(folder: string): Promise<number> {
  return changeIn(folder, (changes) => generateInto(folder, changes));
}

async function generateInto(folder: string, changes: Changes): Promise<number> {
  const files = await generate(compactSourcesOf(folder));
  const differences = compareFiles(folder, files, generatedFolders);
  writeFiles(changes, folder, differences);
  for (const { path } of differences.changed) noteToUser(`wrote ${join(folder, path)}`);
  for (const path of differences.extra) noteToUser(`removed ${join(folder, path)}`);
  for (const { warning } of files) if (warning) noteToUser(`warning: ${formatProblem(warning)}`);
  const missing = missingLibraries(files, packageJsonIn(folder));
  for (const name of missing)
    process.stdout.write(
      `${join(folder, "package.json")}: ${name} is missing from the dependencies: src/generated imports it. Fix it with: pnpm --dir ${folder} add ${name}\n`,
    );
  return missing.length > 0 ? 1 : 0;
}

/** The libraries that generated code imports and the package does not depend on; none where there is no package. */
function missingLibraries(files: readonly OutputFile[], manifest: Json | undefined): string[] {
  const modules = files.filter(({ path }) => path.endsWith(".ts"));
  const known = new Set(
    ["dependencies", "peerDependencies"].flatMap((key) => {
      const names = manifest?.[key];
      return isObject(names) ? Object.keys(names) : [];
    }),
  );
  const imported = manifest === undefined ? [] : librariesIn(modules.map(({ content }) => content));
  return imported.filter((name) => !known.has(name));
}

/** Whether what a package has is what its compact sources give now: 1 where it is not. @throws InputError */
export async function checkGenerated(folder: string): Promise<number> {
  const { changed, extra } = compareFiles(folder, await generate(compactSourcesOf(folder)), generatedFolders);
  const stale = [...changed.map(({ path }) => path), ...extra];
  if (stale.length === 0) return 0;
  process.stderr.write(
    `${stale.map((path) => `stale: ${join(folder, path)}\n`).join("")}${join(folder, "crds")} has changed since these were generated. Fix it with: ${generateCommand(folder)}\n`,
  );
  return 1;
}

/** What generates the package anew: the target of its project, where the workspace has one. */
export function generateCommand(folder: string): string {
  const { nx } = packageJsonIn(folder) ?? {};
  const name = isObject(nx) ? nx["name"] : undefined;
  const hasTarget = isObject(nx) && isObject(nx["targets"]) && nx["targets"]["generate"] !== undefined;
  return typeof name === "string" && hasTarget
    ? `pnpm exec nx run ${name}:generate`
    : `crd-codegen generate --package ${folder}`;
}

/** The package.json of a folder; undefined where there is none. */
export function packageJsonIn(folder: string): Json | undefined {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
