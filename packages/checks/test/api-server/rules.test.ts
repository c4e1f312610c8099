import { accepted } from "@atlas/checks/api-server";
import { expect, test } from "vitest";

const metadata = { name: "web", namespace: "shop" };
const labels = { app: "web" };
const container = { name: "web", image: "web" };
const core = (kind: string, more: object) => ({ apiVersion: "v1", kind, metadata, ...more });
const pod = (spec: object) => core("Pod", { spec: { containers: [container], ...spec } });
const withContainer = (more: object, spec: object = {}) =>
  pod({ containers: [{ ...container, ...more }], ...spec });
const app = (kind: string, spec: object, podSpec: object = {}) => ({
  apiVersion: "apps/v1",
  kind,
  metadata,
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container], ...podSpec } },
    ...spec,
  },
});
const job = (spec: object, podSpec: object = { restartPolicy: "Never" }) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata,
  spec: { template: { spec: { containers: [container], ...podSpec } }, ...spec },
});
const service = (spec: object) => core("Service", { spec: { ports: [{ port: 80 }], ...spec } });
const net = (kind: string, spec: object) => ({ apiVersion: "networking.k8s.io/v1", kind, metadata, spec });
const ingress = (host: string) =>
  net("Ingress", { defaultBackend: { service: { name: "web", port: { number: 80 } } }, rules: [{ host }] });
const policy = (peer: object, port: object = { port: 80 }) =>
  net("NetworkPolicy", { podSelector: {}, ingress: [{ from: [peer], ports: [port] }] });
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const autoscaler = (spec: object) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata,
  spec: { scaleTargetRef, maxReplicas: 3, ...spec },
});
const budget = (spec: object) => ({ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec });
const rbac = (kind: string, more: object) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata,
  ...more,
});
const cron = (schedule: string, timeZone?: string) => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata,
  spec: { schedule, timeZone, jobTemplate: { spec: job({}).spec } },
});
const crd = (versions: readonly object[], more: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "shops.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "shops", kind: "Shop" },
    versions,
    ...more,
  },
});
const version = (properties: object = {}, more: object = {}) => ({
  name: "v1",
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: "object", properties } },
  ...more,
});
const webhook = (more: object) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "web" },
  webhooks: [
    {
      name: "a.web.example.com",
      clientConfig: { url: "https://web.example.com" },
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
      ...more,
    },
  ],
});
const emptyDir = { name: "data", emptyDir: {} };
const named = (name: string) => ({ ...container, name });
const mount = { name: "data", mountPath: "/data" };

