import {
  Composer,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Parser,
  type CST,
  type Document,
} from "yaml";
import { misreadIn, scalarTags, type Misread } from "@atlas/yaml";
import type { Problem } from "../problem.ts";
import { isObject, mapFields } from "../model/schema.ts";
import { join } from "../runtime/issue.ts";

/** One YAML document and the way back from a path in it to a line of its file. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
  /** Where a path's name or element stands, or what it would lie in. */
  readonly placeOf: (path: readonly (string | number)[]) => TextPlace | undefined;
}

/** A place in a text; both are 1-based. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A file's text and the name to call it by in messages. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

/** Deeper than any CRD, and far from where a recursive walk would run out of stack. */
const deepestCrd = 500;
const crdTooDeep = `nests more than ${deepestCrd} levels`;

const reading = { merge: true, intAsBigInt: true, customTags: scalarTags("kubectl") };

/** The fields and indices that lead to a value of a document. */
export type Path = readonly (string | number)[];

/**
 * Splits a file into its documents; empty ones are left out. Plain scalars are read as `kubectl apply -f` reads them: `yes` is
 * true, `0644` is octal. Whole numbers beyond 2^53 come as bigint, so that an int64 limit keeps its digits. What JSON cannot
 * say, what kubectl refuses or drops, or nests more than 500 levels, is a problem.
 */
export function readDocuments({ file, text }: Text): { sources: Source[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const sources: Source[] = [];
  const lines = new LineCounter();
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const misread = misreadIn(text, "kubectl");
  if (misread) return { sources: [], problems: [misreadProblem(misread, { file, text })] };
  const parsedAgain = parsedOnDemand(text);
  let count = 0;
  for (const document of documentsIn(text, lines)) {
    if (typeof document === "number")
      return {
        sources: [],
        problems: [{ code: "yaml-too-deep", file, ...placeAt(document), what: crdTooDeep }],
      };
    const index = count++;
    for (const { message, pos } of document.errors) {
      problems.push({ code: "yaml-malformed", file, ...placeAt(pos[0]), what: `not valid YAML: ${message}` });
    }
    if (document.errors.length > 0) continue;
    const read = valueIn(document);
    if (read.value === null) continue;
    if (read.what === undefined)
      sources.push({
        file,
        value: read.value,
        lineOf: (path) => lineOfPath(parsedAgain(index), lines, path),
        placeOf: (path) => namePlace(parsedAgain(index), lines, path),
      });
    else
      problems.push({
        code: "value-not-json",
        file,
        ...(namePlace(document, lines, read.path) ?? { line: 1 }),
        what: read.what,
      });
  }
  return { sources, problems };
}

/**
 * The documents of a text one by one, each made when it is asked for, so that few are in memory at a time: one has many
 * times the size of its value. Where one is too deep, the last that is given is the offset of that.
 */
function* documentsIn(text: string, lines?: LineCounter): Generator<Document.Parsed | number, void> {
  let deep: number | undefined;
  function* shallow(): Generator<CST.Token, void> {
    for (const token of new Parser(lines?.addNewLine).parse(text)) {
      deep = offsetOfDepth(deepestCrd, token);
      if (deep !== undefined) return;
      yield token;
    }
  }
  for (const document of new Composer(reading).compose(shallow())) {
    if (deep !== undefined) break;
    yield document;
  }
  if (deep !== undefined) yield deep;
}

function misreadProblem({ offset, what, fix }: Misread, { file, text }: Text): Problem {
  const lines = text.slice(0, offset).split("\n");
  return {
    code: "yaml-malformed",
    file,
    line: lines.length,
    column: (lines.at(-1) ?? "").length + 1,
    what,
    fix,
  };
}

/** Gives a document of a text by its number. They are parsed again when one is asked for the place of something. */
function parsedOnDemand(text: string): (index: number) => Document.Parsed | undefined {
  let parsed: readonly (Document.Parsed | number)[] | undefined;
  return (index) => {
    parsed ??= [...documentsIn(text)];
    const document = parsed[index];
    return typeof document === "number" ? undefined : document;
  };
}

/** Where a token goes deeper than that; the walk is not recursive, as making documents of them is. */
function offsetOfDepth(levels: number, top: CST.Token): number | undefined {
  // Two lists in place of one of pairs: a large file has half a million tokens.
  const open: (CST.Token | null | undefined)[] = [top];
  const depths: number[] = [0];
  while (open.length > 0) {
    const [token, depth = 0] = [open.pop(), depths.pop()];
    if (!token) continue;
    if (depth > levels) return token.offset;
    if (token.type === "document") {
      open.push(token.value);
      depths.push(depth + 1);
    } else if ("items" in token) {
      for (const { key, value } of token.items) {
        open.push(key, value);
        depths.push(depth + 1, depth + 1);
      }
    }
  }
  return undefined;
}

/** A document's value, or what keeps it from being one and where. */
function valueIn(
  document: Document.Parsed,
):
  | { readonly value?: unknown; readonly what?: undefined }
  | { readonly value?: unknown; readonly what: string; readonly path: Path } {
  try {
    return { value: plain(document.toJS(), []) };
  } catch (error) {
    if (error instanceof Unreadable) return { what: `cannot be read: ${error.message}`, path: error.path };
    return { what: `cannot be read: ${error instanceof Error ? error.message : String(error)}`, path: [] };
  }
}

class Unreadable extends Error {
  readonly path: Path;

  constructor(path: Path, what: string) {
    super(what);
    this.path = path;
  }
}

/**
 * @param path where the value stands; the steps below it are put on and taken off again.
 * @throws Unreadable when a value is none that JSON and UTF-8 can hold, or holds itself through an alias.
 */
function plain(value: unknown, path: (string | number)[]): unknown {
  if (path.length > deepestCrd) throw new Unreadable([], `it ${crdTooDeep}, or a part of it holds itself`);
  if (typeof value === "string" && !value.isWellFormed())
    throw new Unreadable([...path], `${JSON.stringify(value)} has half of a character`);
  if (typeof value === "number" && !Number.isFinite(value))
    throw new Unreadable([...path], `${value} is not a number of JSON's`);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  const below = (item: unknown, step: string | number): unknown => {
    path.push(step);
    const found = plain(item, path);
    path.pop();
    return found;
  };
  if (Array.isArray(value)) return value.map((item: unknown, index) => below(item, index));
  if (!isObject(value)) return value;
  return mapFields(value, (item, key) => {
    plain(key, path);
    return below(item, key);
  });
}

/** The line of the nearest node at or above the path: a missing field is reported where it should stand. */
function lineOfPath(
  document: Document.Parsed | undefined,
  lines: LineCounter,
  path: Path,
): number | undefined {
  if (!document) return undefined;
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && !isAlias(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

/** The place of the name of the nearest field at or above the path, or of the element. */
function namePlace(
  document: Document.Parsed | undefined,
  lines: LineCounter,
  path: Path,
): TextPlace | undefined {
  if (!document) return undefined;
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || isAlias(node) || !node.range) continue;
    const holder = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(holder)
      ? holder.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
      : undefined;
    const named = isScalar(pair?.key) && pair.key.range ? pair.key.range : node.range;
    const { line, col } = lines.linePos(named[0]);
    return { line, column: col };
  }
  return undefined;
}

/** A path as people write it: `spec.versions[0].schema`, names that are no plain word in brackets. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (at, step) => (typeof step === "number" ? `${at}[${step}]` : join(at, step)),
    "",
  );
}
