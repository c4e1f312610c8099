import { createRequire } from "node:module";
import type * as Re2 from "re2js";
import { patternReader } from "./runtime/pattern-reader.ts";
import type { ReadPattern } from "./runtime/pattern.ts";

let reader: ReadPattern | undefined;

/** Reads the patterns of definitions. The library takes as long to load as a small render: it is, for the first pattern that needs it. */
export function readPattern(pattern: string): ReturnType<ReadPattern> {
  if (!reader) {
    const { RE2JS }: typeof Re2 = createRequire(import.meta.url)("re2js");
    reader = patternReader(RE2JS);
  }
  return reader(pattern);
}
