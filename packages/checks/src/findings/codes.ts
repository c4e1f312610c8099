import { atlasRules } from "../atlas/rules/index.ts";
import { generalRules } from "../rules/index.ts";
import { ignoreRules } from "./ignored.ts";
import type { Rule } from "./rule.ts";

/** Every rule that is held against objects. */
export const rules = [...generalRules, ...atlasRules] as const;

/** What a finding may be. */
export type Code = (typeof rules)[number]["code"] | (typeof ignoreRules)[number]["code"];

/** What there is to know of a code. */
export type Explanation = Pick<Rule, "severity" | "why" | "fix" | "link"> & { readonly code: Code };

/** Every code that a finding may have, with what there is to know of it. */
export const explanations: readonly Explanation[] = [...rules, ...ignoreRules].map(
  ({ code, severity, why, fix, link }) => ({ code, severity, why, fix, link }),
);

/**
 * Why something does not work that a finding has this code for, and how it is mended.
 *
 * @returns undefined for a code that there is not.
 * @example
 * explain("memory-unlimited")?.fix; // "state resources.requests.memory and resources.limits.memory"
 */
export const explain = (code: string): Explanation | undefined =>
  explanations.find((each) => each.code === code);
