import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { declarationsIn, type DeclaredType } from "@atlas/typescript/read";

const folder = dirname(fileURLToPath(import.meta.resolve("kubernetes-types/package.json")));

/** What kubernetes-types declares, by module (`core/v1`) and name. */
export const declarations: ReadonlyMap<string, ReadonlyMap<string, DeclaredType>> = new Map(
  globSync("*/v*.d.ts", { cwd: folder })
    .toSorted()
    .map((file) => {
      const module = file.replaceAll("\\", "/").slice(0, -".d.ts".length);
      return [module, declarationsIn(readFileSync(`${folder}/${file}`, "utf8"), module).types] as const;
    }),
);
