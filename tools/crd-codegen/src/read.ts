import { isAlias, isNode, LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";
import type { Problem } from "./problem.ts";
import { isObject } from "./schema.ts";

/** One YAML document and the way back from a path in it to a line of its file. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** A file's text and the name to call it by in messages. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

/**
 * Splits a file into its documents; empty ones are left out. Whole numbers beyond 2^53 come as bigint, so that an
 * int64 limit keeps its digits.
 */
export function readDocuments({ file, text }: Text): { sources: Source[]; problems: Problem[] } {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const sources: Source[] = [];
  for (const document of parseAllDocuments(text, { lineCounter: lines, merge: true, intAsBigInt: true })) {
    for (const error of document.errors) {
      const what = `not valid YAML: ${error.message.split("\n", 1)[0]?.replace(/ at line .*$/u, "")}`;
      problems.push({ file, line: error.linePos?.[0].line ?? 1, what });
    }
    if (document.errors.length > 0) continue;
    try {
      const value = plain(document.toJS());
      if (value !== null) sources.push({ file, value, lineOf: (path) => lineOf(document, lines, path) });
    } catch (error) {
      const what = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      problems.push({ file, line: lines.linePos(document.range[0]).line, what });
    }
  }
  return { sources, problems };
}

/** @throws Error when a text is none that UTF-8 can hold. */
function plain(value: unknown): unknown {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value))
    throw new Error(`${JSON.stringify(value)} has half of a character`);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key), plain(item)]));
  return value;
}

/** The line of the nearest node at or above the path: a missing field is reported where it should stand. */
function lineOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && !isAlias(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

/** A path as people write it: `spec.versions[0].schema`, names that are no plain word in brackets. */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((step) => {
      if (typeof step === "number") return `[${step}]`;
      return /^[\w$-]+$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join("")
    .replace(/^\./u, "");
}