type Row = readonly [title: string, object: object, code: string, path: string];
const refused: readonly Row[] = [
  // Names
  [
    "a name in upper case",
    { ...pod({}), metadata: { ...metadata, name: "Web" } },
    "name-malformed",
    "metadata.name",
  ],
  ["no name", { ...pod({}), metadata: { namespace: "shop" } }, "field-missing", "metadata.name"],
  [
    "a Service that begins with a dot",
    { ...service({}), metadata: { ...metadata, name: "a.b" } },
    "name-malformed",
    "metadata.name",
  ],
  [
    "a CronJob of 53 characters",
    { ...cron("@daily"), metadata: { ...metadata, name: "a".repeat(53) } },
    "name-malformed",
    "metadata.name",
  ],
  [
    "a namespace that is none",
    { ...pod({}), metadata: { name: "web", namespace: "a.b" } },
    "name-malformed",
    "metadata.namespace",
  ],
  [
    "a label's key",
    { ...pod({}), metadata: { ...metadata, labels: { "a b": "c" } } },
    "text-malformed",
    "metadata.labels.a b",
  ],
  [
    "a label's value",
    { ...pod({}), metadata: { ...metadata, labels: { a: "b c" } } },
    "text-malformed",
    "metadata.labels.a",
  ],
  [
    "an annotation's key",
    { ...pod({}), metadata: { ...metadata, annotations: { "/a": "b" } } },
    "text-malformed",
    "metadata.annotations./a",
  ],
  [
    "a finalizer",
    { ...pod({}), metadata: { ...metadata, finalizers: ["mine"] } },
    "finalizer-unknown",
    "metadata.finalizers.0",
  ],
  // Containers
  ["no containers", pod({ containers: [] }), "field-missing", "spec.containers"],
  ["no image", pod({ containers: [{ name: "web" }] }), "field-missing", "spec.containers.0.image"],
  ["a container's name", pod({ containers: [named("Web")] }), "text-malformed", "spec.containers.0.name"],
  [
    "two containers of one name",
    pod({ containers: [container, container] }),
    "container-name-repeated",
    "spec.containers.1.name",
  ],
  [
    "an init container's name again",
    pod({ initContainers: [container] }),
    "container-name-repeated",
    "spec.containers.0.name",
  ],
  [
    "a word in lower case",
    withContainer({ imagePullPolicy: "always" }),
    "word-unknown",
    "spec.containers.0.imagePullPolicy",
  ],
  [
    "a probe of a container that ends",
    pod({ initContainers: [{ ...named("init"), livenessProbe: { exec: { command: ["a"] } } }] }),
    "init-container-field-forbidden",
    "spec.initContainers.0.livenessProbe",
  ],
  [
    "an image with space around it",
    withContainer({ image: " web" }),
    "text-malformed",
    "spec.containers.0.image",
  ],
  [
    "a debugging container",
    pod({ ephemeralContainers: [named("debug")] }),
    "ephemeral-container",
    "spec.ephemeralContainers",
  ],
  // Ports
  [
    "a port above 65535",
    withContainer({ ports: [{ containerPort: 65_536 }] }),
    "number-out-of-range",
    "spec.containers.0.ports.0.containerPort",
  ],
  [
    "a port's name of 16 characters",
    withContainer({ ports: [{ name: "a".repeat(16), containerPort: 1 }] }),
    "text-malformed",
    "spec.containers.0.ports.0.name",
  ],
  [
    "a port's name without a letter",
    withContainer({ ports: [{ name: "80", containerPort: 1 }] }),
    "text-malformed",
    "spec.containers.0.ports.0.name",
  ],
  [
    "one host port twice",
    withContainer({ ports: [1, 2].map((containerPort) => ({ containerPort, hostPort: 80 })) }),
    "host-port-repeated",
    "spec.containers.0.ports.1",
  ],
  [
    "another port of the node in its network",
    withContainer({ ports: [{ containerPort: 80, hostPort: 81 }] }, { hostNetwork: true }),
    "host-network-port",
    "spec.containers.0.ports.0.hostPort",
  ],
  // Environment
  [
    "a variable's name",
    withContainer({ env: [{ name: "A=B", value: "" }] }),
    "text-malformed",
    "spec.containers.0.env.0.name",
  ],
  [
    "value and valueFrom",
    withContainer({
      env: [{ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    }),
    "union-stated-twice",
    "spec.containers.0.env.0.valueFrom",
  ],
  [
    "two sources of a value",
    withContainer({
      env: [
        {
          name: "A",
          valueFrom: { fieldRef: { fieldPath: "metadata.name" }, secretKeyRef: { name: "a", key: "b" } },
        },
      ],
    }),
    "union-stated-twice",
    "spec.containers.0.env.0.valueFrom.secretKeyRef",
  ],
  [
    "no source of a value",
    withContainer({ env: [{ name: "A", valueFrom: {} }] }),
    "union-missing",
    "spec.containers.0.env.0.valueFrom",
  ],
  [
    "a field of the pod",
    withContainer({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "spec.nodeNam" } } }] }),
    "word-unknown",
    "spec.containers.0.env.0.valueFrom.fieldRef.fieldPath",
  ],
  [
    "a label with a key that is none",
    withContainer({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] }),
    "field-path-unknown",
    "spec.containers.0.env.0.valueFrom.fieldRef.fieldPath",
  ],
  [
    "a key of a Secret",
    withContainer({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "b/c" } } }] }),
    "text-malformed",
    "spec.containers.0.env.0.valueFrom.secretKeyRef.key",
  ],
  [
    "a divisor",
    withContainer({
      env: [{ name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1Ki" } } }],
    }),
    "divisor-unknown",
    "spec.containers.0.env.0.valueFrom.resourceFieldRef.divisor",
  ],
  // Probes
  [
    "two handlers of a probe",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, tcpSocket: { port: 80 } } }),
    "union-stated-twice",
    "spec.containers.0.livenessProbe.tcpSocket",
  ],
  [
    "no handler of a probe",
    withContainer({ readinessProbe: { periodSeconds: 5 } }),
    "union-missing",
    "spec.containers.0.readinessProbe",
  ],
  [
    "negative seconds",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, periodSeconds: -1 } }),
    "number-out-of-range",
    "spec.containers.0.livenessProbe.periodSeconds",
  ],
  [
    "two successes of a liveness probe",
    withContainer({ livenessProbe: { exec: { command: ["a"] }, successThreshold: 2 } }),
    "probe-success-threshold",
    "spec.containers.0.livenessProbe.successThreshold",
  ],
  [
    "a sleep longer than the pod may take",
    withContainer({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
    "sleep-out-of-range",
    "spec.containers.0.lifecycle.preStop.sleep.seconds",
  ],
  // Volumes
  [
    "a mount of a volume that is missing",
    withContainer({ volumeMounts: [mount] }),
    "volume-missing",
    "spec.containers.0.volumeMounts.0.name",
  ],
  [
    "one path twice",
    withContainer({ volumeMounts: [mount, mount] }, { volumes: [emptyDir] }),
    "mount-path-repeated",
    "spec.containers.0.volumeMounts.1",
  ],
  [
    "a path that leads up",
    withContainer({ volumeMounts: [{ ...mount, subPath: "../a" }] }, { volumes: [emptyDir] }),
    "path-malformed",
    "spec.containers.0.volumeMounts.0.subPath",
  ],
  [
    "two sources of a volume",
    pod({ volumes: [{ ...emptyDir, configMap: { name: "a" } }] }),
    "union-stated-twice",
    "spec.volumes.0.configMap",
  ],
  [
    "a volume's name",
    pod({ volumes: [{ name: "My_Data", emptyDir: {} }] }),
    "text-malformed",
    "spec.volumes.0.name",
  ],
  [
    "two volumes of one name",
    pod({ volumes: [emptyDir, emptyDir] }),
    "volume-name-repeated",
    "spec.volumes.1",
  ],
  [
    "permissions above 0777",
    pod({ volumes: [{ name: "a", secret: { secretName: "a", defaultMode: 512 } }] }),
    "number-out-of-range",
    "spec.volumes.0.secret.defaultMode",
  ],
  [
    "two files of one path",
    pod({
      volumes: [
        {
          name: "a",
          projected: {
            sources: ["a", "b"].map((name) => ({ secret: { name, items: [{ key: "a", path: "a" }] } })),
          },
        },
      ],
    }),
    "path-repeated",
    "spec.volumes.0.projected.sources.1.secret.items.0.path",
  ],
  // Resources
  [
    "a request above its limit",
    withContainer({ resources: { requests: { cpu: "2" }, limits: { cpu: "1500m" } } }),
    "request-above-limit",
    "spec.containers.0.resources.requests.cpu",
  ],
  [
    "a quantity that is none",
    withContainer({ resources: { limits: { memory: "1GB" } } }),
    "quantity-malformed",
    "spec.containers.0.resources.limits.memory",
  ],
  [
    "a quantity below zero",
    withContainer({ resources: { limits: { memory: "-1Gi" } } }),
    "quantity-out-of-range",
    "spec.containers.0.resources.limits.memory",
  ],
  [
    "a resource that there is not",
    withContainer({ resources: { limits: { ram: "1Gi" } } }),
    "resource-unknown",
    "spec.containers.0.resources.limits.ram",
  ],
  [
    "half a device",
    withContainer({ resources: { limits: { "example.com/gpu": "500m" } } }),
    "quantity-not-whole",
    "spec.containers.0.resources.limits.example.com/gpu",
  ],
  // Security
  [
    "a user below zero",
    pod({ securityContext: { runAsUser: -1 } }),
    "number-out-of-range",
    "spec.securityContext.runAsUser",
  ],
  [
    "a privileged container without privileges",
    withContainer({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    "privileges-conflict",
    "spec.containers.0.securityContext.allowPrivilegeEscalation",
  ],
  // Scheduling
  [
    "In without values",
    pod({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "a", labelSelector: { matchExpressions: [{ key: "a", operator: "In" }] } },
          ],
        },
      },
    }),
    "selector-values",
    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.labelSelector.matchExpressions.0.values",
  ],
  [
    "a toleration of nothing",
    pod({ tolerations: [{ operator: "Equal" }] }),
    "toleration-without-key",
    "spec.tolerations.0",
  ],
  [
    "one constraint twice",
    pod({
      topologySpreadConstraints: [1, 1].map((maxSkew) => ({
        maxSkew,
        topologyKey: "a",
        whenUnsatisfiable: "DoNotSchedule",
      })),
    }),
    "spread-constraint-repeated",
    "spec.topologySpreadConstraints.1",
  ],
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

