import {
  objectField,
  foreignDefinition,
  listOf,
  textField,
  textMapField,
  type ForeignDefinition,
} from "../../foreign-definition.ts";

const numberOrText = { "x-kubernetes-int-or-string": true };
const selectorFields = objectField({
  matchLabels: textMapField,
  matchExpressions: listOf(objectField({}, { open: true })),
});

const endpointFields = objectField(
  {
    port: textField,
    path: textField,
    scheme: textField,
    interval: textField,
    scrapeTimeout: textField,
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
    spec: objectField(
      {
        selector: selectorFields,
        [endpoints]: listOf(endpointFields),
        namespaceSelector: objectField({}, { open: true }),
      },
      { required: ["selector"], open: true },
    ),
  });

const rule = objectField(
  {
    alert: textField,
    record: textField,
    expr: numberOrText,
    for: textField,
    keep_firing_for: textField,
    labels: textMapField,
    annotations: textMapField,
  },
  { required: ["expr"] },
);

const groupFields = objectField(
  {
    name: textField,
    interval: textField,
    query_offset: textField,
    limit: { type: "integer" },
    partial_response_strategy: textField,
    labels: textMapField,
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
    spec: objectField({ groups: listOf(groupFields) }),
  }),
} as const;
