import type { Expression, ReadPattern } from "./pattern.ts";

/** What is taken of the library `re2js`. */
export interface PatternLibrary {
  readonly compile: (pattern: string) => {
    readonly test: (text: string) => boolean;
    readonly re2: () => {
      readonly find: (text: string) => string;
      readonly findAll: (text: string, atMost: number) => readonly string[] | null;
    };
  };
}

const mostKept = 1000;

/**
 * Reads any pattern in Go's syntax. The library is a translation of RE2, which Go's package `regexp` is, too: it takes the
 * same patterns, and linear time.
 */
export function patternReader(library: PatternLibrary): ReadPattern {
  const read = new Map<string, Expression>();
  return (pattern) => {
    const known = read.get(pattern);
    if (known) return known;
    const expression = library.compile(pattern);
    const made: Expression = {
      test: (text) => expression.test(text),
      find: (text) => expression.re2().find(text),
      findAll: (text, atMost = -1) => expression.re2().findAll(text, atMost) ?? [],
    };
    // A rule may take its pattern out of the object.
    if (read.size >= mostKept) read.clear();
    read.set(pattern, made);
    return made;
  };
}
