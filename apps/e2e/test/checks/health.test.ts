import { spawnSync } from "node:child_process";
import {
  argocdHealth,
  fluxHealthChecks,
  health,
  healthKinds,
  kstatusGaps,
  waitConditions,
  waitGaps,
  type Condition,
  type Health,
  type Observed,
} from "@atlas/manifests/health";
import { temporaryFolder } from "@atlas/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { buildJudges, type Judgement, type Judges } from "../../src/engines/health-judges.ts";

/** How many statuses there are, and of which seed. */
const count = Number(process.env["CHECKS_CASES"] ?? 2000);
const seed = Number(process.env["CHECKS_SEED"] ?? 1);

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

/** Each model's first and last release, and one that is later than what is known. */
const releases = ["v0.1.1", "v0.7.15", "v0.7.16", "0.7.37", "v0.9.0"];

/** Every reason that the operator gives, of which nothing but the first three is pending. */
const reasons = [
  "Reconciling",
  "GettingDevDB",
  "ApprovalPending",
  "WhoAmI",
  "Applied",
  "CreatingAtlasClient",
  "CreatingWorkingDir",
  "Login",
  "ReadingMigrationData",
  "Migrating",
  "StoringDirState",
  "CalculatingHash",
  "LintPolicyError",
  "FirstRunDestructive",
  "ProtectedFlowError",
];

type Status = NonNullable<Observed["status"]>;
interface Resource extends Observed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Observed["metadata"] & { readonly name: string; readonly namespace: string };
}

const resource = (
  kind: string,
  status?: Status,
  metadata: Observed["metadata"] = { generation: 2 },
): Resource => ({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind,
  metadata: { name: "shop", namespace: "shop", ...metadata },
  ...(status !== undefined && { status }),
});

const condition = (type: string, status: string, reason: string): Condition => ({
  type,
  status,
  reason,
  message: "",
});

/** What the operator writes for each reason, from v0.7.16 on and before, and what that means. */
function written(
  reason: string,
  isGivenUp: boolean,
): { before: Condition[]; since: Condition[]; means: [Health, Health] } {
  const isPending = reasons.indexOf(reason) < 3;
  const isApplied = reason === "Applied";
  const of = (type: string, holds: boolean) => condition(type, holds ? "True" : "False", reason);
  const ready = of("Ready", isApplied);
  const isStalled = isGivenUp && !isPending && !isApplied;
  return {
    before: [ready],
    since: [ready, of("Reconciling", isPending), of("Stalled", isStalled)],
    means: isApplied
      ? ["Current", "Current"]
      : isPending
        ? ["InProgress", "InProgress"]
        : ["Failed", isStalled ? "Failed" : "InProgress"],
  };
}

const words: Record<Health, string> = { Current: "Healthy", InProgress: "Progressing", Failed: "Degraded" };

/** What the four should say of an object: what the model does, but for what is known to be judged otherwise. */
function expected(object: Observed, release: string): Judgement {
  const own = health(object, release);
  const isCurrentToKstatus = kstatusGaps(release)[0]?.applies(object);
  const isFailureToKstatus = kstatusGaps(release)[1]?.applies(object);
  const isDeleted = object.metadata.deletionTimestamp !== undefined;
  return {
    ArgoCD: words[own],
    Flux: own,
    Kstatus: isDeleted
      ? "Terminating"
      : isCurrentToKstatus
        ? "Current"
        : isFailureToKstatus
          ? "InProgress"
          : own,
    Waits: own === "Current" || waitGaps(release).some(({ applies }) => applies(object)),
  };
}

/** Statuses as the CRD lets them be, with conditions in any order, twice, and of other types. */
const anyCondition = (types: readonly string[]) =>
  fc.record({
    type: fc.constantFrom(...types),
    status: fc.constantFrom("True", "False", "Unknown"),
    reason: fc.constantFrom(...reasons),
    message: fc.constantFrom("", 'it\'s "so"'),
  });
