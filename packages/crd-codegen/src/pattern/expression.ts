import { characterClass } from "./character-set.ts";
import { isLinear } from "./linear-time.ts";
import { readPattern, type Pattern, type Piece } from "./pattern.ts";

/**
 * A pattern of Go's as JavaScript says it (with the flag `u`), or undefined where JavaScript can't, or would take more
 * time than Go, which needs as much as the text is long.
 *
 * @example
 *   expressionOf("^a.c$"); // "^a[\\x00-\\x09\\x0b-\\u{10ffff}]c$"
 *   expressionOf("^(a+)+$"); // undefined
 */
export function expressionOf(pattern: string): string | undefined {
  const known = expressions.get(pattern);
  if (known !== undefined || expressions.has(pattern)) return known;
  const read = readPattern(pattern);
  const expression = read && isLinear(read) ? wholeOf(read) : undefined;
  expressions.set(pattern, expression);
  return expression;
}

/** A pattern without anything that Go and JavaScript (with the flag `u`) take for different things. */
const alike =
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
  if (alike.test(pattern) && isExpression(pattern)) return pattern;
  const read = readPattern(pattern);
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
  `${fromStart ? "^" : ""}${written(piece)}${toEnd ? "$" : ""}`;

/** A schema says the same pattern in many places. */
const expressions = new Map<string, string | undefined>();

function written(piece: Piece): string {
  if ("set" in piece) return characterClass(piece.set);
  if ("all" in piece) return piece.all.map(member).join("");
  if ("any" in piece) return piece.any.map(written).join("|");
  const { least, most } = piece;
  const isOne = "set" in piece.piece;
  const body = isOne ? written(piece.piece) : `(?:${written(piece.piece)})`;
  return `${body}${count(least, most)}`;
}

const member = (piece: Piece): string => ("any" in piece ? `(?:${written(piece)})` : written(piece));

function count(least: number, most: number): string {
  if (most === Infinity) return least === 0 ? "*" : least === 1 ? "+" : `{${least},}`;
  if (least === 0 && most === 1) return "?";
  return least === most ? `{${least}}` : `{${least},${most}}`;
}
