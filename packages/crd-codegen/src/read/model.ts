import { basename } from "node:path";
import { kubernetesFile, mapSchemas, type Crd, type SharedDefinitions } from "../model/crd.ts";
import { definitionName, localPrefix, mapReferences } from "../model/expand.ts";
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
  const definitions = shared ? readDefinitions(shared) : {};
  const crds = readCrds(
    texts.filter((text) => text !== shared),
    definitions,
  );
  return modelOf(crds, definitions, shared?.file);
}

/**
 * The model of compact CRDs.
 *
 * @param shared the definitions that they share, by their names.
 * @param file what holds these.
 * @throws InputError where a definition holds itself.
 */
export function modelOf(
  crds: readonly Crd[],
  shared: SharedDefinitions,
  file: string = kubernetesFile,
): Model {
  const definitions: SharedDefinitions = Object.assign({}, shared, ...crds.map(ownDefinitions));
  const circles = circlesIn(definitions);
  if (circles.length > 0)
    throw new InputError(
      circles.map((key) => ({
        code: "reference-broken",
        file: key.includes("#") ? key.slice(0, key.indexOf("#")) : file,
        path: formatPath(["$defs", definitionName(key)]),
        what: "holds itself, and no CRD can: what a cluster takes is written out in full",
        fix: "Put x-kubernetes-preserve-unknown-fields where it starts again",
      })),
    );
  return {
    crds: crds.map(qualifiedCrd).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    definitions,
  };
}

/** A reference that is told from those of other CRDs. */
const qualify =
  ({ metadata }: Crd) =>
  (reference: string): string =>
    reference.startsWith(localPrefix) ? `${metadata.name}${reference}` : reference;

function ownDefinitions(crd: Crd): SharedDefinitions {
  const { $defs = {} } = crd;
  return Object.fromEntries(
    Object.entries($defs).map(([name, schema]) => [
      qualify(crd)(`${localPrefix}${name}`),
      mapReferences(schema, qualify(crd)),
    ]),
  );
}

function qualifiedCrd(crd: Crd): Crd {
  const { $defs: _definitions, ...rest } = crd;
  return mapSchemas(rest, (schema) => mapReferences(schema, qualify(crd)));
}

/** The definitions that a reference leads from back to themselves. */
function circlesIn(definitions: SharedDefinitions): string[] {
  return Object.keys(definitions).filter((name) =>
    subschemas(definitions[name] ?? {}).some(([, sub]) => definitionsUnder(sub, definitions).has(name)),
  );
}

function readDefinitions(text: Text): SharedDefinitions {
  const { sources, problems } = readDocuments(text);
  if (problems.length > 0) throw new InputError(problems);
  const value = sources[0]?.value;
  const definitions = isObject(value) ? value["$defs"] : undefined;
  if (isObject(definitions)) return definitions as SharedDefinitions;
  throw new InputError([
    {
      code: "reference-broken",
      file: text.file,
      path: "$defs",
      what: "is missing, an object of schemas was expected",
    },
  ]);
}
