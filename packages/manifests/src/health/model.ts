import { isEarlier } from "../releases.ts";

/** What is known of an object, in the words of kstatus. */
export type Health = "Current" | "InProgress" | "Failed";

/** A question about an object that each of the languages can ask. */
export type HealthQuestion =
  /** Is the object being deleted? */
  | { readonly asks: "deleted" }
  /** Was the object changed since its status was written? */
  | { readonly asks: "unobserved" }
  /** Is this type the first of the conditions among these that are True? */
  | { readonly asks: "first-true"; readonly among: readonly string[]; readonly type: string }
  /** Has the first condition of this type this status, and none of these reasons? */
  | {
      readonly asks: "condition";
      readonly type: string;
      readonly status: "True" | "False";
      readonly exceptReasons: readonly string[];
    };

/**
 * What decides over an object's health, asked in this order: the first that is answered with yes decides. Where none is,
 * the object is in progress.
 */
export interface HealthModel {
  readonly inProgress: readonly HealthQuestion[];
  readonly failed: readonly HealthQuestion[];
  readonly current: readonly HealthQuestion[];
}

/** The reasons of a Ready condition that is False because something goes on, or waits for a person. */
export const pendingReasons = ["Reconciling", "GettingDevDB", "ApprovalPending"] as const;

/** The kinds whose conditions are known. */
export const healthKinds = ["AtlasMigration", "AtlasSchema"] as const;
export const healthApiVersion = "db.atlasgo.io/v1alpha1";

const always: readonly HealthQuestion[] = [{ asks: "deleted" }, { asks: "unobserved" }];
const ready: HealthQuestion = { asks: "condition", type: "Ready", status: "True", exceptReasons: [] };
const abnormal = ["Reconciling", "Stalled"];

/**
 * Up to v0.7.15 Ready is the only condition. Not every error is retried there, and nothing tells one that is from one that
 * is not: each is a failure until it is gone.
 */
const readyAlone: HealthModel = {
  inProgress: always,
  failed: [{ asks: "condition", type: "Ready", status: "False", exceptReasons: pendingReasons }],
  current: [ready],
};

/** From v0.7.16 on the operator says itself when it has given up: Stalled, once `backoffLimit` is reached. */
const withStalled: HealthModel = {
  inProgress: [...always, { asks: "first-true", among: abnormal, type: "Reconciling" }],
  failed: [{ asks: "first-true", among: abnormal, type: "Stalled" }],
  current: [ready],
};

/** What decides in a release; one that is later than what is known is taken for the last that is. */
export const healthModelOf = (release: string): HealthModel =>
  isEarlier(release, "v0.7.16") ? readyAlone : withStalled;

/** A custom resource, as far as its health depends on it. */
export interface Observed {
  readonly metadata: { readonly generation?: number; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The health of an AtlasSchema or AtlasMigration, by the conditions of the release that reconciles it.
 *
 * @param release as its tag names it; the `v` may be missing.
 *
 * @example
 * health({ metadata: {}, status: { conditions: [{ type: "Ready", status: "True" }] } }, "v0.7.11"); // "Current"
 */
export function health(object: Observed, release: string): Health {
  const { inProgress, failed, current } = healthModelOf(release);
  if (inProgress.some((question) => answer(question, object))) return "InProgress";
  if (failed.some((question) => answer(question, object))) return "Failed";
  return current.some((question) => answer(question, object)) ? "Current" : "InProgress";
}

/** What a question is answered with. */
export function answer(question: HealthQuestion, { metadata, status = {} }: Observed): boolean {
  const { observedGeneration, conditions = [] } = status;
  if (question.asks === "deleted") return metadata.deletionTimestamp !== undefined;
  if (question.asks === "unobserved") {
    return (
      observedGeneration !== undefined &&
      metadata.generation !== undefined &&
      observedGeneration !== metadata.generation
    );
  }
  if (question.asks === "first-true") {
    return (
      conditions.find((each) => each.status === "True" && question.among.includes(each.type))?.type ===
      question.type
    );
  }
  const found = conditions.find(({ type }) => type === question.type);
  return found?.status === question.status && !question.exceptReasons.includes(found.reason ?? "");
}
