import {
  argocdHealth,
  fluxHealthChecks,
  health,
  kstatusGaps,
  waitConditions,
  waitGaps,
  type Condition,
  type Health,
  type Observed,
} from "@atlas/manifests/health";
import { describe, expect, test } from "vitest";

const condition = (text: string): Condition => {
  const [type = "", status = "", reason = ""] = text.split(" ");
  return { type, status, reason };
};
const object = (conditions: readonly string[], generations?: readonly [number, number]): Observed => ({
  metadata: { ...(generations && { generation: generations[0] }) },
  status: {
    ...(generations && { observedGeneration: generations[1] }),
    conditions: conditions.map(condition),
  },
});

describe("an object's health follows from the conditions of the release", () => {
  test.each<[string, Observed, Record<"v0.7.11" | "v0.7.37", Health>]>([
    ["no status", { metadata: {} }, { "v0.7.11": "InProgress", "v0.7.37": "InProgress" }],
    ["applied", object(["Ready True Applied"]), { "v0.7.11": "Current", "v0.7.37": "Current" }],
    [
      "applied, before the last change",
      object(["Ready True Applied"], [2, 1]),
      { "v0.7.11": "InProgress", "v0.7.37": "InProgress" },
    ],
    [
      "waiting for a person",
      object(["Ready False ApprovalPending", "Reconciling True ApprovalPending"]),
      { "v0.7.11": "InProgress", "v0.7.37": "InProgress" },
    ],
    [
      "failed, to be tried again",
      object(["Ready False Migrating", "Reconciling False Migrating", "Stalled False Migrating"]),
      { "v0.7.11": "Failed", "v0.7.37": "InProgress" },
    ],
    [
      "given up",
      object(["Ready False Migrating", "Reconciling False Migrating", "Stalled True Migrating"]),
      { "v0.7.11": "Failed", "v0.7.37": "Failed" },
    ],
    [
      "being deleted",
      { ...object(["Ready True Applied"]), metadata: { deletionTimestamp: "2026-11-29T00:00:00Z" } },
      { "v0.7.11": "InProgress", "v0.7.37": "InProgress" },
    ],
  ])("%s", (_name, given, want) => {
    expect({ "v0.7.11": health(given, "v0.7.11"), "v0.7.37": health(given, "0.7.37") }).toEqual(want);
  });
});

test("each kind has its check for Argo CD and for Flux", () => {
  expect(Object.keys(argocdHealth("v0.7.11"))).toEqual([
    "resource.customizations.health.db.atlasgo.io_AtlasMigration",
    "resource.customizations.health.db.atlasgo.io_AtlasSchema",
  ]);
  expect(fluxHealthChecks("v0.7.11").map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
    "db.atlasgo.io/v1alpha1 AtlasMigration",
    "db.atlasgo.io/v1alpha1 AtlasSchema",
  ]);
});

test("what kubectl can wait for depends on the release", () => {
  expect(waitConditions("v0.7.15")).toEqual({ current: "--for=condition=Ready" });
  expect(waitConditions("v0.7.16")).toEqual({
    current: "--for=condition=Ready",
    failed: "--for=condition=Stalled",
  });
});

test("it is said where others judge otherwise", () => {
  expect(kstatusGaps("v0.7.11").map(({ what }) => what)).toEqual([
    "an object without a Ready condition is current to kstatus",
    "a failure is in progress to kstatus",
  ]);
  expect(kstatusGaps("v0.7.37").map(({ what }) => what)).toEqual([
    "an object without a Ready condition is current to kstatus",
  ]);
  expect(waitGaps("v0.7.11")).toHaveLength(1);
  expect(waitGaps("v0.7.37")).toHaveLength(3);
});
