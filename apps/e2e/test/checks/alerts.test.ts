import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { base, operator } from "@atlas/manifests";
import { monitoring } from "@atlas/manifests/options";
import { temporaryFolder } from "@atlas/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { go } from "../../src/workspace/go-modules.ts";
import { objectsOf, withOptions } from "./option-cases.ts";

/** Where go.mod states the version of promtool. */
const home = fileURLToPath(new URL("../../prometheus", import.meta.url));
const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

interface Rule {
  readonly spec: { readonly groups: readonly object[] };
}
const rule = objectsOf(withOptions(base, [monitoring({ scrape: { by: "PodMonitor" } })])).find(
  ({ kind }) => kind === "PrometheusRule",
) as unknown as Rule;

const condition = (type: string, reason: string) =>
  `atlas_condition{customresource_kind="AtlasSchema", resource_namespace="shop", resource="orders", type="${type}", reason="${reason}"}`;
const leader = (pod: string) =>
  `leader_election_master_status{namespace="${operator.name}", pod="${pod}", name="5220c287.atlasgo.io"}`;
const errors = `controller_runtime_reconcile_errors_total{namespace="${operator.name}", controller="atlasschema"}`;

type Series = readonly [series: string, values: string];
const led: Series = [leader("a"), "1x60"];

/** Series of a value a minute, a minute to look at, and the alerts that fire by then. */
const cases: readonly [what: string, series: readonly Series[], minute: number, alerts: readonly string[]][] =
  [
    ["all is well", [led, [condition("Ready", "Applied"), "1x60"], [errors, "0x60"]], 60, []],
    ["a failure", [led, [condition("Ready", "Migrating"), "0x60"]], 6, ["AtlasResourceFailing"]],
    ["a failure that has not lasted", [led, [condition("Ready", "Migrating"), "0x60"]], 4, []],
    [
      "a failure that lasts",
      [led, [condition("Ready", "Migrating"), "0x60"]],
      31,
      ["AtlasResourceFailing", "AtlasResourceStuck"],
    ],
    ["work that goes on", [led, [condition("Ready", "GettingDevDB"), "0x60"]], 20, []],
    [
      "work that does not end",
      [led, [condition("Ready", "GettingDevDB"), "0x60"]],
      31,
      ["AtlasResourceStuck"],
    ],
    ["a person who is waited for", [led, [condition("Ready", "ApprovalPending"), "0x60"]], 60, []],
    [
      "reasons that change",
      [
        led,
        [condition("Ready", "Migrating"), "0x3 _x3 0x3 _x3 0x3 _x3 0x40"],
        [condition("Ready", "Reconciling"), "_x3 0x3 _x3 0x3 _x3 0x3 _x40"],
      ],
      31,
      ["AtlasResourceFailing", "AtlasResourceStuck"],
    ],
    [
      "what is given up",
      [led, [condition("Stalled", "BackoffLimitExceeded"), "1x60"]],
      2,
      ["AtlasResourceGivenUp"],
    ],
    ["a standby beside a leader", [led, [leader("b"), "0x60"]], 60, []],
    [
      "replicas without a leader",
      [
        [leader("a"), "0x60"],
        [leader("b"), "0x60"],
      ],
      3,
      ["AtlasOperatorWithoutLeader"],
    ],
    [
      "a change of leaders",
      [
        [leader("a"), "1x10 0x50"],
        [leader("b"), "0x11 1x49"],
      ],
      12,
      [],
    ],
    ["no operator", [["up", "1x60"]], 6, ["AtlasOperatorAbsent"]],
    ["errors that go on", [led, [errors, "0+1x60"]], 20, ["AtlasOperatorErrors"]],
    ["one error", [led, [errors, "0 1x60"]], 30, []],
  ];

// In CI it has to run.
describe.skipIf(isWithoutGo)("the alerts, by promtool, which needs Go", () => {
  const folder = temporaryFolder();
  const promtool = join(folder, "promtool");
  const run = (...args: readonly string[]): string =>
    execFileSync(promtool, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(async () => {
    const program = "github.com/prometheus/prometheus/cmd/promtool";
    await go(["build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", promtool, program], {
      cwd: home,
    });
    writeFileSync(join(folder, "rules.yaml"), JSON.stringify(rule.spec));
  }, 900_000);

  test("are sound", () => {
    expect(run("check", "rules", "--lint-fatal", "rules.yaml")).toContain("SUCCESS");
  });

  test.each(cases)("fire, or not, for %s", (what, series, minute, alerts) => {
    const name = `${what.replaceAll(" ", "-")}.yaml`;
    // Which fire is read from a query, so that what should not fire is seen, too.
    const samples = alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 }));
    writeFileSync(
      join(folder, name),
      JSON.stringify({
        rule_files: ["rules.yaml"],
        evaluation_interval: "1m",
        tests: [
          {
            interval: "1m",
            input_series: series.map(([of, values]) => ({ series: of, values })),
            promql_expr_test: [
              {
                expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
                eval_time: `${minute}m`,
                exp_samples: samples,
              },
            ],
          },
        ],
      }),
    );
    expect(run("test", "rules", name)).toContain("SUCCESS");
  });
});
