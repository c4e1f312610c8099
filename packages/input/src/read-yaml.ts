import { Composer, isMap, isPair, isScalar, isSeq, LineCounter, Parser, type CST } from "yaml";
import { InputError } from "./finding.ts";
import { readText } from "./read-text.ts";
import {
  deepestManifest,
  deepNesting,
  reportAt,
  valueOf,
  type Reading,
  type YamlValue,
} from "./yaml-values.ts";

import { legacyInteger } from "./legacy-integer.ts";
export { readText } from "./read-text.ts";
export type { YamlValue } from "./yaml-values.ts";

/**
 * The documents of a YAML or JSON file as plain values that remember where their fields stand, so that problems can name
 * file, line and column. Documents that hold nothing are left out.
 *
 * Plain scalars are read as Kustomize's parser reads them: `yes` and `2024-01-01` are text, `0644` is octal, `<<` merges.
 *
 * @param file how problems name the file.
 * @throws {InputError} with every place of the file that is not UTF-8, not YAML, or says what JSON cannot: a key that is
 * there twice, a tag, a number that is not exact, more than 500 levels, aliases that repeat more than 10,000 values.
 */
export function readYaml(bytes: Uint8Array, file: string): readonly YamlValue[] {
  const lines = new LineCounter();
  const reading: Reading = { file, lines, findings: [], anchors: new Map(), aliased: 0, isAliased: false };
  const text = readText(bytes, file);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const tooDeep = offsetBelow(deepestManifest, tokens);
  if (tooDeep === undefined) {
    const values = valuesIn(tokens, text, reading);
    if (reading.findings.length === 0) return values;
  } else reportAt(tooDeep, reading, deepNesting);
  throw new InputError(reading.findings.slice(0, 30));
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
    customTags: (tags) => [legacyInteger, ...tags],
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
