import { readFileSync } from "node:fs";
import { follow, placeOf, type Place } from "@atlas/compose/places";
import type { CallExpression } from "oxc-parser";
import { originalPlace, type PlaceInText } from "./original-place.ts";
import { readYaml } from "./read-yaml.ts";
import { pathOf, sourceModule, type SourceModule } from "./source-module.ts";
import { spotOfFields, type Spot } from "./source-value.ts";

/**
 * The very place of a value, and the text of its file: in the call or the YAML file that the place names, the field that
 * is meant is looked for. Undefined where the file cannot be read.
 */
export function refinePlace(place: Place): PlaceInText | undefined {
  try {
    const file = pathOf(place.file);
    return /\.(?:ya?ml|json)$/.test(file) ? inData({ ...place, file }) : inCode({ ...place, file });
  } catch {
    return undefined;
  }
}

function inData({ file, line, column, within }: Place): PlaceInText {
  const bytes = readFileSync(file);
  const text = bytes.toString("utf8");
  if (!within) return { file, text, line, column };
  const [value] = readYaml(bytes, file);
  const exact = placeOf(value, follow(value, within.fields)) ?? { line, column };
  return { file, text, line: exact.line, column: exact.column };
}

function inCode({ file, line, column, within }: Place): PlaceInText {
  const module = sourceModule(file);
  if (!module) return { file, text: readFileSync(file, "utf8"), line, column };
  const offset = offsetOf(module.text, line, column);
  const call = within?.argument === undefined ? undefined : callAt(module, offset);
  const spot = call
    ? spotOfFields(module, call, within?.argument ?? 0, within?.fields ?? [])
    : { module, offset };
  return originalPlace(positionOf(spot));
}

/** The call whose position V8 has noted: of a function's name, or of the bracket where the function has none. */
function callAt(module: SourceModule, offset: number): CallExpression | undefined {
  return module.calls.find((call) => positionOfCall(call, module.text) === offset);
}

function positionOfCall({ callee }: CallExpression, text: string): number {
  if (callee.type === "Identifier") return callee.start;
  if (callee.type === "MemberExpression") return callee.property.start;
  return text.indexOf("(", callee.end);
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let row = 1; row < line; row++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

function positionOf({ module: { file, text }, offset }: Spot): PlaceInText {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { file, text, line: before.split("\n").length, column: offset - start + 1 };
}
