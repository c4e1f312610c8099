import type { KubernetesObject } from "@atlas/checks";

/** The digests of the images. */
export const digests = { operator: `sha256:${"a".repeat(64)}`, web: `sha256:${"b".repeat(64)}` };

/** What `atlas migrate hash` computes of one migration without a statement. */
const migrationsSum =
  "h1:HwjlE+NmbYeApDwtqdG9OsrRyrpu+kD25iRnBJgcFAs=\n1.sql h1:AFdxQZctfIidgWmKUfNgp8z9MTNAp0t9p4mNbwUH1pA=\n";

const labelled = (name: string) => ({ "app.kubernetes.io/name": name });
/** What the highest level of Pod Security asks of a container. */
export const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const resources = { requests: { memory: "64Mi" }, limits: { memory: "64Mi" } };

const object = (apiVersion: string, kind: string, namespace: string, name: string, fields: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...fields,
});
const namespaceNamed = (name: string, labels: object) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const role = (kind: "Role" | "ClusterRole", rules: readonly object[]) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata: { name: "operator", ...(kind === "Role" && { namespace: "atlas" }) },
  rules,
});
const binding = (kind: "Role" | "ClusterRole") => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: `${kind}Binding`,
  metadata: { name: "operator", ...(kind === "Role" && { namespace: "atlas" }) },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: "operator" },
  subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "atlas" }],
});
const rule = (group: string, resource: string, ...verbs: string[]) => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
});
const toNamespace = (name: string, ...ports: object[]) => ({
  to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }],
  ports,
});
const port = (number: number, protocol = "TCP") => ({ port: number, protocol });

/** The operator, in the mesh, and isolated both ways. */
const operator = [
  namespaceNamed("atlas", {}),
  object("v1", "ServiceAccount", "atlas", "operator"),
  role("Role", [rule("coordination.k8s.io", "leases", "get", "create", "update")]),
  binding("Role"),
  role("ClusterRole", [
    rule("", "events", "create", "patch"),
    rule("", "configmaps", "list", "watch"),
    rule("", "secrets", "list", "watch", "create", "update"),
    rule("", "pods", "list", "watch", "delete"),
    rule("apps", "deployments", "list", "watch", "create", "update"),
    ...["atlasschemas", "atlasmigrations"].flatMap((name) => [
      rule("db.atlasgo.io", name, "list", "watch"),
      rule("db.atlasgo.io", `${name}/status`, "update"),
    ]),
  ]),
  binding("ClusterRole"),
  object("apps/v1", "Deployment", "atlas", "operator", {
    spec: {
      replicas: 2,
      selector: { matchLabels: labelled("operator") },
      template: {
        metadata: {
          labels: { ...labelled("operator"), "sidecar.istio.io/inject": "true" },
          annotations: {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": "8080",
            "proxy.istio.io/config":
              '{"holdApplicationUntilProxyStarts": true, "terminationDrainDuration": "60s"}',
          },
        },
        spec: {
          serviceAccountName: "operator",
          containers: [
            {
              name: "manager",
              image: `registry.example.com/atlas-operator:v0.7.11@${digests.operator}`,
              args: ["--leader-elect"],
              env: [{ name: "PREWARM_DEVDB", value: "false" }],
              ports: [{ name: "health", containerPort: 8081 }],
              readinessProbe: { httpGet: { path: "/readyz", port: "health" } },
              resources,
              securityContext: restricted,
              volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
            },
          ],
          volumes: [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }],
        },
      },
    },
  }),
  object("policy/v1", "PodDisruptionBudget", "atlas", "operator", {
    spec: { selector: { matchLabels: labelled("operator") }, minAvailable: 1 },
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", "atlas", "default-deny", {
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ ports: [port(15020)] }],
      egress: [
        toNamespace("kube-system", port(53, "UDP"), port(53)),
        toNamespace("istio-system", port(15012)),
        toNamespace("data", port(5432)),
        {
          to: [{ podSelector: {}, namespaceSelector: {} }, { ipBlock: { cidr: "fd00::/8" } }],
          ports: [port(5432), port(1433)],
        },
        { to: [{ ipBlock: { cidr: "10.0.0.1/32" } }], ports: [port(443)] },
      ],
    },
  }),
  object("networking.istio.io/v1", "Sidecar", "atlas", "operator", {
    spec: {
      workloadSelector: { labels: labelled("operator") },
      outboundTrafficPolicy: { mode: "ALLOW_ANY" },
      egress: [{ hosts: ["istio-system/*", "data/postgres.data.svc.cluster.local"] }],
    },
  }),
  object("security.istio.io/v1", "PeerAuthentication", "atlas", "operator", {
    spec: { selector: { matchLabels: labelled("operator") }, mtls: { mode: "STRICT" } },
  }),
];

