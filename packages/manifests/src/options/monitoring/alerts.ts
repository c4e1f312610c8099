import { condition, controllers, failingCondition, leads, resourceLabels, unready } from "./metrics.ts";

/** An alert of Prometheus. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "critical" | "warning" };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const resource = "{{ $labels.customresource_kind }} {{ $labels.resource_namespace }}/{{ $labels.resource }}";
const describeHint = "see kubectl describe, and the operator's log";

/** What somebody should know of, by the name of the operator's lease. */
export const alertsOf = (lease: string): readonly Alert[] => [
  {
    alert: "AtlasResourceFailing",
    expr: `max by (${resourceLabels}, reason) (${failingCondition}) == 0`,
    for: "5m",
    labels: { severity: "warning" },
    annotations: {
      summary: `${resource} fails: {{ $labels.reason }}`,
      description: `The operator has failed to apply it for five minutes; ${describeHint}.`,
    },
  },
  {
    alert: "AtlasResourceGivenUp",
    expr: `max by (${resourceLabels}) (${condition}{type="Stalled"}) == 1`,
    for: "1m",
    labels: { severity: "critical" },
    annotations: {
      summary: `${resource} is tried no more`,
      description: `It has failed as often as its backoffLimit allows; ${describeHint}. It is tried again once it changes.`,
    },
  },
  {
    alert: "AtlasResourceStuck",
    expr: `max by (${resourceLabels}) (${unready}) == 0`,
    for: "30m",
    labels: { severity: "warning" },
    annotations: {
      summary: `${resource} has not been Ready for half an hour`,
      description: `Its reasons may have changed meanwhile; ${describeHint}.`,
    },
  },
  {
    alert: "AtlasOperatorWithoutLeader",
    expr: `sum by (namespace) (${leads(lease)}) == 0`,
    for: "2m",
    labels: { severity: "critical" },
    annotations: {
      summary: `The Atlas Operator in {{ $labels.namespace }} has replicas, and none of them leads`,
      description: `Nothing is reconciled, while every probe is green. It may lack permission for the lease ${lease}.`,
    },
  },
  {
    alert: "AtlasOperatorAbsent",
    expr: `absent(${leads(lease)})`,
    for: "5m",
    labels: { severity: "critical" },
    annotations: {
      summary: "The Atlas Operator is not there, or is not scraped",
      description: `No process with the lease ${lease} has had metrics for five minutes.`,
    },
  },
  {
    alert: "AtlasOperatorErrors",
    expr: `sum by (namespace, controller) (rate(controller_runtime_reconcile_errors_total{${controllers}}[10m])) > 0`,
    for: "15m",
    labels: { severity: "warning" },
    annotations: {
      summary: "The controller {{ $labels.controller }} has gone on failing for a quarter of an hour",
      description: "Some of its resources are not applied; the operator's log says which, and why.",
    },
  },
];
