import { fieldPath, follow, namesIn, placesOfNode } from "@atlas/compose/places";
import type { YamlValue } from "@atlas/input/yaml";
import type { Log, SourcePlace } from "../model/log.ts";
import { hasPlaceholder } from "../model/placeholder.ts";

type YamlRecord = Extract<YamlValue, Record<string, unknown>>;

/** A value in a file of the source: reading on from it reports what is not of the form that is asked for. */
export interface Cursor {
  readonly value: YamlValue;
  readonly place: SourcePlace;
  /** The fields that lead here, as `patches[0].target`. */
  readonly path: string;
  readonly log: Log;
}

export const isYamlRecord = (value: unknown): value is YamlRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a field says nothing: `resources:`, `namePrefix: ""`, `vars: []`. */
export function isBlank(value: YamlValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Where a field or an element stands. */
export function placeIn(holder: YamlValue, name: string, fallback: SourcePlace): SourcePlace {
  if (typeof holder !== "object" || holder === null) return fallback;
  const places = placesOfNode(holder);
  const position = places?.fields.get(name);
  return places && position ? { file: places.file, line: position.line } : fallback;
}

/** The place of a path such as `spec.ports[http].port` in a document, as far as it leads. */
export function placeAlong(document: YamlValue, path: string, fallback: SourcePlace): SourcePlace {
  let value: YamlValue | undefined = document;
  let place = fallback;
  for (const field of follow(document, namesIn(path) ?? [])) {
    if (typeof value !== "object" || value === null) break;
    place = placeIn(value, field, place);
    value = Array.isArray(value) ? value[Number(field)] : value[field];
  }
  return place;
}

export function report(cursor: Cursor, what: string, expected: string, fix: string): void {
  const { place, path, log } = cursor;
  log.problems.push({
    ...place,
    ...(path && { path }),
    code: "kustomization-malformed",
    what,
    expected,
    fix,
  });
}

/** Leaves to Kustomize what the sources have no words for: its outcome is taken over. */
export function takeOver(
  { place, log }: Cursor,
  what: string,
  by: string = place.file,
  isSaid = false,
): void {
  log.effects.push({ ...place, what, by, ...(isSaid && { isSaid }) });
}

/**
 * A field or an element whose value layers check; undefined where it has a placeholder: then Kustomize's outcome is taken
 * over, as something else puts a value in there.
 */
export function withoutPlaceholder(cursor: Cursor | undefined): Cursor | undefined {
  if (!cursor || !hasPlaceholder(cursor.value)) return cursor;
  takeOver(cursor, `a placeholder in ${cursor.path}`);
  return undefined;
}

/** A field that says something; undefined where there is none. */
export function child(cursor: Cursor, name: string): Cursor | undefined {
  const { value, place, path, log } = cursor;
  if (!isYamlRecord(value)) return undefined;
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  if (inner === undefined || isBlank(inner)) return undefined;
  return { value: inner, place: placeIn(value, name, place), path: fieldPath(path, name), log };
}

/** The elements of a list that may be missing. */
export function elementCursors(cursor: Cursor, name: string): Cursor[] {
  const list = child(cursor, name);
  if (!list) return [];
  const { value, place, path, log } = list;
  if (Array.isArray(value)) {
    return value.map((inner, index) => ({
      value: inner,
      place: placeIn(value, String(index), place),
      path: `${path}[${index}]`,
      log,
    }));
  }
  report(list, `got ${describedValue(value)}`, "a list", "make it a list");
  return [];
}

/** A text; undefined, and reported, where it is something else. */
export function textIn(cursor: Cursor | undefined): string | undefined {
  if (!cursor) return undefined;
  if (typeof cursor.value === "string") return cursor.value;
  report(cursor, `got ${describedValue(cursor.value)}`, "text", "quote it");
  return undefined;
}

export function flag(cursor: Cursor | undefined): boolean {
  if (!cursor) return false;
  if (cursor.value !== true)
    report(cursor, `got ${describedValue(cursor.value)}`, "true or false", "say one of them");
  return cursor.value === true;
}

/** An object of texts. */
export function pairs(cursor: Cursor | undefined): Record<string, string> {
  if (!cursor) return {};
  if (!isYamlRecord(cursor.value)) {
    report(cursor, `got ${describedValue(cursor.value)}`, "an object of names and texts", "give an object");
    return {};
  }
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(cursor.value)) {
    const place = placeIn(cursor.value, name, cursor.place);
    if (typeof value === "string") Object.assign(result, { [name]: value });
    else
      report(
        { ...cursor, place, path: `${cursor.path}.${name}` },
        `got ${describedValue(value)}`,
        "text",
        "quote it",
      );
  }
  return result;
}

const describedValue = (value: YamlValue): string =>
  Array.isArray(value) ? "a list" : isYamlRecord(value) ? "an object" : JSON.stringify(value);
