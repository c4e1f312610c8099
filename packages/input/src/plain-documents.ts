import { placesOfNode, rememberNode, type NodePlaces, type Position } from "@atlas/compose/places";
import { readPlain } from "./plain-yaml.ts";
import type { YamlValue } from "./yaml-values.ts";

/** How a text is read otherwise. */
interface PlacedReader {
  /** How places name the file. */
  readonly file: string;
  /** Whether the text is JSON to its reader, so that several objects may follow one another without a mark. */
  readonly isStream: boolean;
  /** Reads a text as a whole, and remembers where everything stands. */
  readonly whole: (text: string) => readonly YamlValue[];
}

/**
 * The documents of a text, of which those are read fast that are written as renderers write them. Their places are looked up
 * where somebody asks for one: few documents have something to be said of.
 *
 * @returns undefined where the text is to be read as a whole: none of it is written so, something is wrong
 * with the rest, or its documents cannot be told apart.
 */
export function readPlainly(text: string, reader: PlacedReader): readonly YamlValue[] | undefined {
  const lines = text.split("\n");
  const isEnded = lines.at(-1) === "";
  if (isEnded) lines.pop();
  const documents = plainDocuments(lines).map((document) => ({
    ...document,
    read: readPlain([...document.lines]),
  }));
  // Literal text at the very end depends on whether the file ends with a line.
  if (!isEnded && /\|[-+]? *$/m.test(documents.at(-1)?.lines.join("\n") ?? "")) return undefined;
  if (reader.isStream && !documents.every(isJsonOnly)) return undefined;
  const left = documents.filter(({ read }) => read === undefined);
  if (left.length === documents.length) return undefined;
  const others = left.length === 0 ? [] : readOthers(withoutOthers(lines, left, isEnded), reader);
  if (others?.length !== left.length) return undefined;
  return documents.flatMap(({ read, ...document }) => {
    if (read === undefined) return others.splice(0, 1);
    if (read.value === null) return [];
    rememberPlaces(read.value, document, reader);
    return [read.value];
  });
}

/** What is wrong with a text is said of all of it: a quotation without an end goes on in what was left out. */
function readOthers(text: string, { whole }: PlacedReader): YamlValue[] | undefined {
  try {
    return [...whole(text)];
  } catch {
    return undefined;
  }
}

/** A document of a text: its lines, and how many are before it. */
interface PlainDocument {
  readonly lines: readonly string[];
  readonly start: number;
}

/** Whether a document is one object of JSON, which its marks end for whoever reads JSON, too. */
const isJsonOnly = ({ read, lines }: PlainDocument & { readonly read: unknown }): boolean =>
  read !== undefined && (lines[0] ?? "{").startsWith("{");

/** The documents between marks that stand alone on their lines. */
function plainDocuments(lines: readonly string[]): readonly PlainDocument[] {
  const marks = lines.flatMap((line, index) => (/^--- *$/.test(line) ? [index] : []));
  return [-1, ...marks].map((mark, index) => ({
    lines: lines.slice(mark + 1, marks[index]),
    start: mark + 1,
  }));
}

/** The text with the lines of some documents alone, each where it was. */
function withoutOthers(
  lines: readonly string[],
  documents: readonly PlainDocument[],
  isEnded: boolean,
): string {
  const kept = lines.map((line) => (/^--- *$/.test(line) ? line : ""));
  for (const { lines: own, start } of documents)
    for (const [index, line] of own.entries()) kept[start + index] = line;
  return `${kept.join("\n")}${isEnded ? "\n" : ""}`;
}

/** Remembers of all objects and lists of a document that their places are found by reading it as a whole. */
function rememberPlaces(
  value: YamlValue,
  { lines, start }: PlainDocument,
  { file, whole }: PlacedReader,
): void {
  let known: ReadonlyMap<object, NodePlaces> | undefined;
  const placesOf = (node: object): NodePlaces | undefined => {
    known ??= placesByContent(value, whole(`${lines.join("\n")}\n`)[0], start);
    return known.get(node);
  };
  const nowhere = { line: start + 1, column: 1 };
  const remember = (node: YamlValue): void => {
    if (typeof node !== "object" || node === null) return;
    rememberNode(node, {
      file,
      get start() {
        return placesOf(node)?.start ?? nowhere;
      },
      get fields() {
        return placesOf(node)?.fields ?? new Map();
      },
    });
    for (const inner of Array.isArray(node) ? node : Object.values(node)) remember(inner);
  };
  remember(value);
}

/** The places of one value, by those of another with the same content, before which there are some lines more. */
function placesByContent(
  value: YamlValue,
  placed: YamlValue | undefined,
  more: number,
): ReadonlyMap<object, NodePlaces> {
  const places = new Map<object, NodePlaces>();
  const walk = (own: unknown, its: unknown): void => {
    if (typeof own !== "object" || own === null || typeof its !== "object" || its === null) return;
    const known = placesOfNode(its);
    if (known) places.set(own, movedDown(known, more));
    for (const [name, inner] of Object.entries(its)) walk((own as Record<string, unknown>)[name], inner);
  };
  walk(value, placed);
  return places;
}

/** Places with some lines more before them. */
function movedDown({ file, start, fields }: NodePlaces, more: number): NodePlaces {
  const moved = ({ line, column }: Position): Position => ({ line: line + more, column });
  return {
    file,
    start: moved(start),
    fields: new Map([...fields].map(([name, position]) => [name, moved(position)])),
  };
}
