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
  const documents = plainDocuments(text).map((document) => ({ ...document, read: readPlain(document.text) }));
  // Literal text at the very end depends on whether the file ends with a line.
  if (!text.endsWith("\n") && /\|[-+]? *$/m.test(documents.at(-1)?.text ?? "")) return undefined;
  if (reader.isStream && !documents.every(isJsonOnly)) return undefined;
  const left = documents.filter(({ read }) => read === undefined);
  if (left.length === documents.length) return undefined;
  const others = left.length === 0 ? [] : readOthers(withoutOthers(text, left), reader);
  if (others?.length !== left.length) return undefined;
  return documents.flatMap(({ read, ...document }) => {
    if (read === undefined) return others.splice(0, 1);
    if (read.value === null) return [];
    rememberPlaces(read.value, findPlacesIn(read.value, text, document, reader));
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

/** A document of a text, with all of its lines ended, and where it begins. */
interface PlainDocument {
  readonly text: string;
  readonly start: number;
}

/** Whether a document is one object of JSON, which its marks end for whoever reads JSON, too. */
const isJsonOnly = ({ read, text }: PlainDocument & { readonly read: unknown }): boolean =>
  read !== undefined && (text === "" || text.startsWith("{"));

/** The documents between marks that stand alone on their lines. */
function plainDocuments(text: string): readonly PlainDocument[] {
  const documents: PlainDocument[] = [];
  let start = 0;
  for (let mark = nextMark(text, 0); mark >= 0; mark = nextMark(text, start)) {
    documents.push({ text: text.slice(start, mark), start });
    const end = text.indexOf("\n", mark);
    start = end < 0 ? text.length : end + 1;
  }
  const last = text.slice(start);
  documents.push({ text: last === "" || last.endsWith("\n") ? last : `${last}\n`, start });
  return documents;
}

/** Where the next line is that is a mark, from the beginning of a line on; -1 where none is. */
function nextMark(text: string, from: number): number {
  let at = from;
  while (!isDocumentMark(text, at)) {
    const before = text.indexOf("\n---", at);
    if (before < 0) return -1;
    at = before + 1;
  }
  return at;
}

function isDocumentMark(text: string, at: number): boolean {
  if (!text.startsWith("---", at)) return false;
  const end = text.indexOf("\n", at);
  return /^--- *$/.test(text.slice(at, end < 0 ? text.length : end));
}

/** The text with the lines of some documents alone, each where it was. */
function withoutOthers(text: string, documents: readonly PlainDocument[]): string {
  const isEnded = text.endsWith("\n");
  const lines = text.split("\n");
  if (isEnded) lines.pop();
  const kept = lines.map((line) => (/^--- *$/.test(line) ? line : ""));
  for (const document of documents) {
    const first = linesBefore(text, document);
    const own = document.text.split("\n").slice(0, -1);
    for (const [index, line] of own.entries()) kept[first + index] = line;
  }
  return `${kept.join("\n")}${isEnded ? "\n" : ""}`;
}

/** How many lines are before a document. */
const linesBefore = (text: string, { start }: PlainDocument): number =>
  text.slice(0, start).split("\n").length - 1;

/** Finds the places of an object or a list. */
type FindPlaces = (node: object) => NodePlaces;

/** Finds places in a document by reading it as a whole, once somebody asks for one. */
function findPlacesIn(
  value: YamlValue,
  text: string,
  document: PlainDocument,
  { file, whole }: PlacedReader,
): FindPlaces {
  let lines = 0;
  let known: ReadonlyMap<object, NodePlaces> | undefined;
  return (node) => {
    if (known === undefined) {
      lines = linesBefore(text, document);
      known = placesByContent(value, whole(document.text)[0], lines);
    }
    return known.get(node) ?? { file, start: { line: lines + 1, column: 1 }, fields: new Map() };
  };
}

/** Remembers of all objects and lists of a document how their places are found. */
function rememberPlaces(node: YamlValue, find: FindPlaces): void {
  if (typeof node !== "object" || node === null) return;
  rememberNode(node, new PlacesOnDemand(node, find));
  for (const inner of Array.isArray(node) ? node : Object.values(node)) rememberPlaces(inner, find);
}

/** A class, as V8 takes five times as long to make an object that has getters of its own: every node of a file has such places. */
class PlacesOnDemand implements NodePlaces {
  readonly #node: object;
  readonly #find: FindPlaces;

  constructor(node: object, find: FindPlaces) {
    this.#node = node;
    this.#find = find;
  }

  get file(): string {
    return this.#find(this.#node).file;
  }

  get start(): Position {
    return this.#find(this.#node).start;
  }

  get fields(): NodePlaces["fields"] {
    return this.#find(this.#node).fields;
  }
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