const anyObject = (types: readonly string[]) =>
  fc
    .record({
      kind: fc.constantFrom(...healthKinds),
      generation: fc.constantFrom(1, 1, 2, undefined),
      deletionTimestamp: fc.constantFrom(
        ...Array.from({ length: 9 }, () => undefined),
        "2026-11-29T00:00:00Z",
      ),
      status: fc.option(
        fc.record(
          {
            observedGeneration: fc.constantFrom(-1, 1, 1, 1),
            conditions: fc.array(anyCondition(types), { maxLength: 4 }),
          },
          { requiredKeys: [] },
        ),
        { nil: undefined, freq: 9 },
      ),
    })
    .map(({ kind, generation, deletionTimestamp, status }) =>
      resource(kind, status, {
        ...(generation !== undefined && { generation }),
        ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      }),
    );

// In CI it has to run.
describe.skipIf(isWithoutGo)("Argo CD's Lua, Flux's CEL, kstatus and kubectl wait, which need Go", () => {
  let judges: Judges;
  beforeAll(async () => {
    judges = await buildJudges(temporaryFolder("health-"));
  }, 900_000);

  const judged = (release: string, kind: (typeof healthKinds)[number], objects: readonly Observed[]) => {
    const flux = fluxHealthChecks(release).find((check) => check.kind === kind);
    if (flux === undefined) throw new Error(`no check of ${kind}`);
    const lua = argocdHealth(release)[`resource.customizations.health.db.atlasgo.io_${kind}`];
    return judges({ lua, flux, wait: waitConditions(release).current }, objects);
  };

  describe.each(releases)("of %s", (release) => {
    const isOld = ["v0.1.1", "v0.7.15"].includes(release);

    test.each(healthKinds)("every condition of %s with every reason is judged as it is meant", (kind) => {
      const rows = reasons.flatMap((reason) =>
        [false, true].map((isGivenUp) => {
          const { before, since, means } = written(reason, isGivenUp);
          const status = isOld ? { conditions: before } : { conditions: since, observedGeneration: 2 };
          return { object: resource(kind, status), means: means[isOld ? 0 : 1] };
        }),
      );
      const others: typeof rows = [
        { object: resource(kind), means: "InProgress" },
        { object: resource(kind, {}), means: "InProgress" },
        { object: resource(kind, { observedGeneration: -1 }), means: "InProgress" },
        {
          object: resource(kind, {
            observedGeneration: 1,
            conditions: [condition("Ready", "True", "Applied")],
          }),
          means: "InProgress",
        },
      ];
      const all = [...rows, ...others];
      expect(all.map(({ object }) => health(object, release))).toEqual(all.map(({ means }) => means));
      const answers = judged(
        release,
        kind,
        all.map(({ object }) => object),
      );
      expect(answers).toEqual(all.map(({ object }) => expected(object, release)));
      // From v0.7.37 on nothing that the operator writes is judged otherwise by anyone.
      if (release !== "0.7.37") return;
      const writes = all.filter(({ object }) => object.status?.observedGeneration !== undefined);
      for (const { object } of writes)
        expect([...kstatusGaps(release), ...waitGaps(release)].some(({ applies }) => applies(object))).toBe(
          false,
        );
    });

    test(`${count / releases.length} random statuses are judged alike`, () => {
      const objects = fc.sample(
        anyObject(isOld ? ["Ready", "Paused"] : ["Ready", "Reconciling", "Stalled", "Paused"]),
        { seed, numRuns: Math.ceil(count / releases.length) },
      );
      for (const kind of healthKinds) {
        const own = objects.filter((object) => object.kind === kind);
        const answers = judged(release, kind, own);
        const differences = own.flatMap((object, index) => {
          const want = expected(object, release);
          return JSON.stringify(answers[index]) === JSON.stringify(want)
            ? []
            : [{ object, want, got: answers[index] }];
        });
        expect(differences.slice(0, 3)).toEqual([]);
        expect(new Set(answers.map(({ Flux }) => Flux))).toEqual(
          new Set(["Current", "Failed", "InProgress"]),
        );
      }
    });
  });
});
