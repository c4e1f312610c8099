import { createRequire } from "node:module";
import type * as Re2 from "re2js";
import { rulesRunner } from "./runtime/cel/rules.ts";
import { patternReader } from "./runtime/pattern-reader.ts";
import type { ReadPattern } from "./runtime/pattern.ts";
import { resolver } from "./runtime/schema.ts";
import type { Tools } from "./runtime/validate.ts";

let reader: ReadPattern | undefined;

/** The library takes as long to load as a small render: it is, for the first pattern that needs it. */
function readPattern(pattern: string): ReturnType<ReadPattern> {
  if (!reader) {
    const { RE2JS }: typeof Re2 = createRequire(import.meta.url)("re2js");
    reader = patternReader(RE2JS);
  }
  return reader(pattern);
}

/** What a definition that is known only at run time may need; as a cluster takes it, it shares nothing. */
export const definitionTools: Tools = {
  runRules: rulesRunner(resolver({}), (pattern) => readPattern(pattern)),
  readPattern,
};
