import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { helpText, readCommandLine, UsageError, type Values } from "./cli/command-line.ts";
import { expectShortRun } from "./cli/short-run.ts";
import { explainField } from "./commands/explain.ts";
import { checkGenerated, runGenerate } from "./commands/generate.ts";
import { runImport } from "./commands/import.ts";
import { checkPackage, isMade, make, update } from "./commands/make.ts";
import { validateFiles } from "./commands/validate.ts";
import type { CrdImportOptions, Descriptions } from "./import-crds.ts";
import { formatProblems, InputError } from "./problem.ts";

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
  return isMade(folder) ? checkPackage(folder) : checkGenerated(folder);
}

function runMake(sources: readonly string[], values: Values): Promise<number> {
  const { output, context, descriptions, name } = values;
  const isCluster = values.cluster === true;
  if (context !== undefined && !isCluster) throw new UsageError("--context needs --cluster");
  const all = [...sources, ...(isCluster ? [`cluster:${context ?? ""}`] : [])];
  if (all.length === 0) throw new UsageError("no SOURCE was named");
  if (output === undefined || output === "")
    throw new UsageError("--output is missing, the folder of the package");
  if (descriptions !== undefined && descriptions !== "upstream" && descriptions !== "none")
    throw new UsageError(`--descriptions ${JSON.stringify(descriptions)}: expected upstream or none`);
  if (name !== undefined && !isNpmName(name))
    throw new UsageError(
      `--name ${JSON.stringify(name)}: expected a name that npm takes, in small letters: shop-types or @example/shop-types`,
    );
  return make(all, output, { name, descriptions });
}

/** Whether npm takes a name for a package, with a scope or without one. */
function isNpmName(name: string): boolean {
  return name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name);
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
