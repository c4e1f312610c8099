import { RE2JS } from "re2js";

/** A regular expression of Go's, which takes linear time. */
export interface GoPattern {
  readonly test: (text: string) => boolean;
}

/**
 * Reads a regular expression as Kustomize does; undefined where it is none.
 *
 * @example
 * patternOf("^(?:web|api)$")?.test("web"); // true
 */
export function patternOf(source: string): GoPattern | undefined {
  try {
    const compiled = RE2JS.compile(source);
    return { test: (text) => compiled.matcher(text).find() };
  } catch {
    return undefined;
  }
}