test.each(refused)("%s is refused", (_title, object, code, path) => {
  const findings = accepted(object).filter(({ severity }) => severity === "error");
  expect(findings.map((finding) => [finding.code, finding.path.join(".")])).toEqual([[code, path]]);
  for (const { what, fix } of findings) {
    expect(what).toMatch(/[^.]$/);
    expect(fix).toMatch(/[^.]$/);
  }
});

const warned: readonly Row[] = [
  ["no namespace", { ...pod({}), metadata: { name: "web" } }, "namespace-missing", "metadata.namespace"],
  [
    "a namespace in none",
    { apiVersion: "v1", kind: "Namespace", metadata },
    "namespace-unused",
    "metadata.namespace",
  ],
  [
    "more than an annotation takes",
    core("ConfigMap", { data: { a: "a".repeat(262_144) } }),
    "object-too-large-for-client-side-apply",
    "",
  ],
  [
    "an unusual port of the nodes",
    service({ type: "NodePort", ports: [{ port: 80, nodePort: 80 }] }),
    "node-port-unusual",
    "spec.ports.0.nodePort",
  ],
];
test.each(warned)("of %s is warned", (_title, object, code, path) => {
  expect(accepted(object).map((finding) => [finding.severity, finding.code, finding.path.join(".")])).toEqual(
    [["warning", code, path]],
  );
});

