import { atlasRules } from "../atlas/rules/index.ts";
import { generalRules } from "../rules/index.ts";
import { ignoreRules } from "./ignored.ts";
import { refusals, type Code as RefusalCode } from "../api-server/rule/codes.ts";
import { linkOf, warnings } from "../api-server/rule/severity.ts";
import type { Code } from "./any-code.ts";
import type { Rule } from "../findings/rule.ts";

/** Every rule that is held against objects. */
export const allRules: readonly Rule[] = [...generalRules, ...atlasRules];

/** What there is to know of a code. */
export type Explanation = Pick<Rule, "severity" | "why" | "fix" | "link"> & { readonly code: Code };

/** What the API server has against objects: of a list in which a code lacks an explanation, this is not compiled. */
const refusalExplanations = Object.entries<Pick<Rule, "why" | "fix">>(refusals).map(
  ([name, { why, fix }]): Explanation => {
    const code = name as RefusalCode;
    const isTaken = warnings.has(code);
    return {
      code,
      severity: isTaken ? "warning" : "error",
      why: isTaken ? why : `${why} The API server refuses the object.`,
      fix,
      link: linkOf(code) ?? "https://kubernetes.io/docs/reference/kubernetes-api/",
    };
  },
);

/** Every code that a finding may have, with what there is to know of it. */
export const explanations: readonly Explanation[] = [
  ...[...allRules, ...ignoreRules].map(({ code, severity, why, fix, link }) => ({
    code,
    severity,
    why,
    fix,
    link,
  })),
  ...refusalExplanations,
];

/**
 * Why something does not work that a finding has this code for, and how it is fixed.
 *
 * @returns undefined for a code that there is not.
 * @example
 * explain("memory-unlimited")?.fix; // "state resources.requests.memory and resources.limits.memory"
 */
export const explain = (code: string): Explanation | undefined =>
  explanations.find((each) => each.code === code);
