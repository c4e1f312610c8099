import {
  app,
  autoscaler,
  budget,
  core,
  crd,
  cron,
  ingress,
  job,
  metadata,
  policy,
  rbac,
  service,
  version,
  webhook,
  type Row,
} from "./builders.ts";

const prefix = "pod-security.kubernetes.io/";
const namespaceWith = (label: string, value: string) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels: { [`${prefix}${label}`]: value } },
});
/** As an API server of 1.34 was seen to refuse them. */
const podSecurity = (
  [
    ["enforce", "restrictd", "word-unknown"],
    ["enforce", "Restricted", "word-unknown"],
    ["audit", "", "word-unknown"],
    ["warn", "none", "word-unknown"],
    ["enforce-version", "1.30", "text-malformed"],
    ["enforce-version", "", "text-malformed"],
    ["audit-version", "v1.030", "text-malformed"],
    ["warn-version", "v2.1", "text-malformed"],
  ] as const
).map(([label, value, code]): Row => [
  `Pod Security, ${label} ${JSON.stringify(value)}`,
  namespaceWith(label, value),
  code,
  `metadata.labels.${prefix}${label}`,
]);

/** What is wrong with objects of other kinds. */
export const wrongOthers: readonly Row[] = [
  ...podSecurity,
  // Workloads
  [
    "labels that the selector misses",
    app("Deployment", { selector: { matchLabels: { app: "other" } } }),
    "selector-misses-template",
    "spec.selector",
  ],
  ["an empty selector", app("DaemonSet", { selector: {} }), "selector-empty", "spec.selector"],
  [
    "Recreate with rollingUpdate",
    app("Deployment", { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } }),
    "strategy-conflict",
    "spec.strategy.rollingUpdate",
  ],
  [
    "no surge and none unavailable",
    app("Deployment", { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }),
    "rollout-stuck",
    "spec.strategy.rollingUpdate.maxUnavailable",
  ],
  [
    "a surge that is no share",
    app("Deployment", { strategy: { rollingUpdate: { maxSurge: "25" } } }),
    "count-malformed",
    "spec.strategy.rollingUpdate.maxSurge",
  ],
  ["replicas below zero", app("StatefulSet", { replicas: -1 }), "number-out-of-range", "spec.replicas"],
  [
    "a Deployment that is not restarted",
    app("Deployment", {}, { restartPolicy: "Never" }),
    "restart-policy",
    "spec.template.spec.restartPolicy",
  ],
  ["a Job that is always restarted", job({}, {}), "restart-policy", "spec.template.spec.restartPolicy"],
  [
    "indexes of a Job without index",
    job({ backoffLimitPerIndex: 1 }),
    "job-not-indexed",
    "spec.backoffLimitPerIndex",
  ],
  ["a schedule of four fields", cron("* * * *"), "schedule-malformed", "spec.schedule"],
  ["minute 60", cron("60 * * * *"), "schedule-malformed", "spec.schedule"],
  ["a time zone in the schedule", cron("TZ=UTC * * * * *"), "schedule-malformed", "spec.schedule"],
  ["a time zone that there is not", cron("@daily", "Europe/Atlantis"), "time-zone-unknown", "spec.timeZone"],
  // Services
  ["a type with a slip", service({ type: "NodeProt" }), "word-unknown", "spec.type"],
  [
    "the second of two ports without a name",
    service({ ports: [{ name: "a", port: 80 }, { port: 81 }] }),
    "field-missing",
    "spec.ports.1.name",
  ],
  [
    "two ports of one name",
    service({ ports: [80, 81].map((port) => ({ name: "a", port })) }),
    "port-name-repeated",
    "spec.ports.1",
  ],
  [
    "one port twice",
    service({ ports: ["a", "b"].map((name) => ({ name, port: 80 })) }),
    "port-number-repeated",
    "spec.ports.1",
  ],
  ["no ports", service({ ports: [] }), "field-missing", "spec.ports"],
  [
    "a port of the nodes without its type",
    service({ ports: [{ port: 80, nodePort: 30_080 }] }),
    "service-type-field",
    "spec.ports.0.nodePort",
  ],
  [
    "a load balancer without an address",
    service({ type: "LoadBalancer", clusterIP: "None" }),
    "service-type-field",
    "spec.clusterIP",
  ],
  [
    "an ExternalName without one",
    service({ type: "ExternalName", ports: [] }),
    "field-missing",
    "spec.externalName",
  ],
  // Network
  ["an address for a host", ingress("10.0.0.1"), "host-malformed", "spec.rules.0.host"],
  ["a star inside a host", ingress("a.*.example.com"), "host-malformed", "spec.rules.0.host"],
  [
    "endPort without port",
    policy({ podSelector: {} }, { endPort: 80 }),
    "end-port",
    "spec.ingress.0.ports.0.endPort",
  ],
  [
    "endPort below port",
    policy({ podSelector: {} }, { port: 80, endPort: 79 }),
    "end-port",
    "spec.ingress.0.ports.0.endPort",
  ],
  [
    "a block that is none",
    policy({ ipBlock: { cidr: "10.0.0.0" } }),
    "address-malformed",
    "spec.ingress.0.from.0.ipBlock.cidr",
  ],
  [
    "an exception outside of its block",
    policy({ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] } }),
    "exception-outside-block",
    "spec.ingress.0.from.0.ipBlock.except.0",
  ],
  [
    "a block and a selector",
    policy({ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }),
    "union-stated-twice",
    "spec.ingress.0.from.0.ipBlock",
  ],
  ["a peer that is none", policy({}), "union-missing", "spec.ingress.0.from.0"],
  // Policies
  ["max below min", autoscaler({ minReplicas: 4 }), "replicas-out-of-order", "spec.maxReplicas"],
  [
    "a metric without its source",
    autoscaler({ metrics: [{ type: "Resource" }] }),
    "field-missing",
    "spec.metrics.0.resource",
  ],
  [
    "a budget of both",
    budget({ minAvailable: 1, maxUnavailable: 1 }),
    "union-stated-twice",
    "spec.maxUnavailable",
  ],
  ["a budget of more than all", budget({ minAvailable: "101%" }), "number-out-of-range", "spec.minAvailable"],
  [
    "a quota's resource",
    core("ResourceQuota", { spec: { hard: { cpus: "1" } } }),
    "resource-unknown",
    "spec.hard.cpus",
  ],
  [
    "min above max",
    core("LimitRange", { spec: { limits: [{ type: "Container", min: { cpu: "2" }, max: { cpu: "1" } }] } }),
    "limits-out-of-order",
    "spec.limits.0.min.cpu",
  ],
  // Access
  [
    "paths in a Role",
    rbac("Role", { rules: [{ verbs: ["get"], nonResourceURLs: ["/"] }] }),
    "rule-paths",
    "rules.0.nonResourceURLs",
  ],
  [
    "no verbs",
    rbac("Role", { rules: [{ apiGroups: [""], resources: ["pods"] }] }),
    "field-missing",
    "rules.0.verbs",
  ],
  [
    "an account without a namespace",
    rbac("ClusterRoleBinding", {
      roleRef: { kind: "ClusterRole", name: "a" },
      subjects: [{ kind: "ServiceAccount", name: "a" }],
    }),
    "field-missing",
    "subjects.0.namespace",
  ],
  // Data
  ["a key of a ConfigMap", core("ConfigMap", { data: { "a/b": "" } }), "text-malformed", "data.a/b"],
  [
    "a key in both",
    core("ConfigMap", { data: { a: "" }, binaryData: { a: "" } }),
    "data-key-repeated",
    "data.a",
  ],
  [
    "a certificate without its key",
    core("Secret", { type: "kubernetes.io/tls", data: { "tls.crt": "" } }),
    "secret-key-missing",
    "data.tls.key",
  ],
  [
    "credentials that are no JSON",
    core("Secret", { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": "{" } }),
    "secret-not-json",
    "data..dockerconfigjson",
  ],
  [
    "a mebibyte and one byte",
    core("ConfigMap", { data: { a: "a".repeat(1_048_577) } }),
    "data-too-large",
    "",
  ],
  [
    "more than etcd takes",
    core("ConfigMap", { data: {}, metadata: { ...metadata, managedFields: ["a".repeat(1_572_864)] } }),
    "object-too-large",
    "",
  ],
  // Extensions
  ["no stored version", crd([{ ...version(), storage: false }]), "crd-storage-version", "spec.versions"],
  [
    "two stored versions",
    crd([version(), { ...version(), name: "v2" }]),
    "crd-storage-version",
    "spec.versions.1.storage",
  ],
  [
    "a CRD of another name",
    { ...crd([version()]), metadata: { name: "shop.example.com" } },
    "name-of-content",
    "metadata.name",
  ],
  [
    "a field without type",
    crd([version({ a: {} })]),
    "schema-type",
    "spec.versions.0.schema.openAPIV3Schema.properties.a.type",
  ],
  [
    "a map without keys",
    crd([version({ a: { type: "array", items: { type: "object" }, "x-kubernetes-list-type": "map" } })]),
    "schema-list",
    "spec.versions.0.schema.openAPIV3Schema.properties.a.x-kubernetes-list-map-keys",
  ],
  [
    "a default of another type",
    crd([version({ a: { type: "integer", default: "1" } })]),
    "schema-default",
    "spec.versions.0.schema.openAPIV3Schema.properties.a.default",
  ],
  [
    "a default above its maximum",
    crd([version({ a: { type: "integer", maximum: 1, default: 2 } })]),
    "schema-default",
    "spec.versions.0.schema.openAPIV3Schema.properties.a.default",
  ],
  ["a webhook of two labels", webhook({ name: "web.example" }), "text-malformed", "webhooks.0.name"],
  [
    "a webhook without TLS",
    webhook({ clientConfig: { url: "http://web.example.com" } }),
    "url-malformed",
    "webhooks.0.clientConfig.url",
  ],
  [
    "a timeout of a minute",
    webhook({ timeoutSeconds: 60 }),
    "number-out-of-range",
    "webhooks.0.timeoutSeconds",
  ],
];
