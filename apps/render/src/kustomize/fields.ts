import { didYouMean } from "@atlas/compose";
import { isBlank, isYamlObject, placeIn, report, type Cursor } from "./cursor.ts";
import { note } from "./log.ts";

/** The fields of a kustomization that become something in the sources. */
const imported = [
  "apiVersion",
  "kind",
  "resources",
  "bases",
  "components",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "namespace",
  "labels",
  "commonLabels",
  "commonAnnotations",
  "images",
  "replicas",
  "configMapGenerator",
  "secretGenerator",
  "generatorOptions",
  // Whether these change an object shows when all is known.
  "crds",
  "openapi",
];

/** The fields that change no object, and why. */
const harmless: Readonly<Record<string, string>> = {
  sortOptions: "objects come out in an order in which they can be applied",
  metadata: "it describes the kustomization, not an object",
};

const inTypeScript = "say it in TypeScript: a function over the objects";
const renderFirst = "render it into files first, and list those under resources";

/** The fields that have no counterpart, and what to do instead. */
const unsupported: Readonly<Record<string, string>> = {
  namePrefix: "write the names out where the objects are declared",
  nameSuffix: "write the names out where the objects are declared",
  replacements: inTypeScript,
  vars: inTypeScript,
  buildMetadata: "put the labels or annotations that are meant under labels or commonAnnotations",
  configurations: "patch the objects that the configuration is to reach",
  transformers: inTypeScript,
  validators: "check the rendered objects instead",
  generators: renderFirst,
  helmCharts: renderFirst,
  helmGlobals: renderFirst,
  helmChartInflationGenerator: renderFirst,
  inventory: "leave it to the tool that applies",
  imageTags: "write it as images",
};

/** Reports the fields of a kustomization that cannot be imported; notes those that change nothing. */
export function checkFields(root: Cursor): void {
  if (!isYamlObject(root.value)) return;
  for (const [name, value] of Object.entries(root.value)) {
    const place = placeIn(root.value, name, root.place);
    const at = { ...root, place, path: name };
    const mend = Object.hasOwn(unsupported, name) ? unsupported[name] : undefined;
    const why = Object.hasOwn(harmless, name) ? harmless[name] : undefined;
    if (mend !== undefined) {
      if (!isBlank(value))
        report(at, `${name} has no counterpart and cannot be imported`, "what @atlas/compose has", mend);
    } else if (why !== undefined)
      note(root.log, { ...place, path: name, what: `${name} is left out: ${why}` });
    else if (!imported.includes(name)) reportUnknown(at, name, [...imported, ...Object.keys(unsupported)]);
  }
}

/** Reports the fields of an object within a kustomization that are none of those known. */
export function onlyFields(cursor: Cursor, known: readonly string[]): void {
  if (!isYamlObject(cursor.value)) {
    report(
      cursor,
      `got ${JSON.stringify(cursor.value)}`,
      `an object with ${known.join(", ")}`,
      "give an object",
    );
    return;
  }
  for (const name of Object.keys(cursor.value)) {
    const place = placeIn(cursor.value, name, cursor.place);
    if (!known.includes(name))
      reportUnknown({ ...cursor, place, path: `${cursor.path}.${name}` }, name, known);
  }
}

function reportUnknown(cursor: Cursor, name: string, known: readonly string[]): void {
  const mend = didYouMean(name, known, "take the field out");
  report(cursor, `the field "${name}" is not one that can be imported`, `one of: ${known.join(", ")}`, mend);
}
