import { parseArgs } from "node:util";
import { importKustomize, problemsOf, verdictsOn } from "@atlas/import-kustomize";
import type { Problem } from "@atlas/compose";

// Imports a folder as a command would. A process of its own loads the sources as Node does, and starts with none of them.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: "string" }, partial: { type: "boolean", default: false } },
});
const [folder = "."] = positionals;

/** A problem as a block of lines. */
function textOf({
  object,
  path,
  file,
  line,
  column,
  what,
  places = [],
  expected,
  fix,
}: Problem<string>): string {
  const position = [file, line, column].filter((part) => part !== undefined).join(":");
  const entries = [
    ...places.map((place) => [place.label, [place.file, place.line, place.column].join(":")]),
    ["expected", expected],
    ["fix", fix],
  ].filter(([, text]) => text !== undefined);
  return [
    ["import", object, path, position, what].filter(Boolean).join(": "),
    ...entries.map(([label, text]) => `  ${`${label}:`.padEnd(9)} ${text}`),
    "",
  ].join("\n");
}

try {
  const { layers, notes, isOther, isWhole } = await importKustomize({
    folder,
    output: values.output ?? "imported",
    isPartial: values.partial,
  });
  for (const note of notes) process.stderr.write(textOf({ ...note, what: `note: ${note.what}` }));
  process.stderr.write(isOther ? "written\n" : "unchanged\n");
  process.stdout.write(layers.map((layer) => `${verdictsOn(layer).join("\n")}\n`).join(""));
  if (!isWhole) process.exitCode = 1;
} catch (error) {
  const problems = problemsOf(error);
  process.stderr.write(problems?.map(textOf).join("\n") ?? `fault: ${String(error)}\n`);
  process.exitCode = problems ? 2 : 3;
}
