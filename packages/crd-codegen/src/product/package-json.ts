import { readFileSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { isObject, type Json } from "../model/schema.ts";

/** What a package has for others: the condition that tells types from code, and the file of each. */
export type Exports = {
  readonly [path: string]: string | { readonly types: string; readonly default: string };
};

/**
 * The package.json of a package that is generated. Of one that is there already, only what follows from the CRDs is
 * another: `exports`, and the libraries that the validators need.
 *
 * @param name the name that it has, or is to have.
 * @param entries the modules below `dist`, by the paths by which they are imported.
 * @param imported the libraries that the modules import.
 */
export function packageJson(
  earlier: Json | undefined,
  name: string,
  entries: ReadonlyMap<string, string>,
  imported: readonly string[],
): string {
  const modules = [...entries].map(([path, module]) => [
    path,
    { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` },
  ]);
  const exports: Exports = {
    ...Object.fromEntries(modules),
    "./manifests/*": "./manifests/*",
    "./schemas/*": "./schemas/*",
    "./package.json": "./package.json",
  };
  const known = isObject(earlier?.["dependencies"]) ? earlier["dependencies"] : {};
  const needed = Object.fromEntries(
    imported.map((library) => [library, known[library] ?? `^${libraryVersion(library)}`]),
  );
  const dependencies = Object.fromEntries(
    Object.entries({ ...known, ...needed }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { dependencies: _, ...rest }: Json = { ...fresh(name), ...earlier, name, exports };
  const whole = Object.keys(dependencies).length > 0 ? { ...rest, dependencies } : rest;
  return `${JSON.stringify(whole, null, 2)}\n`;
}

const fresh = (name: string): Json => ({
  name,
  version: "0.1.0",
  description: "Types, validators and JSON Schemas of custom resources",
  license: "SEE LICENSE IN LICENSE.md",
  files: ["dist", "manifests", "schemas"],
  type: "module",
  sideEffects: false,
});

/** The version of a library that this very command has: what is generated was tried with it. */
function libraryVersion(library: string): string {
  const file = findPackageJSON(library, import.meta.url) ?? createRequire(import.meta.url).resolve(library);
  const { version }: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return version;
}

/** The libraries that modules import, in the order of their names. */
export function librariesIn(contents: readonly string[]): string[] {
  const names = contents.flatMap((content) =>
    [...content.matchAll(/^import .*from "([^."][^"]*)";$/gm)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].toSorted();
}
