import { expect, test } from "vitest";
import { isAtRest } from "../src/operator/metrics.ts";

/** What a controller-runtime serves of two controllers. */
const metrics = ({
  done = 0,
  failed = 0,
  active = 0,
  depth = 0,
}): string => `# HELP workqueue_depth Current depth of workqueue
# TYPE workqueue_depth gauge
workqueue_depth{controller="atlasschema",name="atlasschema",priority=""} ${depth}
workqueue_depth{controller="atlasmigration",name="atlasmigration",priority=""} 7
controller_runtime_active_workers{controller="atlasschema"} ${active}
controller_runtime_active_workers{controller="atlasmigration"} 1
controller_runtime_reconcile_total{controller="atlasschema",result="error"} ${failed}
controller_runtime_reconcile_total{controller="atlasschema",result="success"} ${done}
controller_runtime_reconcile_total{controller="atlasmigration",result="success"} 40
controller_runtime_reconcile_time_seconds_bucket{controller="atlasschema",le="0.005"} 90
`;

test.each<[string, Parameters<typeof metrics>[0], boolean]>([
  ["nothing is done yet", {}, false],
  ["some are done", { done: 2 }, false],
  ["all are done, some of them with an error", { done: 2, failed: 1 }, true],
  ["some were tried again", { done: 2, failed: 5 }, true],
  ["one is under way", { done: 3, active: 1 }, false],
  ["one waits", { done: 3, depth: 1 }, false],
])("a controller of three objects is at rest: %s", (_name, given, want) =>
  expect(isAtRest(metrics(given), "atlasschema", 3)).toBe(want),
);

test("what serves no metrics is not at rest", () => expect(isAtRest("", "atlasschema", 1)).toBe(false));
