import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../problem.ts";
import type { Text } from "../read/documents.ts";

/** The names of the files in which a package has its compact sources. */
export const sourceFiles = (folder: string): string[] =>
  readdirSync(join(folder, "crds")).filter((name) => name.endsWith(".yaml"));

/**
 * The compact sources of a package.
 *
 * @throws InputError where the folder has none.
 */
export function compactSourcesOf(folder: string): Text[] {
  const sources = join(folder, "crds");
  if (!existsSync(sources))
    throw new InputError([
      {
        code: "package-missing",
        file: sources,
        what: "is not there",
        fix: `Name the folder of a package that was made, or make one: crd-codegen SOURCE… --output DIR, or, of sources of its own, crd-codegen import SOURCE… --package ${folder}`,
      },
    ]);
  return sourceFiles(folder).map((name) => {
    const file = join(sources, name);
    return { file, text: readFileSync(file, "utf8") };
  });
}
