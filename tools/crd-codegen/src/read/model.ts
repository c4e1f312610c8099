import { basename } from "node:path";
import { kubernetesFile, type Definitions } from "../model/crd.ts";
import { definitionsUnder, type Model } from "../model/model.ts";
import { isObject, subschemas } from "../model/schema.ts";
import { InputError } from "../problem.ts";
import { readCrds } from "./crds.ts";
import { formatPath, readDocuments, type Text } from "./documents.ts";

/**
 * Reads compact sources.
 *
 * @throws InputError with every problem of every file.
 */
export function readModel(texts: readonly Text[]): Model {
  const shared = texts.find(({ file }) => basename(file) === kubernetesFile);
  const crds = readCrds(
    texts.filter((text) => text !== shared),
    true,
  );
  const definitions = shared ? readDefinitions(shared) : {};
  const circles = circlesIn(definitions);
  if (shared && circles.length > 0)
    throw new InputError(
      circles.map((name) => ({
        file: shared.file,
        path: formatPath(["$defs", name]),
        what: "holds itself, and no CRD can: what a cluster takes is written out in full",
        mend: "Put x-kubernetes-preserve-unknown-fields where it starts again",
      })),
    );
  return {
    crds: crds.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    definitions,
  };
}

/** The definitions that a reference leads from back to themselves. */
function circlesIn(definitions: Definitions): string[] {
  return Object.keys(definitions).filter((name) =>
    subschemas(definitions[name] ?? {}).some(([, sub]) => definitionsUnder(sub, definitions).has(name)),
  );
}

function readDefinitions(text: Text): Definitions {
  const { sources, problems } = readDocuments(text);
  if (problems.length > 0) throw new InputError(problems);
  const value = sources[0]?.value;
  const definitions = isObject(value) ? value["$defs"] : undefined;
  if (isObject(definitions)) return definitions as Definitions;
  throw new InputError([
    { file: text.file, path: "$defs", what: "is missing, an object of schemas was expected" },
  ]);
}
