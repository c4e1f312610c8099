import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { changeFiles, type Changes } from "@atlas/files";
import { affectedFiles, formatAffected, workspaceOf } from "./api/affected.ts";
import { apiChanges, isKind, type ApiChange } from "./api/api-change.ts";
import { changesetOf, formatReport } from "./api/api-report.ts";
import { apiOf, type ApiPart } from "./api/api.ts";
import { generate, generatedFolders } from "./generate.ts";
import { compactCrds, compactFiles, type Descriptions, type ImportOptions } from "./import-crds.ts";
import { readInputs } from "./read/inputs.ts";
import { modelOf, readModel } from "./read/model.ts";
import type { Model } from "./model/model.ts";
import { formatProblem, formatProblems, InputError } from "./problem.ts";
import type { Text } from "./read/documents.ts";
import { isObject, type Json } from "./model/schema.ts";
import { compareFiles, writeFiles, type OutputFile } from "./emit/write.ts";

const usage = `Usage:
  crd-codegen import [FILE|DIR|URL|-]… [--package DIR]
                                                     upstream CRDs to compact sources in DIR/crds
         [--descriptions upstream|own|none]          which descriptions to keep: upstream's, unless it is said; own are
                                                     those of DIR/crds, written by hand
         [--group GROUP [--whole] [--expect NAME]…]  as a release's: all of GROUP, none of the sources' missing; with
                                                     --whole, these are removed; with --expect, these CRDs and no others
  crd-codegen generate [--package DIR]               types, validators, JSON Schemas and full CRDs from DIR/crds
  crd-codegen check [--package DIR]                  whether what is generated is what the sources give

DIR is packages/crd-types unless said otherwise. Without a file, import reads stdin.
`;

class UsageError extends Error {}

