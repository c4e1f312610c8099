import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import type { Position } from "@atlas/compose/places";

/** The text of a file and a position in it. */
export interface PlaceInText extends Position {
  readonly file: string;
  readonly text: string;
}

interface Mapping {
  readonly map: SourceMap;
  readonly texts: ReadonlyMap<string, string>;
}

const maps = new Map<string, Mapping | undefined>();

/** The place that a place in a built file was built from, where a source map tells; else the place as it is. */
export function originalPlace(place: PlaceInText): PlaceInText {
  if (!maps.has(place.file)) maps.set(place.file, sourceMapOf(place.file, place.text));
  const known = maps.get(place.file);
  if (!known) return place;
  const origin = known.map.findEntry(place.line - 1, place.column - 1);
  if (!("originalSource" in origin)) return place;
  const file = resolve(dirname(place.file), origin.originalSource);
  const text = known.texts.get(file);
  if (text === undefined) return place;
  return { file, text, line: origin.originalLine + 1, column: origin.originalColumn + 1 };
}

/** The source map that a built file names in its last line, if it holds the sources as well. */
function sourceMapOf(file: string, text: string): Mapping | undefined {
  const [, name] = /\n\/\/# sourceMappingURL=([^\s:]+)\s*$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  try {
    const payload = JSON.parse(readFileSync(resolve(dirname(file), decodeURI(name)), "utf8"));
    const texts = payload.sources.map((source: string, index: number): [string, unknown] => [
      resolve(dirname(file), source),
      payload.sourcesContent?.[index],
    ]);
    return { map: new SourceMap(payload), texts: new Map(texts) };
  } catch {
    return undefined;
  }
}
