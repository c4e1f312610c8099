import { condition, controllers, leads, resourceLabels } from "./metrics.ts";

/** A query of Prometheus, and what its lines are called. */
type Query = readonly [expr: string, legend: string];

const datasource = { type: "prometheus", uid: "${datasource}" };

const panel = (
  at: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  type: "stat" | "table" | "timeseries",
  title: string,
  [expr, legendFormat]: Query,
) => ({
  type,
  title,
  datasource,
  gridPos: at,
  targets: [
    {
      refId: "A",
      datasource,
      expr,
      legendFormat,
      ...(type === "table" && { instant: true, format: "table" }),
    },
  ],
});

const sumOfRate = (what: string) => `sum by (controller) (rate(${what}[$__rate_interval]))`;

/** A dashboard of Grafana, by the name of the operator's lease. */
export const dashboardOf = (lease: string): object => ({
  uid: "atlas-operator",
  title: "Atlas Operator",
  tags: ["atlas"],
  schemaVersion: 39,
  refresh: "1m",
  time: { from: "now-6h", to: "now" },
  templating: { list: [{ name: "datasource", type: "datasource", query: "prometheus" }] },
  panels: [
    panel({ x: 0, y: 0, w: 6, h: 4 }, "stat", "Replicas that lead", [`sum(${leads(lease)})`, ""]),
    panel({ x: 6, y: 0, w: 6, h: 4 }, "stat", "Replicas", [`count(${leads(lease)})`, ""]),
    panel({ x: 12, y: 0, w: 6, h: 4 }, "stat", "Resources that are Ready", [
      `sum(${condition}{type="Ready"})`,
      "",
    ]),
    panel({ x: 18, y: 0, w: 6, h: 4 }, "stat", "Resources that are not", [
      `count(${condition}{type="Ready"} == 0) or vector(0)`,
      "",
    ]),
    panel({ x: 0, y: 4, w: 24, h: 8 }, "table", "Resources that are not Ready", [
      `max by (${resourceLabels}, reason) (${condition}{type="Ready"}) == 0`,
      "",
    ]),
    panel({ x: 0, y: 12, w: 12, h: 8 }, "timeseries", "Reconciles a second", [
      sumOfRate(`controller_runtime_reconcile_total{${controllers}}`),
      "{{controller}}",
    ]),
    panel({ x: 12, y: 12, w: 12, h: 8 }, "timeseries", "Errors a second", [
      sumOfRate(`controller_runtime_reconcile_errors_total{${controllers}}`),
      "{{controller}}",
    ]),
    panel({ x: 0, y: 20, w: 12, h: 8 }, "timeseries", "How long a reconcile takes (95%)", [
      `histogram_quantile(0.95, sum by (controller, le) (rate(controller_runtime_reconcile_time_seconds_bucket{${controllers}}[$__rate_interval])))`,
      "{{controller}}",
    ]),
    panel({ x: 12, y: 20, w: 12, h: 8 }, "timeseries", "Resources that wait", [
      'sum by (name) (workqueue_depth{name=~"atlas.*"})',
      "{{name}}",
    ]),
  ],
});