/** Databases, in the mesh, which take mutual TLS alone. */
const data = [
  namespaceNamed("data", { "istio-injection": "enabled" }),
  object("v1", "Service", "data", "postgres", {
    spec: { selector: labelled("postgres"), ports: [{ name: "tcp-sql", port: 5432, targetPort: "sql" }] },
  }),
  object("v1", "Service", "data", "mysql", {
    spec: { selector: labelled("postgres"), ports: [{ name: "tcp-mysql", port: 13306, targetPort: 3306 }] },
  }),
  object("apps/v1", "StatefulSet", "data", "postgres", {
    spec: {
      serviceName: "postgres",
      selector: { matchLabels: labelled("postgres") },
      template: {
        metadata: { labels: labelled("postgres") },
        spec: {
          containers: [
            {
              name: "postgres",
              image: "postgres:17.2",
              ports: [{ name: "sql", containerPort: 5432 }, { containerPort: 3306 }],
              resources,
            },
          ],
        },
      },
    },
  }),
  object("security.istio.io/v1", "PeerAuthentication", "data", "strict", {
    spec: { mtls: { mode: "STRICT" } },
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", "data", "postgres", {
    spec: {
      podSelector: { matchLabels: labelled("postgres") },
      ingress: [toNamespaceOf("atlas", port(5432))],
    },
  }),
];

function toNamespaceOf(name: string, ...ports: object[]) {
  const { to: from } = toNamespace(name);
  return { from, ports };
}

/** An application outside of the mesh, under the highest level of Pod Security, with its schema and its migrations. */
const shop = [
  namespaceNamed("shop", { "pod-security.kubernetes.io/enforce": "restricted" }),
  object("v1", "ServiceAccount", "shop", "web"),
  object("v1", "ConfigMap", "shop", "web", { data: { LEVEL: "warn" } }),
  object("v1", "Secret", "shop", "web", { stringData: { token: "x" } }),
  object("v1", "Secret", "shop", "database", {
    stringData: {
      url: "postgres://app:x@postgres.data:5432/shop",
      dev: "postgres://app:x@postgres.data:5432/dev",
    },
  }),
  object("v1", "PersistentVolumeClaim", "shop", "web", {
    spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
  }),
  object("apps/v1", "Deployment", "shop", "web", {
    spec: {
      replicas: 2,
      selector: { matchLabels: labelled("web") },
      template: {
        metadata: { labels: labelled("web") },
        spec: {
          serviceAccountName: "web",
          containers: [
            {
              name: "web",
              image: `registry.example.com/web:1.2.3@${digests.web}`,
              ports: [{ name: "http", containerPort: 8080 }],
              env: [{ name: "LEVEL", valueFrom: { configMapKeyRef: { name: "web", key: "LEVEL" } } }],
              envFrom: [{ secretRef: { name: "web" } }],
              livenessProbe: { tcpSocket: { port: "http" } },
              resources,
              securityContext: restricted,
            },
          ],
          volumes: [{ name: "data", persistentVolumeClaim: { claimName: "web" } }],
        },
      },
    },
  }),
  object("v1", "Service", "shop", "web", {
    spec: { selector: labelled("web"), ports: [{ name: "http", port: 80, targetPort: "http" }] },
  }),
  object("networking.k8s.io/v1", "Ingress", "shop", "web", {
    spec: { defaultBackend: { service: { name: "web", port: { name: "http" } } } },
  }),
  object("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "web", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "AverageValue", averageValue: "500m" } },
        },
      ],
    },
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", "shop", "web", {
    spec: { podSelector: { matchLabels: labelled("web") }, ingress: [{ ports: [{ port: "http" }] }] },
  }),
  object("db.atlasgo.io/v1alpha1", "AtlasSchema", "shop", "orders", {
    spec: {
      urlFrom: { secretKeyRef: { name: "database", key: "url" } },
      devURLFrom: { secretKeyRef: { name: "database", key: "dev" } },
      schema: { sql: "create table orders (id int)" },
      exclude: ["ledger_*"],
    },
  }),
  object("v1", "ConfigMap", "shop", "migrations", { data: { "1.sql": "", "atlas.sum": migrationsSum } }),
  object("db.atlasgo.io/v1alpha1", "AtlasMigration", "shop", "orders", {
    spec: {
      urlFrom: { secretKeyRef: { name: "database", key: "url" } },
      devURLFrom: { secretKeyRef: { name: "database", key: "dev" } },
      dir: { configMapRef: { name: "migrations" } },
      protectedFlows: { migrateDown: { allow: false } },
    },
  }),
];

/** A kind of the operator, with a status as its release writes it. */
export const definition = (plural: string, kind: string, properties: object) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.db.atlasgo.io` },
  spec: {
    group: "db.atlasgo.io",
    scope: "Namespaced",
    names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
    versions: [
      {
        name: "v1alpha1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
              status: { type: "object", properties },
            },
          },
        },
      },
    ],
  },
});

/** An environment in which nothing is wrong, with something of all that is looked at. */
export const sound: readonly KubernetesObject[] = [
  definition("atlasschemas", "AtlasSchema", { failed: { type: "integer" } }),
  ...operator,
  ...data,
  ...shop,
];
