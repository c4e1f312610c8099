import { readPattern } from "./definition-patterns.ts";
import { rulesRunner } from "./runtime/cel/rules.ts";
import { resolver } from "./runtime/schema.ts";
import type { Tools } from "./runtime/validate.ts";

/** What a definition that is known only at run time may need; as a cluster takes it, it shares nothing. */
export const definitionTools: Tools = {
  runRules: rulesRunner(resolver({}), readPattern),
  readPattern,
};
