import { characterClass } from "./character-set.ts";
import { isLinear } from "./linear-time.ts";
import { parsePattern, type Pattern, type PatternPiece } from "./pattern.ts";

/**
 * A pattern of Go's as JavaScript says it (with the flag `u`), or undefined where JavaScript can't, or would take more
 * time than Go, which needs as much as the text is long.
 *
 * @example
 *   expressionOf("^a.c$"); // "^a[\\x00-\\x09\\x0b-\\u{10ffff}]c$"
 *   expressionOf("^(a+)+$"); // undefined
 */
export function expressionOf(pattern: string): string | undefined {
  const known = knownExpressions.get(pattern);
  if (known !== undefined || knownExpressions.has(pattern)) return known;
  const read = parsePattern(pattern);
  const expression = read && isLinear(read) ? wholeOf(read) : undefined;
  knownExpressions.set(pattern, expression);
  return expression;
}

/** A pattern without anything that Go and JavaScript (with the flag `u`) take for different things. */
const alikeInBoth =
  /^(?:\\[dw./\\^$*+?()[\]{}|-]|\(\?:|\((?!\?)|\[\^?(?![\]:])(?:\\[dw./\\^$*+?()[\]{}|-]|[^\\\][])*\]|[^\\.[(])*$/u;

/**
 * A pattern of Go's as a JSON Schema states it: as it is where JavaScript reads it alike, or else as JavaScript says it;
 * undefined where it can't. Editors are asked of texts that people type, so that it may take its time.
 *
 * @example
 *   jsonSchemaPattern("^[a-z]+$"); // "^[a-z]+$"
 *   jsonSchemaPattern("^a.c$"); // "^a[\\x00-\\x09\\x0b-\\u{10ffff}]c$"
 *   jsonSchemaPattern("(?i)^a$"); // undefined
 */
export function jsonSchemaPattern(pattern: string): string | undefined {
  if (alikeInBoth.test(pattern) && isExpression(pattern)) return pattern;
  const read = parsePattern(pattern);
  return read && wholeOf(read);
}

function isExpression(text: string): boolean {
  try {
    void new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

const wholeOf = ({ piece, fromStart, toEnd }: Pattern): string =>
  `${fromStart ? "^" : ""}${writtenPiece(piece)}${toEnd ? "$" : ""}`;

/** A schema says the same pattern in many places. */
const knownExpressions = new Map<string, string | undefined>();

function writtenPiece(piece: PatternPiece): string {
  if ("set" in piece) return characterClass(piece.set);
  if ("all" in piece) return piece.all.map(member).join("");
  if ("any" in piece) return piece.any.map(writtenPiece).join("|");
  const { least, most } = piece;
  const isOne = "set" in piece.piece;
  const body = isOne ? writtenPiece(piece.piece) : `(?:${writtenPiece(piece.piece)})`;
  return `${body}${repetitionMark(least, most)}`;
}

const member = (piece: PatternPiece): string =>
  "any" in piece ? `(?:${writtenPiece(piece)})` : writtenPiece(piece);

function repetitionMark(least: number, most: number): string {
  if (most === Infinity) return least === 0 ? "*" : least === 1 ? "+" : `{${least},}`;
  if (least === 0 && most === 1) return "?";
  return least === most ? `{${least}}` : `{${least},${most}}`;
}