test.each([
  ["1.31", "1A", true],
  ["1.32", "1A", false],
  ["v1.37", "A=", true],
])("in %s, %j is refused as the name of a variable: %j", (asked, name, isRefused) => {
  const found = accepted(withContainer({ env: [{ name, value: "" }] }), { version: asked });
  expect(found.length > 0).toBe(isRefused);
});

test.each(["1.35", "1.36"])("addresses are in their plain form from 1.36 on: %s", (asked) => {
  const found = accepted(policy({ ipBlock: { cidr: "10.0.0.1/8" } }), { version: asked });
  expect(found.length > 0).toBe(asked === "1.36");
});

test("a version that is none is refused", () => {
  expect(() => accepted(pod({}), { version: "latest" })).toThrow(RangeError);
});

test("of kinds of others, the metadata alone is looked at", () => {
  const object = {
    apiVersion: "example.com/v1",
    kind: "Shop",
    metadata: { name: "Web_1", labels: { "a b": "" } },
    spec: { containers: [] },
  };
  expect(accepted(object).map(({ code }) => code)).toEqual(["text-malformed"]);
});

test("what is almost a word is asked about", () => {
  expect(accepted(service({ type: "NodeProt" }))[0]?.fix).toMatch(/^did you mean "NodePort"\?/);
  expect(
    accepted(withContainer({ volumeMounts: [{ ...mount, name: "dat" }] }, { volumes: [emptyDir] }))[0]?.fix,
  ).toBe('did you mean "data"?');
});
