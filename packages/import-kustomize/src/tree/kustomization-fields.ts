import { sourceTransforms } from "../transforms/transforms.ts";
import { isBlank, isYamlRecord, placeIn, report, takeOver, type Cursor } from "../read/cursor.ts";
import { reportUnknownField } from "../read/fields.ts";
import { note } from "../model/log.ts";

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
  ...sourceTransforms.flatMap(({ saidBy }) => saidBy),
  "configMapGenerator",
  "secretGenerator",
  "generatorOptions",
];

/** The fields whose outcome is taken from what Kustomize builds. */
const settled = [
  "vars",
  "replacements",
  "configurations",
  "transformers",
  "generators",
  "buildMetadata",
  "crds",
  "openapi",
  "imageTags",
];

/** The fields that change no object, and why. */
const fieldsWithoutEffect: Readonly<Record<string, string>> = {
  sortOptions: "objects come out in an order in which they can be applied",
  validators: "they check objects, and change none",
  metadata: "it describes the kustomization, not an object",
};

const renderFirst = "render it into files first, and list those under resources";

/** The fields that have no counterpart, and what to do instead. */
const unsupportedFields: Readonly<Record<string, string>> = {
  helmCharts: renderFirst,
  helmGlobals: renderFirst,
  helmChartInflationGenerator: renderFirst,
  inventory: "leave it to the tool that applies",
};

/** Reports the fields of a kustomization that cannot be imported; notes those that change nothing. */
export function checkKustomization(root: Cursor): void {
  if (!isYamlRecord(root.value)) return;
  for (const [name, value] of Object.entries(root.value)) {
    const place = placeIn(root.value, name, root.place);
    const at = { ...root, place, path: name };
    const fix = Object.hasOwn(unsupportedFields, name) ? unsupportedFields[name] : undefined;
    const why = Object.hasOwn(fieldsWithoutEffect, name) ? fieldsWithoutEffect[name] : undefined;
    if (fix !== undefined) {
      if (!isBlank(value))
        report(at, `${name} has no counterpart and cannot be imported`, "what @atlas/compose has", fix);
    } else if (why !== undefined)
      note(root.log, { ...place, path: name, code: "import-left-out", what: `${name} is left out: ${why}` });
    else if (settled.includes(name) || isMisspeltField(name)) {
      if (!isBlank(value)) takeOver(at, name);
    } else if (!imported.includes(name))
      reportUnknownField(at, name, [...imported, ...settled, ...Object.keys(unsupportedFields)]);
  }
}

/** Whether a name is that of a field in other letters, which Kustomize takes for it. */
function isMisspeltField(name: string): boolean {
  const known = [...imported, ...settled];
  return !known.includes(name) && known.some((other) => other.toLowerCase() === name.toLowerCase());
}
