import type { OpenVerdict, Reason, Verdict } from "@atlas/checks";
import { displayName } from "@atlas/compose";

/** A reason, with where in the sources it stands. */
export interface ReasonFacts {
  readonly object: string | undefined;
  readonly path: string;
  readonly text: string;
  /** As `file:line`. */
  readonly place: string | undefined;
}

/** What the objects say to a question; `depends` where they do not say enough. */
export interface Answer {
  readonly says: "yes" | "no" | "depends";
  readonly because: readonly ReasonFacts[];
}

/** Finds the place of a reason in the sources. */
export type PlaceOf = (reason: Reason) => string | undefined;

/** A verdict as it is shown: what is not known counts where it could change the answer. */
export function answerOf(verdict: Verdict | OpenVerdict, placeOf: PlaceOf): Answer {
  const unknown = "unknown" in verdict ? verdict.unknown : [];
  const says = unknown.length > 0 ? "depends" : verdict.allowed ? "yes" : "no";
  return {
    says,
    because: [...verdict.because, ...unknown].map((reason) => ({
      object: reason.object && displayName(reason.object),
      path: reason.path,
      text: reason.text,
      place: placeOf(reason),
    })),
  };
}
