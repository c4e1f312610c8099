import { join, parse } from "node:path";
import { readYaml, type YamlValue } from "@atlas/input/yaml";
import {
  child,
  elementCursors,
  flag,
  isYamlRecord,
  report,
  takeOver,
  textIn,
  type Cursor,
} from "./cursor.ts";
import { onlyFields } from "./fields.ts";
import { displayPath } from "@atlas/input";
import { attempt, type SourcePlace } from "../model/log.ts";
import { selectorOf, type Selector } from "./selector.ts";
import { readEntry } from "./source-file.ts";

/** One patch of a kustomization: a document, and what it is for. */
export interface PatchSource {
  readonly value: YamlValue;
  /** Where the document starts. */
  readonly place: SourcePlace;
  /** The entry of the kustomization. */
  readonly cursor: Cursor;
  /** What the entry's `target` selects; without one, the document names its object. */
  readonly selector?: Selector;
  /** The name of its file, without folder and extension. */
  readonly hint?: string;
}

/** The patches that are applied before namespace and labels, in their order. */
export function earlyPatches(root: Cursor, folder: string): PatchSource[] {
  const merges = elementCursors(root, "patchesStrategicMerge").flatMap((cursor) => {
    const entry = textIn(cursor);
    if (entry === undefined) return [];
    // Kustomize takes for a patch what is no file.
    return patchDocuments(entry.includes("\n") ? { inline: entry } : { entry }, cursor, folder);
  });
  return [...merges, ...elementCursors(root, "patches").flatMap((cursor) => patchesOf(cursor, folder))];
}

/** The patches that are applied after namespace and labels. */
export function latePatches(root: Cursor, folder: string): PatchSource[] {
  return elementCursors(root, "patchesJson6902").flatMap((cursor) => {
    if (!child(cursor, "target"))
      report(cursor, "the patch has no target", "a target", "name the object that it is for");
    return patchesOf(cursor, folder);
  });
}

function patchesOf(cursor: Cursor, folder: string): PatchSource[] {
  onlyFields(cursor, ["path", "patch", "target", "options"]);
  const options = child(cursor, "options");
  for (const name of ["allowNameChange", "allowKindChange"]) {
    const option = options && child(options, name);
    if (option && flag(option)) takeOver(option, `a patch with ${name}`);
  }
  const inline = child(cursor, "patch");
  const entry = textIn(child(cursor, "path"));
  const body = textIn(inline);
  if ((entry === undefined) === (body === undefined)) {
    report(cursor, "the patch has not just one of path and patch", "path or patch", "state one");
    return [];
  }
  const given = body === undefined ? { entry: entry ?? "" } : { inline: body };
  const documents = patchDocuments(given, inline ?? cursor, folder);
  const target = child(cursor, "target");
  if (!target) return documents;
  const selector = selectorOf(target);
  return selector ? documents.map((document) => ({ ...document, selector })) : [];
}

function patchDocuments(
  given: { readonly entry: string } | { readonly inline: string },
  cursor: Cursor,
  folder: string,
): PatchSource[] {
  const { place, log } = cursor;
  const file = "entry" in given ? displayPath(join(folder, given.entry)) : place.file;
  // A block of text stands below its key: so many empty lines give its lines their numbers.
  const bytes =
    "entry" in given
      ? readEntry(given.entry, folder, cursor)
      : Buffer.from("\n".repeat(place.line ?? 0) + given.inline);
  const values = bytes && attempt(log, place, () => readYaml(bytes, file, "kustomize"));
  return (values ?? []).flatMap((value): PatchSource[] => {
    const start = "entry" in given ? { file, line: 1 } : place;
    const hint = "entry" in given && { hint: parse(given.entry).name };
    if (typeof value === "object" && value !== null) return [{ value, place: start, cursor, ...hint }];
    report({ ...cursor, place: start }, "the patch is neither an object nor a list", "a patch", "correct it");
    return [];
  });
}

export const isOperations = (value: YamlValue): value is YamlValue[] => Array.isArray(value);

/** A patch without what names its object. */
export function bodyOf(value: YamlValue): Record<string, YamlValue> {
  if (!isYamlRecord(value)) return {};
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...body } = value;
  if (!isYamlRecord(metadata)) return metadata === undefined ? body : { metadata, ...body };
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  return Object.keys(rest).length > 0 ? { metadata: rest, ...body } : body;
}
