import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import type { Changes } from "@atlas/files";
import { affectedFiles, formatAffected, workspaceOf } from "./api/affected.ts";
import { apiChanges, isKind, type ApiChange } from "./api/api-change.ts";
import { changesetOf, formatReport } from "./api/api-report.ts";
import { apiOf, type ApiPart } from "./api/api.ts";
import { generate, generatedFolders } from "./generate.ts";
import { helpText, readCommandLine, UsageError, type Values } from "./cli/command-line.ts";
import { expectShortRun } from "./cli/short-run.ts";
import { changeIn } from "./commands/change.ts";
import { explainField } from "./commands/explain.ts";
import { checkPackage, isMade, make, update } from "./commands/make.ts";
import { validateFiles } from "./commands/validate.ts";
import { sourceFiles, compactSourcesOf } from "./commands/compact-sources.ts";
import { compactCrds, compactFiles, type Descriptions, type CrdImportOptions } from "./import-crds.ts";
import { readInputs } from "./sources/sources.ts";
import { modelOf, readModel } from "./read/model.ts";
import type { Model } from "./model/model.ts";
import { formatProblem, formatProblems, InputError } from "./problem.ts";
import type { Text } from "./read/documents.ts";
import { isObject, type Json } from "./model/schema.ts";
import type { OutputFile } from "./emit/output-file.ts";
import { compareFiles, writeFiles } from "./emit/write.ts";

expectShortRun();

// What is said to nobody, or on a full disk, is lost; the exit code says that it was.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exitCode = 2;
});
process.stderr.on("error", () => {});

try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  const [code, text] = describeError(error);
  process.exitCode = code;
  process.stderr.write(`${text}\n`);
}

async function runCommandLine(args: string[]): Promise<number> {
  const request = readCommandLine(args);
  if ("help" in request) {
    process.stdout.write(helpText(request.help));
    return 0;
  }
  if ("version" in request) {
    process.stdout.write(`${generatorVersion()}\n`);
    return 0;
  }
  const { command, operands, values } = request;
  if (command === "import") return runImport(operands, values.package ?? ".", importOptions(values));
  if (command === "make") return runMake(operands, values);
  if (command === "validate") {
    if (operands.length === 0) throw new UsageError("validate needs a FILE, or - for stdin");
    return validateFiles(operands, values.crds ?? ["."], values.complete ?? false);
  }
  if (command === "explain") {
    const [kind, path = "", ...more] = kindAndField(operands);
    if (kind === undefined || more.length > 0)
      throw new UsageError("explain needs a KIND and at most one FIELD");
    return explainField(kind, path, values.crds ?? ["."]);
  }
  return runInFolder(command, operands, values);
}

/** What works on one package, which is named as an operand or an option. */
function runInFolder(
  command: "update" | "check" | "generate",
  operands: readonly string[],
  values: Values,
): Promise<number> {
  const [folder = values.package ?? ".", ...more] = operands;
  if (more.length > 0) throw new UsageError(`${command} takes one folder, not also ${more.join(" ")}`);
  if (command === "update") return update(folder);
  if (command === "generate") return runGenerate(folder);
  return isMade(folder) ? checkPackage(folder) : runCheck(folder);
}

function runMake(sources: readonly string[], values: Values): Promise<number> {
  const { output, context, descriptions } = values;
  const isCluster = values.cluster === true;
  if (context !== undefined && !isCluster) throw new UsageError("--context needs --cluster");
  const all = [...sources, ...(isCluster ? [`cluster:${context ?? ""}`] : [])];
  if (all.length === 0) throw new UsageError("no SOURCE was named");
  if (output === undefined || output === "")
    throw new UsageError("--output is missing, the folder of the package");
  if (descriptions !== undefined && descriptions !== "upstream" && descriptions !== "none")
    throw new UsageError(`--descriptions ${JSON.stringify(descriptions)}: expected upstream or none`);
  return make(all, output, { name: values.name, descriptions });
}

function importOptions({
  descriptions,
  group,
  whole = false,
  expect: expected = [],
}: Values): CrdImportOptions {
  if (group === undefined && (whole || expected.length > 0))
    throw new UsageError("--whole and --expect need a --group");
  return {
    descriptions: descriptionsOf(descriptions),
    release: group === undefined ? undefined : { group, whole, expected },
  };
}

