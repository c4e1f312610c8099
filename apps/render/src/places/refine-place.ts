import { readFileSync } from "node:fs";
import { follow, placeOf, type Place } from "@atlas/compose/places";
import type { CallExpression } from "oxc-parser";
import { originalPlace, type PlaceInText } from "./original-place.ts";
import { readYaml } from "@atlas/input/yaml";
import { filePath, positionIn, sourceModule, type SourceModule } from "./source-module.ts";
import { spotOfFields } from "./source-value.ts";

/**
 * The very place of a value, and the text of its file: in the call or the YAML file that the place names, the field that
 * is meant is looked for. Undefined where the file cannot be read.
 */
export function refinePlace(place: Place): PlaceInText | undefined {
  try {
    const file = filePath(place.file);
    return /\.(?:ya?ml|json)$/.test(file) ? inData({ ...place, file }) : inCode({ ...place, file });
  } catch {
    return undefined;
  }
}

function inData({ file, line, column, within }: Place): PlaceInText | undefined {
  if (!within) return { file, text: readFileSync(file, "utf8"), line, column };
  const data = dataIn(file);
  if (!data) return undefined;
  const { text, value } = data;
  const exact = placeOf(value, follow(value, within.fields)) ?? { line, column };
  return { file, text, line: exact.line, column: exact.column };
}

const parsedFiles = new Map<string, { readonly text: string; readonly value: unknown } | undefined>();

/** A file of data, and what it says: parsed once, however many of its values are asked for. */
function dataIn(file: string): { readonly text: string; readonly value: unknown } | undefined {
  if (!parsedFiles.has(file)) parsedFiles.set(file, readParsed(file));
  return parsedFiles.get(file);
}

function readParsed(file: string): { readonly text: string; readonly value: unknown } | undefined {
  try {
    const bytes = readFileSync(file);
    return { text: bytes.toString("utf8"), value: readYaml(bytes, file)[0] };
  } catch {
    return undefined;
  }
}

function inCode({ file, line, column, within }: Place): PlaceInText {
  const module = sourceModule(file);
  if (!module) return { file, text: readFileSync(file, "utf8"), line, column };
  const offset = offsetOf(module, line, column);
  const call = within?.argument === undefined ? undefined : callAt(module, offset);
  const spot = call
    ? spotOfFields(module, call, within?.argument ?? 0, within?.fields ?? [])
    : { module, offset };
  return originalPlace({
    file: spot.module.file,
    text: spot.module.text,
    ...positionIn(spot.module, spot.offset),
  });
}

/**
 * The call whose position the engine has noted: of a function's name, or where the function has none, V8 of the bracket,
 * and JavaScriptCore of the character before it.
 */
function callAt(module: SourceModule, offset: number): CallExpression | undefined {
  return module.calls.find((call) => positionsOfCall(call, module.text).includes(offset));
}

function positionsOfCall({ callee }: CallExpression, text: string): readonly number[] {
  if (callee.type === "Identifier") return [callee.start];
  if (callee.type === "MemberExpression") return [callee.property.start];
  return [text.indexOf("(", callee.end), callee.end - 1];
}

function offsetOf({ lines }: SourceModule, line: number, column: number): number {
  return (lines[line - 1] ?? 0) + column - 1;
}
