import { Composer, isMap, isPair, isScalar, isSeq, LineCounter, Parser, type CST } from "yaml";
import { InputError } from "./finding.ts";
import { jsonTexts } from "./json-texts.ts";
import { readPlainly } from "./plain-documents.ts";
import { readText } from "./read-text.ts";
import {
  deepestManifest,
  deepNesting,
  reportAt,
  valueOf,
  type Reading,
  type YamlValue,
} from "./yaml-values.ts";

import { isJson, misreadIn, scalarTags, type Dialect } from "@atlas/yaml";
export { readText } from "./read-text.ts";
export type { YamlValue } from "./yaml-values.ts";

/**
 * The documents of a YAML or JSON file as plain values that remember where their fields stand, so that problems can name
 * file, line and column. Documents that hold nothing are left out.
 *
 * @param file how problems name the file.
 * @param dialect whose reading is meant of plain scalars. `0644` is octal and `<<` merges to all of them; `kubectl` takes `yes`
 * for true, also as a key, and JSON objects that follow one another; to the others `yes` is text.
 * @throws {InputError} with every place of the file that is not UTF-8, not YAML, is read as something else by kubectl, or says
 * what JSON cannot: a key that is there twice, a tag, a number that is not exact, more than 500 levels, aliases that repeat
 * more than 10,000 values.
 */
export function readYaml(bytes: Uint8Array, file: string, dialect: Dialect = "text"): readonly YamlValue[] {
  const text = readText(bytes, file);
  refuseMisread(text, file, dialect);
  const whole = (part: string): readonly YamlValue[] => readWhole(part, file, dialect);
  const isStream = dialect === "kubectl" && isJson(text);
  return readPlainly(text, { file, isStream, whole }) ?? whole(text);
}

/** The documents of a text, read by `yaml`, with all places. */
export function readWhole(text: string, file: string, dialect: Dialect): readonly YamlValue[] {
  const lines = new LineCounter();
  const reading: Reading = {
    file,
    dialect,
    lines,
    findings: [],
    anchors: new Map(),
    aliased: 0,
    isAliased: false,
    start: 0,
  };
  const values = textsOf(text, dialect).flatMap((part) => valuesOf(part, reading));
  if (reading.findings.length === 0) return values;
  throw new InputError(reading.findings.slice(0, 30));
}

/** What a reader makes of the rest of such a file is nothing that anybody has written. */
function refuseMisread(text: string, file: string, dialect: Dialect): void {
  const { offset, what, fix } = misreadIn(text, dialect) ?? { offset: -1, what: "", fix: "" };
  if (offset < 0) return;
  const lines = text.slice(0, offset).split("\n");
  const column = (lines.at(-1) ?? "").length + 1;
  const expected = "YAML as kubectl reads it";
  throw new InputError([{ file, line: lines.length, column, code: "yaml-malformed", what, expected, fix }]);
}

/** A text and, where it is JSON to kubectl, its objects one by one, each with what stands before it. */
function textsOf(text: string, dialect: Dialect): readonly string[] {
  return dialect === "kubectl" && isJson(text) ? jsonTexts(text) : [text];
}

function valuesOf(text: string, reading: Reading): YamlValue[] {
  const { start, lines } = reading;
  const onNewLine = (offset: number): void => {
    if (offset > 0 || start === 0) lines.addNewLine(start + offset);
  };
  const tokens = [...new Parser(onNewLine).parse(text)];
  const tooDeep = offsetBelow(deepestManifest, tokens);
  if (tooDeep !== undefined) reportAt(tooDeep, reading, deepNesting);
  const values = tooDeep === undefined ? valuesIn(tokens, text, reading) : [];
  reading.start += text.length;
  return values;
}

/** Where the tokens go deeper than that; the walk is not recursive, as composing nodes of them is. */
function offsetBelow(levels: number, tokens: readonly CST.Token[]): number | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > levels) return token.offset;
    for (const inner of tokenParts(token)) if (inner) open.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

function tokenParts(token: CST.Token): (CST.Token | null | undefined)[] {
  if (token.type === "document") return [token.value];
  return "items" in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
}

/** Where a file ends within a block of text, the text ends without the newline that the file does not have either. */
function endAsFile(node: unknown, source: string): void {
  let last = node;
  while (isMap(last) || isSeq(last)) {
    const item: unknown = last.items.at(-1);
    last = isPair(item) ? item.value : item;
  }
  if (!isScalar(last) || typeof last.value !== "string" || last.range?.[1] !== source.length) return;
  const isBlock = last.type === "BLOCK_LITERAL" || last.type === "BLOCK_FOLDED";
  if (isBlock && last.value.endsWith("\n")) last.value = last.value.slice(0, -1);
}

function valuesIn(tokens: readonly CST.Token[], source: string, reading: Reading): YamlValue[] {
  const composer = new Composer({
    customTags: scalarTags(reading.dialect),
    logLevel: "silent",
    resolveKnownTags: false,
    // Those that are there twice are reported with both places.
    uniqueKeys: false,
  });
  const values: YamlValue[] = [];
  for (const { contents, errors, warnings } of composer.compose(tokens)) {
    for (const { message, pos } of [...errors, ...warnings]) {
      reportAt(pos[0], reading, {
        code: "yaml-malformed",
        what: `not what a manifest can hold: ${message}`,
        expected: "YAML without tags, as Kubernetes reads it",
        fix: "fix this place",
      });
    }
    if (!source.endsWith("\n")) endAsFile(contents, source);
    const isEmpty = !contents || (isScalar(contents) && contents.value === null);
    reading.anchors.clear();
    if (errors.length === 0 && !isEmpty) values.push(valueOf(contents, reading, 0));
  }
  return values;
}
