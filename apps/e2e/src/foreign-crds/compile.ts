import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { root } from "../workspace/workspace-copy.ts";

const rootOf = (name: string, from: NodeJS.Require): string => dirname(from.resolve(`${name}/package.json`));
const ofGenerator = createRequire(join(root, "packages/crd-codegen/package.json"));

/** Every compiler that a consumer may have, the newest last. */
const compilerRoots = [
  rootOf("typescript-5", ofGenerator),
  rootOf("typescript-6", ofGenerator),
  rootOf("typescript", createRequire(join(root, "package.json"))),
];

/**
 * Makes what was generated in the folder a package, and compiles it with each TypeScript.
 *
 * @returns what is wrong, a line each.
 */
export async function compileErrors(folder: string): Promise<string[]> {
  for (const library of ["@marcbachmann/cel-js", "re2js"]) {
    const link = join(folder, "node_modules", library);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "packages/crd-codegen/node_modules", library), link);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const errors: string[] = [];
  for (const compiler of compilerRoots) errors.push(...(await errorsIn(folder, "src", compiler)));
  return errors.map((error) => error.split("\n").slice(0, 5).join("; "));
}

/** The errors of TypeScript 7 in one file of the folder, a line each. */
export async function errorsInFile(folder: string, file: string): Promise<string[]> {
  const errors = await errorsIn(folder, file, compilerRoots.at(-1) ?? "");
  // What a line goes on with explains it.
  return errors.flatMap((error) => error.split("\n")).filter((line) => /^\S/.test(line));
}

async function errorsIn(folder: string, include: string, compiler: string): Promise<string[]> {
  const tsconfig = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      isolatedDeclarations: true,
      noPropertyAccessFromIndexSignature: true,
      skipLibCheck: false,
    },
    include: [include],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const { bin, version } = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
  const { exitCode, stdout } = await execa(process.execPath, [join(compiler, bin.tsc), "-p", folder], {
    reject: false,
    cwd: folder,
  });
  return exitCode === 0 ? [] : [`TypeScript ${version}: ${stdout}`];
}
