import { RE2JS } from "re2js";
import { patternReader } from "./pattern-reader.ts";
import type { ReadPattern } from "./pattern.ts";

/** Reads patterns of kinds that need more than JavaScript has; it is loaded with them alone. */
export const readLinearPattern: ReadPattern = /* @__PURE__ */ patternReader(RE2JS);
