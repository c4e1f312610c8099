import { answer, healthModelOf, type Observed } from "./model.ts";
import type { Gap } from "./gap.ts";

/** The option `--for` of `kubectl wait`. */
export interface WaitConditions {
  /** Until the resource is current. */
  readonly current: string;
  /** Until the operator has given up; undefined where the release does not say so. */
  readonly failed?: string;
}

/**
 * What `kubectl wait` has to wait for. It takes one condition only, so that one that waits for `current` does not end when
 * the resource has failed: give it a timeout, or let a second one wait for `failed`.
 *
 * @param release that reconciles the resources.
 *
 * @example
 * `kubectl wait ${waitConditions("v0.7.37").current} --timeout=10m atlasschema/shop`; // "kubectl wait --for=condition=Ready …"
 */
export function waitConditions(release: string): WaitConditions {
  const stalled = healthModelOf(release).failed.some(({ asks }) => asks === "first-true");
  return { current: "--for=condition=Ready", ...(stalled && { failed: "--for=condition=Stalled" }) };
}

/** Where `kubectl wait --for=condition=Ready` ends although the object is not current. */
export function waitGaps(release: string): readonly Gap[] {
  const { inProgress, failed } = healthModelOf(release);
  return [...inProgress, ...failed].flatMap((question): Gap[] => {
    if (question.asks === "deleted")
      return [
        {
          what: "an object that is Ready and being deleted ends the waiting",
          applies: (object) => isReady(object) && answer(question, object),
        },
      ];
    if (question.asks !== "first-true") return [];
    return [
      {
        what: `an object that is Ready and ${question.type} at once, which the operator does not write, ends the waiting`,
        applies: (object) => isReady(object) && answer(question, object),
      },
    ];
  });
}

const isReady = (object: Observed): boolean =>
  !answer({ asks: "unobserved" }, object) &&
  object.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
