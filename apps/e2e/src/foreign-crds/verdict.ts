import { globSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { execa } from "execa";
import { parseAllDocuments } from "yaml";
import { downloadModule } from "../workspace/go-modules.ts";
import type { Project } from "./projects.ts";

const workspace = fileURLToPath(new URL("../../../..", import.meta.url));
const generator = join(workspace, "packages/crd-codegen/src/main.ts");
const dependencies = createRequire(generator);
const rootOf = (name: string, from: NodeJS.Require): string => dirname(from.resolve(`${name}/package.json`));

/** Every compiler that a consumer may have. */
const compilers = [
  rootOf("typescript-5", dependencies),
  rootOf("typescript-6", dependencies),
  rootOf("typescript", createRequire(join(workspace, "package.json"))),
];

/**
 * Imports a project's CRDs, generates a package of them in the folder, compiles it with TypeScript 5.9, 6 and 7, and holds
 * the CRDs that come out against those that went in.
 *
 * @param folder an empty folder.
 * @returns what is wrong, a line each; nothing where all is as it should be.
 */
export async function verdictOf(project: Project, folder: string): Promise<string[]> {
  const module = await downloadModule(project);
  const sources = project.crds.map((path) => join(module, path));
  for (const args of [["import", ...sources], ["generate"]]) {
    const { exitCode, stderr } = await run([generator, ...args, "--package", folder]);
    if (exitCode !== 0) return [`${project.name}: ${args[0]} ends with ${exitCode}: ${stderr}`];
  }
  const problems = [...differences(sources, folder), ...(await compileErrors(folder))];
  return problems.map((problem) => `${project.name}: ${problem}`);
}

const run = (args: readonly string[]) =>
  execa(process.execPath, ["--conditions=@atlas/source", ...args], { reject: false, cwd: workspace });

interface Crd {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What is another CRD than it was, but for what an API server adds. */
function differences(sources: readonly string[], folder: string): string[] {
  const given = sources.flatMap(filesIn).flatMap(crdsIn);
  const made = new Map(
    filesIn(join(folder, "manifests"))
      .flatMap(crdsIn)
      .map((crd) => [crd.metadata.name, crd]),
  );
  if (given.length === 0) return ["no CRD was found"];
  return given.flatMap((crd) =>
    isDeepStrictEqual(written(crd), written(made.get(crd.metadata.name)))
      ? []
      : [`${crd.metadata.name} comes out as another one`],
  );
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return globSync("**/*.yaml", { cwd: path }).map((file) => join(path, file));
}

function crdsIn(file: string): Crd[] {
  const documents = parseAllDocuments(readFileSync(file, "utf8"), { intAsBigInt: true });
  return documents.flatMap((document) => {
    const value: Crd | null = document.toJS();
    return value?.kind === "CustomResourceDefinition" ? [value] : [];
  });
}

function written(crd: Crd | undefined): unknown {
  if (!crd) return undefined;
  const { status: _status, metadata, ...rest } = crd;
  const { creationTimestamp: _created, annotations = {}, ...own } = metadata;
  return { ...rest, metadata: { ...own, annotations } };
}

async function compileErrors(folder: string): Promise<string[]> {
  for (const library of ["@marcbachmann/cel-js", "re2js"]) {
    const link = join(folder, "node_modules", library);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(workspace, "packages/crd-codegen/node_modules", library), link);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const tsconfig = {
    extends: join(workspace, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      types: ["node"],
      typeRoots: [join(workspace, "node_modules/@types")],
      isolatedDeclarations: true,
      noPropertyAccessFromIndexSignature: true,
      skipLibCheck: false,
    },
    include: ["src"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const errors: string[] = [];
  for (const compiler of compilers) {
    const { bin, version } = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
    const { exitCode, stdout } = await run([join(compiler, bin.tsc), "-p", folder]);
    if (exitCode !== 0) errors.push(`TypeScript ${version}: ${stdout.split("\n").slice(0, 5).join("; ")}`);
  }
  return errors;
}
