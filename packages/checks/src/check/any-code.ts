import type { Code as RefusalCode } from "../api-server/rule/codes.ts";
import type { RuleCode } from "../findings/code.ts";

/** What a finding may be: what a rule of this package looks for, or what the API server refuses. */
export type Code = RuleCode | RefusalCode;
