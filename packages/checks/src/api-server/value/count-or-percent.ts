import type { Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";

const percent = /^\d+%$/;

/**
 * A count, or a share in percent: 1, "25%".
 *
 * Source: ValidatePositiveIntOrPercent in k8s.io/kubernetes/pkg/apis/apps/validation.
 */
export const countOrPercent: Rule = (place, { report }) => {
  const { value } = place;
  if (typeof value === "number" ? value >= 0 : typeof value !== "string" || percent.test(value)) return;
  report(
    place,
    "count-malformed",
    `${quoted(value)} is neither a count nor a share`,
    'write a number as 1, or a text as "25%"',
  );
};

/** As `countOrPercent`, of which a share is 100% at most. */
export const countOrShare: Rule = (place, look) => {
  countOrPercent(place, look);
  const { value } = place;
  if (typeof value === "string" && percent.test(value) && Number.parseInt(value, 10) > 100)
    look.report(place, "number-out-of-range", `${value} is more than all`, 'write "100%" at most');
};

/** The count or the share as a number; what is neither counts as nought. */
export function countOf(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === "number") return value;
  return typeof value === "string" && percent.test(value) ? Number.parseInt(value, 10) : 0;
}
