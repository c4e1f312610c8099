import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Text } from "../read/documents.ts";

/** The names of the files in which a package has its compact sources. */
export const sourceFiles = (folder: string): string[] =>
  readdirSync(join(folder, "crds")).filter((name) => name.endsWith(".yaml"));

/** The compact sources of a package. */
export const compactSourcesOf = (folder: string): Text[] =>
  sourceFiles(folder).map((name) => {
    const file = join(folder, "crds", name);
    return { file, text: readFileSync(file, "utf8") };
  });