// What is said to nobody, or on a full disk, is lost; the exit code says that it was.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exitCode = 2;
});
process.stderr.on("error", () => {});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const [code, text] = describeError(error);
  process.exitCode = code;
  process.stderr.write(`${text}\n`);
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(args);
  const [command, ...inputs] = positionals;
  const folder = values.package ?? "packages/crd-types";
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { group, whole = false, expect: expected = [] } = values;
  const isRelease = whole || expected.length > 0;
  if (group === undefined && isRelease) throw new UsageError("--whole and --expect need a --group");
  if (values.descriptions !== undefined && command !== "import")
    throw new UsageError("--descriptions is an option of import");
  if (group !== undefined && command !== "import") throw new UsageError("--group is an option of import");
  if (command === "import")
    return runImport(inputs, folder, {
      descriptions: descriptionsOf(values.descriptions),
      release: group === undefined ? undefined : { group, whole, expected },
    });
  if (inputs.length > 0) throw new UsageError(`${command} takes no file: ${inputs.join(" ")}`);
  if (command === "generate") return runGenerate(folder);
  if (command === "check") return runCheck(folder);
  throw new UsageError(command === undefined ? "no command" : `unknown command "${command}"`);
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        package: { type: "string" },
        descriptions: { type: "string" },
        help: { type: "boolean" },
        group: { type: "string" },
        whole: { type: "boolean" },
        expect: { type: "string", multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function descriptionsOf(text = "upstream"): Descriptions {
  const found = (["upstream", "own", "none"] as const).find((name) => name === text);
  if (found === undefined)
    throw new UsageError(`--descriptions ${JSON.stringify(text)}: expected upstream, own or none`);
  return found;
}

async function runImport(inputs: readonly string[], folder: string, options: ImportOptions): Promise<number> {
  const texts = await readInputs(inputs.length > 0 ? inputs : ["-"]);
  return change(folder, (changes) => importInto(folder, texts, options, changes));
}

function importInto(folder: string, texts: readonly Text[], options: ImportOptions, files: Changes): number {
  const sources = join(folder, "crds");
  const earlier: Model = existsSync(sources) ? readModel(readSources(folder)) : { crds: [], definitions: {} };
  const compact = compactCrds(texts, earlier, {
    ...options,
    onOther: (file) => process.stderr.write(`passed over ${file}: it holds no CustomResourceDefinition\n`),
  });
  const imported = compactFiles(compact);
  const { changed } = compareFiles(sources, imported, []);
  // What was read and is not written again is a kind that is gone, or lies in a file of another name now.
  const written = new Set(imported.map(({ path }) => path));
  const extra = existsSync(sources) ? sourceFiles(folder).filter((name) => !written.has(name)) : [];
  const differences = { changed, extra };
  const after = apiOf(modelOf(compact.crds, compact.definitions));
  const changes = apiChanges(apiOf(earlier), after);
  writeFiles(files, sources, differences);
  for (const { path } of differences.changed) process.stderr.write(`wrote ${join(sources, path)}\n`);
  for (const path of differences.extra) process.stderr.write(`removed ${join(sources, path)}\n`);
  if (earlier.crds.length > 0) reportChanges(changes, after, folder, files);
  process.stderr.write(`Now describe new fields there, then: ${generateCommand(folder)}\n`);
  return 0;
}

/** Says what an import does to the API, and leaves a changeset for it. */
function reportChanges(
  changes: readonly ApiChange[],
  after: readonly ApiPart[],
  folder: string,
  files: Changes,
): void {
  process.stdout.write(formatReport(changes));
  const workspace = workspaceOf(resolve(folder));
  const name = packageName(folder);
  const changeset = changesetOf(changes, name ?? "");
  if (!changeset) return;
  if (workspace === undefined || name === undefined) {
    process.stderr.write(
      `no changeset was written: ${folder} is not a package of a workspace with .changeset\n`,
    );
    return;
  }
  const affected = affectedFiles(
    workspace,
    resolve(folder),
    changes,
    after.map(({ name: part }) => part).filter(isKind),
  );
  process.stdout.write(formatAffected(affected));
  const written = { ...changeset, path: join(".changeset", changeset.path) };
  writeFiles(files, workspace, compareFiles(workspace, [written], []));
  process.stderr.write(`wrote ${join(workspace, written.path)}\n`);
}

/** What generates the package anew: the target of its project, where the workspace has one. */
function generateCommand(folder: string): string {
  const { nx } = readPackage(folder) ?? {};
  const name = isObject(nx) ? nx["name"] : undefined;
  const hasTarget = isObject(nx) && isObject(nx["targets"]) && nx["targets"]["generate"] !== undefined;
  return typeof name === "string" && hasTarget
    ? `pnpm exec nx run ${name}:generate`
    : `crd-codegen generate --package ${folder}`;
}

function packageName(folder: string): string | undefined {
  const { name } = readPackage(folder) ?? {};
  return typeof name === "string" ? name : undefined;
}

function readPackage(folder: string): Json | undefined {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Changes files as a whole or not at all, after what a killed run has left was taken back. */
function change<T>(folder: string, act: (changes: Changes) => T | Promise<T>): Promise<T> {
  const root = workspaceOf(resolve(folder)) ?? resolve(folder);
  return changeFiles(root, act, {
    onWait: () =>
      process.stderr.write(`another process changes files in ${root}; waiting until it is done\n`),
    onRecovery: ({ kept }) => {
      process.stderr.write("took back what a run that was killed had left\n");
      for (const path of kept) process.stderr.write(`left as it is, for it was changed since: ${path}\n`);
    },
  });
}

function runGenerate(folder: string): Promise<number> {
  return change(folder, (changes) => generateInto(folder, changes));
}

async function generateInto(folder: string, changes: Changes): Promise<number> {
  const files = await generate(readSources(folder));
  const differences = compareFiles(folder, files, generatedFolders);
  writeFiles(changes, folder, differences);
  for (const { path } of differences.changed) process.stderr.write(`wrote ${join(folder, path)}\n`);
  for (const path of differences.extra) process.stderr.write(`removed ${join(folder, path)}\n`);
  for (const { warning } of files) if (warning) process.stderr.write(`warning: ${formatProblem(warning)}\n`);
  const missing = missingLibraries(files, readPackage(folder));
  for (const name of missing)
    process.stdout.write(
      `${join(folder, "package.json")}: ${name} is missing from the dependencies: src/generated imports it. Fix it with: pnpm --dir ${folder} add ${name}\n`,
    );
  return missing.length > 0 ? 1 : 0;
}

/** The libraries that generated code imports and the package does not depend on; none where there is no package. */
function missingLibraries(files: readonly OutputFile[], manifest: Json | undefined): string[] {
  const imported = files.flatMap(({ path, content }) =>
    path.endsWith(".ts")
      ? [...content.matchAll(/^import .* from "([^."][^"]*)";$/gm)].map(([, name = ""]) => name)
      : [],
  );
  const known = new Set(
    ["dependencies", "peerDependencies"].flatMap((key) => {
      const names = manifest?.[key];
      return isObject(names) ? Object.keys(names) : [];
    }),
  );
  return manifest === undefined ? [] : [...new Set(imported)].filter((name) => !known.has(name));
}

async function runCheck(folder: string): Promise<number> {
  const { changed, extra } = compareFiles(folder, await generate(readSources(folder)), generatedFolders);
  const stale = [...changed.map(({ path }) => path), ...extra];
  if (stale.length === 0) return 0;
  process.stderr.write(
    `${stale.map((path) => `stale: ${join(folder, path)}\n`).join("")}${join(folder, "crds")} has changed since these were generated. Fix it with: ${generateCommand(folder)}\n`,
  );
  return 1;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(folder, "crds")).filter((name) => name.endsWith(".yaml"));
}

function readSources(folder: string): Text[] {
  const sources = join(folder, "crds");
  return sourceFiles(folder).map((name) => ({
    file: join(sources, name),
    text: readFileSync(join(sources, name), "utf8"),
  }));
}

/** The exit code of an error and what is said of it. */
function describeError(error: unknown): [number, string] {
  if (error instanceof InputError) return [2, formatProblems(error.problems)];
  if (error instanceof UsageError) return [2, `crd-codegen: ${error.message}\n${usage}`];
  const isFileError = error instanceof Error && "syscall" in error;
  if (isFileError) return [2, `crd-codegen: ${error.message}`];
  return [
    3,
    `crd-codegen: a fault of crd-codegen itself, please report it:\n${error instanceof Error ? error.stack : String(error)}`,
  ];
}
