// Generated from crds/ by crd-codegen. Do not edit.

import type { Schema } from "./schema.ts";

/** A pattern that a text can be held against. */
export interface Expression {
  readonly test: (text: string) => boolean;
  /** The first part of a text that matches, empty where there is none. */
  readonly find: (text: string) => string;
  readonly findAll: (text: string, atMost?: number) => readonly string[];
}

/**
 * Reads a pattern in Go's syntax (RE2) into one that needs no more time than in Go, where it grows with the text's length
 * alone.
 *
 * @throws Error when Go takes no such pattern.
 */
export type ReadPattern = (pattern: string) => Expression;

/**
 * Whether a text matches a schema's pattern, with the verdict of Go and in linear time; undefined where nobody can tell: the
 * pattern is none, or one for which `readPattern` is needed and not there.
 */
export function matches(
  text: string,
  { pattern = "", expression }: Schema,
  readPattern: ReadPattern | undefined,
): boolean | undefined {
  if (expression !== undefined) return compiledPattern(expression).test(text);
  try {
    return readPattern?.(pattern).test(text);
  } catch {
    return undefined;
  }
}

const expressions = new Map<string, RegExp>();

function compiledPattern(expression: string): RegExp {
  const known = expressions.get(expression) ?? new RegExp(expression, "u");
  expressions.set(expression, known);
  return known;
}