/** `KIND.FIELD` is written as well as `KIND FIELD`, as kubectl has it; after another dot comes a group. */
function kindAndField(operands: readonly string[]): readonly string[] {
  const [named, ...more] = operands;
  if (named === undefined || more.length > 0) return operands;
  const [, kind, path] = /^([^./]+)\.((?:spec|status|metadata|apiVersion|kind)(?:\..+)?)$/.exec(named) ?? [];
  return kind === undefined || path === undefined ? operands : [kind, path];
}

function generatorVersion(): string {
  const file = createRequire(import.meta.url).resolve("@atlas/crd-codegen/package.json");
  return JSON.parse(readFileSync(file, "utf8")).version;
}

function descriptionsOf(text = "upstream"): Descriptions {
  const found = (["upstream", "own", "none"] as const).find((name) => name === text);
  if (found === undefined)
    throw new UsageError(`--descriptions ${JSON.stringify(text)}: expected upstream, own or none`);
  return found;
}

async function runImport(
  inputs: readonly string[],
  folder: string,
  options: CrdImportOptions,
): Promise<number> {
  const texts = await readInputs(inputs.length > 0 ? inputs : ["-"]);
  return changeIn(folder, (changes) => importInto(folder, texts, options, changes));
}

function importInto(
  folder: string,
  texts: readonly Text[],
  options: CrdImportOptions,
  files: Changes,
): number {
  const sources = join(folder, "crds");
  const earlier: Model = existsSync(sources)
    ? readModel(compactSourcesOf(folder))
    : { crds: [], definitions: {} };
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
  const { nx } = packageJsonIn(folder) ?? {};
  const name = isObject(nx) ? nx["name"] : undefined;
  const hasTarget = isObject(nx) && isObject(nx["targets"]) && nx["targets"]["generate"] !== undefined;
  return typeof name === "string" && hasTarget
    ? `pnpm exec nx run ${name}:generate`
    : `crd-codegen generate --package ${folder}`;
}

function packageName(folder: string): string | undefined {
  const { name } = packageJsonIn(folder) ?? {};
  return typeof name === "string" ? name : undefined;
}

function packageJsonIn(folder: string): Json | undefined {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function runGenerate(folder: string): Promise<number> {
  return changeIn(folder, (changes) => generateInto(folder, changes));
}

async function generateInto(folder: string, changes: Changes): Promise<number> {
  const files = await generate(compactSourcesOf(folder));
  const differences = compareFiles(folder, files, generatedFolders);
  writeFiles(changes, folder, differences);
  for (const { path } of differences.changed) process.stderr.write(`wrote ${join(folder, path)}\n`);
  for (const path of differences.extra) process.stderr.write(`removed ${join(folder, path)}\n`);
  for (const { warning } of files) if (warning) process.stderr.write(`warning: ${formatProblem(warning)}\n`);
  const missing = missingLibraries(files, packageJsonIn(folder));
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
  const { changed, extra } = compareFiles(folder, await generate(compactSourcesOf(folder)), generatedFolders);
  const stale = [...changed.map(({ path }) => path), ...extra];
  if (stale.length === 0) return 0;
  process.stderr.write(
    `${stale.map((path) => `stale: ${join(folder, path)}\n`).join("")}${join(folder, "crds")} has changed since these were generated. Fix it with: ${generateCommand(folder)}\n`,
  );
  return 1;
}

/** The exit code of an error and what is said of it. */
function describeError(error: unknown): [number, string] {
  if (error instanceof InputError) return [2, formatProblems(error.problems)];
  if (error instanceof UsageError) return [2, `crd-codegen: ${error.message}\nTry: crd-codegen --help`];
  const isFileError = error instanceof Error && "syscall" in error;
  if (isFileError) return [2, `crd-codegen: ${error.message}`];
  return [
    3,
    `crd-codegen: a fault of crd-codegen itself, please report it:\n${error instanceof Error ? error.stack : String(error)}`,
  ];
}
