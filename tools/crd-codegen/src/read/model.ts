import { basename } from "node:path";
import { kubernetesFile, type Definitions } from "../model/crd.ts";
import type { Model } from "../model/model.ts";
import { isObject } from "../model/schema.ts";
import { InputError } from "../problem.ts";
import { readCrds } from "./crds.ts";
import { readDocuments, type Text } from "./documents.ts";

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
  return {
    crds: crds.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    definitions: shared ? readDefinitions(shared) : {},
  };
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
