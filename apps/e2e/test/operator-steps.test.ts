import { describe, expect, test } from "vitest";
import type { Database } from "../src/operator/database.ts";
import { untilReconciled, type Stage } from "../src/operator/operator-steps.ts";
import type { OperatorCase } from "../src/operator/operator-cases.ts";

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}
const condition = (type: string, status: string, reason: string): Condition => ({
  type,
  status,
  reason,
  message: "what it said",
});

/** A stage on which the object has one status after the other. */
function stageOf(statuses: readonly (readonly Condition[])[]): Stage {
  let asked = 0;
  const kubectl = () => {
    const conditions = statuses[Math.min(asked++, statuses.length - 1)];
    return Promise.resolve(JSON.stringify({ status: { conditions } }));
  };
  return { kubectl, namespace: "shop", database: {} as Database, folder: "" };
}

const tried = {
  objects: [{ apiVersion: "db.atlasgo.io/v1alpha1", kind: "AtlasSchema", metadata: { name: "orders" } }],
} as unknown as OperatorCase;
const failed = condition("Ready", "False", "Migrating");

const output = () => Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join("");

describe("waiting for the operator", () => {
  test("ends when the object is Ready", async () => {
    const stage = stageOf([[], [failed], [condition("Ready", "True", "Applied")]]);
    await expect(untilReconciled(stage, tried)).resolves.toBeUndefined();
  });

  test.each([
    [
      "it has given up",
      [failed, condition("Stalled", "True", "Migrating")],
      "the operator tries no more; Ready is False, Migrating",
    ],
    [
      "a final reason",
      [condition("Ready", "False", "LintPolicyError")],
      "the operator tries no more; Ready is False, LintPolicyError: what it said",
    ],
    ["time is over", [failed], "not Ready after 0 s; Ready is False, Migrating: what it said"],
    ["nobody came", [], "not Ready after 0 s; nobody has written a condition"],
  ])("ends with what is known when %s", async (name, conditions, says) => {
    const seconds = name === "time is over" || name === "nobody came" ? -1 : 120;
    const waiting = untilReconciled(stageOf([conditions]), tried, { output, seconds });
    await expect(waiting).rejects.toThrow(says.replace("after 0 s", `after ${seconds} s`));
    await expect(untilReconciled(stageOf([conditions]), tried, { output, seconds })).rejects.toThrow(
      /^atlasschema\/orders: [^]*ends so:\nline 10\n[^]*line 29$/,
    );
  });
});
