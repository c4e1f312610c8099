import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KindDefinitions, WholeObject } from "./object-predictions.ts";
import { places } from "./workspace.ts";

/** The CRDs that a workspace generates, as a cluster takes them, by their names. */
export function definitionsIn(root: string): KindDefinitions {
  const folder = join(root, places.types, "manifests");
  return new Map(
    readdirSync(folder).map((name) => {
      const crd: WholeObject = parse(readFileSync(join(folder, name), "utf8"));
      return [crd.metadata.name, crd];
    }),
  );
}
