import { atlasRules } from "../atlas/rules/index.ts";
import { generalRules } from "../rules/index.ts";
import { ignoreRules } from "./ignored.ts";
import { refusalCodes, links, warnings } from "../api-server/rule/codes.ts";
import type { Code } from "./any-code.ts";
import type { Rule } from "../findings/rule.ts";

/** Every rule that is held against objects. */
export const allRules: readonly Rule[] = [...generalRules, ...atlasRules];

/** What there is to know of a code. */
export type Explanation = Pick<Rule, "severity" | "why" | "fix" | "link"> & { readonly code: Code };

/** Every code that a finding may have, with what there is to know of it. */
export const explanations: readonly Explanation[] = [
  ...[...allRules, ...ignoreRules].map(({ code, severity, why, fix, link }) => ({
    code,
    severity,
    why,
    fix,
    link,
  })),
  ...refusalCodes.map((code): Explanation => ({ code, ...refusalExplanation(code) })),
];

/** What holds for all that the rules of the API server are about; the finding itself says what is wrong. */
function refusalExplanation(code: (typeof refusalCodes)[number]): Omit<Explanation, "code"> {
  const isTaken = warnings.has(code);
  return {
    severity: isTaken ? "warning" : "error",
    why: isTaken
      ? "The API server takes the object, but not by every way, or not as it is meant."
      : "The API server refuses the object: nothing of it is applied.",
    fix: "give the field a value that the API server takes",
    link: links[code] ?? "https://kubernetes.io/docs/reference/kubernetes-api/",
  };
}

/**
 * Why something does not work that a finding has this code for, and how it is fixed.
 *
 * @returns undefined for a code that there is not.
 * @example
 * explain("memory-unlimited")?.fix; // "state resources.requests.memory and resources.limits.memory"
 */
export const explain = (code: string): Explanation | undefined =>
  explanations.find((each) => each.code === code);
