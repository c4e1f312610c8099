import type { Gap } from "./gap.ts";
import { answer, health, healthModelOf, type Observed } from "./model.ts";

/**
 * Where kstatus, by which `flux`, `kpt` and Helm wait when nobody tells them more, judges otherwise than the model. An object
 * to which none of these applies is judged alike.
 *
 * @param release that reconciles the resources.
 *
 * @example
 * kstatusGaps("v0.7.11").map(({ what }) => what);
 * // ["an object without a Ready condition is current to kstatus", "a failure is in progress to kstatus"]
 */
export function kstatusGaps(release: string): readonly Gap[] {
  const { inProgress, failed } = healthModelOf(release);
  const isDecided = (object: Observed): boolean =>
    [...inProgress, ...failed].some((question) => answer(question, object));
  const gaps: Gap[] = [
    {
      what: "an object without a Ready condition is current to kstatus",
      applies: (object) =>
        !isDecided(object) && !object.status?.conditions?.some(({ type }) => type === "Ready"),
    },
  ];
  if (failed.some(({ asks }) => asks === "condition"))
    gaps.push({
      what: "a failure is in progress to kstatus",
      applies: (object) => health(object, release) === "Failed",
    });
  return gaps;
}
