import { component, define, refuseFurther, type Component } from "@atlas/compose";
import type { ConfigMap } from "kubernetes-types/core/v1.js";
import { operator } from "../../operator.ts";
import { leaseOf } from "../../lease.ts";
import {
  calledWith,
  labelNameProblem,
  refuseSettings,
  unknownSettings,
  type SettingsOf,
} from "../../settings.ts";
import { alertsOf, type Alert } from "./alerts.ts";
import { dashboardOf } from "./dashboard.ts";
import { monitoringDefinitions } from "./definitions.ts";
import { resourceState } from "./resource-state.ts";
import { scrapeObjects, scrapeProblems, type Scrape } from "./scrape.ts";

/** How the operator is watched. */
export interface MonitoringSettings {
  readonly scrape: Scrape;
  /** The labels by which Prometheus selects what is its own: `{ release: "kube-prometheus-stack" }`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The name that the option `instance` was given; list this option before that one. */
  readonly instance?: string;
  /** The label by which Grafana's sidecar finds dashboards; `grafana_dashboard: "1"` unless it is stated. */
  readonly dashboardLabels?: Readonly<Record<string, string>>;
}

/**
 * Has the operator watched: a PodMonitor or ServiceMonitor, a PrometheusRule with alerts for resources that fail, are stuck
 * or are tried no more and for an operator that is away, fails or has no leader, a dashboard for Grafana, and a
 * configuration for kube-state-metrics, which the alerts and the panels of resources need.
 *
 * The Prometheus Operator's kinds have to be in the cluster, as `atlas-render check --assumptions` says. Their fields, as far as
 * they are known here, are looked at without its CustomResourceDefinitions; with them among the `crds` of a layer, by those.
 *
 * Mount the ConfigMap `atlas-operator-state-metrics` into kube-state-metrics, give that
 * `--custom-resource-state-config-file`, and let it list and watch the kinds.
 *
 * @throws ComposeError for an instance that is not the name of one.
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 *
 * @example
 * overlay({
 *   base,
 *   components: [
 *     monitoring({ scrape: { by: "PodMonitor" }, labels: { release: "kube-prometheus-stack" } }),
 *   ],
 * });
 */
export function monitoring(settings: MonitoringSettings): Component {
  refuseFurther(monitoring, arguments);
  return calledWith(monitoring, [settings], () => {
    refuseSettings(...unknownSettings(settings, monitoringSettings), ...scrapeProblems(settings.scrape));
    const { scrape, labels = {}, instance, dashboardLabels = { grafana_dashboard: "1" } } = settings;
    if (instance !== undefined) refuseSettings(labelNameProblem("instance", instance, "part of a name"));
    const lease = leaseOf(instance);
    const pods = {
      ...operator.labels,
      ...(instance !== undefined && { "app.kubernetes.io/instance": instance }),
    };
    return component({
      resources: [
        ...scrapeObjects(scrape, { labels, pods }),
        ruleOf(lease, labels),
        filesConfigMap("dashboard", dashboardLabels, { "atlas-operator.json": dashboardOf(lease) }),
        filesConfigMap("state-metrics", {}, { "config.yaml": resourceState }),
      ],
      crds: [monitoringDefinitions[scrape.by], monitoringDefinitions.PrometheusRule],
    });
  });
}

const monitoringSettings: SettingsOf<MonitoringSettings> = {
  scrape: null,
  labels: null,
  instance: null,
  dashboardLabels: null,
};

/** A PrometheusRule of the Prometheus Operator. */
interface PrometheusRule {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PrometheusRule";
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly groups: readonly { readonly name: string; readonly rules: readonly Alert[] }[];
  };
}

const ruleOf = (lease: string, labels: Readonly<Record<string, string>>): PrometheusRule => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: operator.name, labels },
  spec: { groups: [{ name: operator.name, rules: alertsOf(lease) }] },
});

/** JSON, which is YAML, too. */
const filesConfigMap = (
  what: string,
  labels: Readonly<Record<string, string>>,
  files: Readonly<Record<string, object>>,
) =>
  define<ConfigMap>()({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${operator.name}-${what}`, labels },
    data: Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
    ),
  });
