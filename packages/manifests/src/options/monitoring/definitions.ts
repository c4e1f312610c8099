import {
  fields,
  foreignDefinition,
  listOf,
  text,
  texts,
  type ForeignDefinition,
} from "../../foreign-definition.ts";

const numberOrText = { "x-kubernetes-int-or-string": true };
const selector = fields({ matchLabels: texts, matchExpressions: listOf(fields({}, { open: true })) });

const endpoint = fields(
  {
    port: text,
    path: text,
    scheme: text,
    interval: text,
    scrapeTimeout: text,
    honorLabels: { type: "boolean" },
  },
  { open: true },
);

/** What the Prometheus Operator scrapes by; of the many fields that are about how, only some are looked at. */
const monitor = (kind: "PodMonitor" | "ServiceMonitor", endpoints: string): ForeignDefinition =>
  foreignDefinition({
    group: "monitoring.coreos.com",
    version: "v1",
    kind,
    plural: `${kind.toLowerCase()}s`,
    spec: fields(
      { selector, [endpoints]: listOf(endpoint), namespaceSelector: fields({}, { open: true }) },
      { required: ["selector"], open: true },
    ),
  });

const rule = fields(
  {
    alert: text,
    record: text,
    expr: numberOrText,
    for: text,
    keep_firing_for: text,
    labels: texts,
    annotations: texts,
  },
  { required: ["expr"] },
);

const group = fields(
  {
    name: text,
    interval: text,
    query_offset: text,
    limit: { type: "integer" },
    partial_response_strategy: text,
    labels: texts,
    rules: listOf(rule),
  },
  { required: ["name"] },
);

/**
 * The kinds of the Prometheus Operator of which this option makes objects.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export const monitoringDefinitions = {
  PodMonitor: monitor("PodMonitor", "podMetricsEndpoints"),
  ServiceMonitor: monitor("ServiceMonitor", "endpoints"),
  PrometheusRule: foreignDefinition({
    group: "monitoring.coreos.com",
    version: "v1",
    kind: "PrometheusRule",
    plural: "prometheusrules",
    spec: fields({ groups: listOf(group) }),
  }),
} as const;
