import { readYaml, type YamlValue } from "@atlas/input/yaml";
import { displayPath } from "@atlas/input";
import { join } from "node:path";
import { child, elementCursors, isYamlRecord, textIn, type Cursor } from "./cursor.ts";
import { attempt } from "../model/log.ts";
import { selectorOf, type Selector } from "./selector.ts";
import { readEntry } from "./source-file.ts";

/** Which part of a text is meant: that of an index, between delimiters. */
export interface TextPart {
  readonly delimiter: string;
  readonly index: number;
}

/** A value that one object has from another. */
export interface Replacement {
  readonly source: { readonly selects: Selector; readonly path: FieldPath; readonly part?: TextPart };
  readonly targets: readonly ReplacementTarget[];
}

interface ReplacementTarget {
  readonly selects: Selector;
  readonly paths: readonly FieldPath[];
  readonly part?: TextPart;
}

/** The steps of a path such as `spec.containers.[name=web].env.*.value`. */
type FieldPath = readonly string[];

/**
 * The replacements of a kustomization, as far as they can be read: Kustomize itself says what is wrong with others.
 *
 * Source: `types.Replacement` of Kustomize 5.5.
 */
export function replacementsIn(root: Cursor, folder: string): Replacement[] {
  // What cannot be read is left to Kustomize, and no problem.
  const silent = { ...root, log: { ...root.log, problems: [] } };
  return elementCursors(silent, "replacements").flatMap((cursor) =>
    replacementEntries(cursor, folder).flatMap((each) => replacementOf(each) ?? []),
  );
}

/** An entry, or those of the file that it names. */
function replacementEntries(cursor: Cursor, folder: string): Cursor[] {
  const entry = textIn(child(cursor, "path"));
  if (entry === undefined) return [cursor];
  const bytes = readEntry(entry, folder, cursor);
  const file = displayPath(join(folder, entry));
  const documents = bytes && attempt(cursor.log, cursor.place, () => readYaml(bytes, file, "kustomize"));
  const values = (documents ?? []).flat();
  return values.map((value: YamlValue) => ({ ...cursor, value, place: { file } }));
}

function replacementOf(cursor: Cursor): Replacement | undefined {
  const source = child(cursor, "source");
  if (!source) return undefined;
  const selects = selectorOf(selectIn(source));
  const targets = elementCursors(cursor, "targets").map(replacementTarget);
  if (!selects || targets.includes(undefined)) return undefined;
  const path = pathSteps(textIn(child(source, "fieldPath")) ?? "metadata.name");
  return {
    source: { selects, path, ...textPart(source) },
    targets: targets.filter((each) => each !== undefined),
  };
}

/** The fields of a source that select its object. */
function selectIn(source: Cursor): Cursor {
  if (!isYamlRecord(source.value)) return source;
  const { fieldPath: _path, options: _options, ...value } = source.value;
  return { ...source, value };
}

function replacementTarget(cursor: Cursor): ReplacementTarget | undefined {
  const select = child(cursor, "select");
  const wanted = select && selectorOf(select);
  const rejected = elementCursors(cursor, "reject").map(selectorOf);
  if (!wanted || rejected.includes(undefined)) return undefined;
  const paths = elementCursors(cursor, "fieldPaths").flatMap((path) => textIn(path) ?? []);
  return {
    selects: (tracked) => wanted(tracked) && !rejected.some((rejects) => rejects?.(tracked)),
    paths: (paths.length === 0 ? ["metadata.name"] : paths).map(pathSteps),
    ...textPart(cursor),
  };
}

function textPart(cursor: Cursor): { readonly part?: TextPart } {
  const options = child(cursor, "options");
  const delimiter = options && textIn(child(options, "delimiter"));
  if (delimiter === undefined) return {};
  const index = isYamlRecord(options?.value) ? options.value["index"] : undefined;
  return { part: { delimiter, index: typeof index === "number" ? index : 0 } };
}

/** Dots part the steps, but for those in brackets and behind a backslash. */
const pathSteps = (path: string): string[] =>
  (path.match(/\[[^\]]*\]|(?:\\.|[^.\\])+/g) ?? []).map((step) => step.replaceAll("\\.", "."));
