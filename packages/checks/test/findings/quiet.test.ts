import { check, type Code, type KubernetesObject } from "@atlas/checks";
import { expect, test } from "vitest";
import { edited, type Edits } from "./edit.ts";
import { digests, restricted, sound } from "./sound.ts";

const container = "spec.template.spec.containers[0]";
const annotations = "spec.template.metadata.annotations";
const [operator, web, policy, database] = [
  "Deployment/atlas/operator",
  "Deployment/shop/web",
  "NetworkPolicy/atlas/default-deny",
  "StatefulSet/data/postgres",
];
const releases = [
  {
    from: "v0.1.1",
    flags: ["leader-elect", "metrics-bind-address", "leader-election-id"],
    variables: ["PREWARM_DEVDB", "SKIP_VERCHECK"],
  },
  { from: "v0.7.36", flags: ["namespace"] },
];
const object = (
  apiVersion: string,
  kind: string,
  namespace: string,
  fields: object = {},
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: "other", namespace },
  ...fields,
});
const env = (valueFrom: object) => ({ [web]: { [`${container}.env`]: [{ name: "A", valueFrom }] } });
const volumes = (...sources: object[]) => ({
  [web]: { "spec.template.spec.volumes": sources.map((each) => ({ name: "a", ...each })) },
});
const subject = (fields: object) => ({ "ClusterRoleBinding/operator": { "subjects[1]": fields } });
const mysql = (fields: object) => ({
  "Service/data/mysql": { "spec.ports[0]": { port: 13306, targetPort: 3306, ...fields } },
});
const egress = (...rules: object[]) => [
  object("networking.k8s.io/v1", "NetworkPolicy", "shop", {
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: rules },
  }),
];
const devDatabases = { "app.kubernetes.io/name": "atlas-dev-db" };
const toPods = { podSelector: {}, namespaceSelector: {} };

const probed = (port: number) => ({ [web]: { [`${container}.livenessProbe.tcpSocket.port`]: port } });

/** What must not be taken for wrong: the code that it could be mistaken for, why it is right, and how it comes about. */
const quiet: readonly (readonly [Code, string, Edits, (readonly KubernetesObject[])?])[] = [
  [
    "service-selects-nothing",
    "labels that are null, in all that selects by them",
    {
      [web]: {
        "spec.selector.matchLabels.track": null,
        "spec.template.metadata.labels.track": null,
        "spec.template.spec.topologySpreadConstraints": [
          {
            maxSkew: 1,
            topologyKey: "zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: { track: null } },
          },
        ],
      },
      "Service/shop/web": { "spec.selector.track": null },
      "NetworkPolicy/shop/web": {
        "spec.podSelector.matchExpressions": [{ key: "track", operator: "In", values: [null] }],
      },
      [operator]: { "spec.template.metadata.labels.track": "" },
      "PodDisruptionBudget/atlas/operator": { "spec.selector.matchLabels.track": null },
      "Sidecar/atlas/operator": { "spec.workloadSelector.labels.track": null },
      "PeerAuthentication/atlas/operator": { "spec.selector.matchLabels.track": null },
    },
  ],
  [
    "operator-permission-missing",
    "a group that is null",
    { "ClusterRole/operator": { "rules[0].apiGroups": [null] } },
  ],
  ["key-missing", "a key that is null", { "ConfigMap/shop/web": { "data.LEVEL": null } }],
  ["config-map-missing", "optional", env({ configMapKeyRef: { name: "none", key: "a", optional: true } })],
  ["config-map-missing", "of every namespace", volumes({ configMap: { name: "kube-root-ca.crt" } })],
  [
    "config-map-missing",
    "projected and there",
    volumes({ projected: { sources: [{ configMap: { name: "web" } }] } }),
  ],
  [
    "secret-missing",
    "made by an ExternalSecret of another name",
    volumes({ secret: { secretName: "made" } }),
    [object("external-secrets.io/v1", "ExternalSecret", "shop", { spec: { target: { name: "made" } } })],
  ],
  [
    "secret-missing",
    "made by a Certificate",
    volumes({ secret: { secretName: "made" } }),
    [object("cert-manager.io/v1", "Certificate", "shop", { spec: { secretName: "made" } })],
  ],
  ["key-missing", "optional", env({ configMapKeyRef: { name: "web", key: "none", optional: true } })],
  ["key-missing", "binary", { "ConfigMap/shop/web": { data: undefined, binaryData: { LEVEL: "YQ==" } } }],
  ["key-missing", "filled by somebody else", { "ConfigMap/shop/web": { data: undefined } }],
  ["service-account-missing", "default", { [web]: { "spec.template.spec.serviceAccountName": "default" } }],
  [
    "service-missing",
    "a backend that is no Service",
    { "Ingress/shop/web": { "spec.defaultBackend": { resource: { kind: "Bucket", name: "a" } } } },
  ],
  [
    "role-missing",
    "of every cluster",
    { "ClusterRoleBinding/operator": { "roleRef.name": "system:auth-delegator" } },
  ],
  [
    "subject-missing",
    "an account of somebody else",
    subject({ kind: "ServiceAccount", name: "prometheus", namespace: "monitoring" }),
  ],
  ["subject-missing", "a user", subject({ kind: "User", name: "operator" })],
  [
    "subject-missing",
    "the namespace of the binding",
    { "RoleBinding/atlas/operator": { "subjects[0].namespace": undefined } },
  ],
  [
    "service-port-missing",
    "a number that no container declares",
    { "Service/shop/web": { "spec.ports[0].targetPort": 9000 } },
  ],
  [
    "service-selects-nothing",
    "no pods in the namespace",
    {},
    [object("v1", "Service", "elsewhere", { spec: { selector: { app: "a" }, ports: [{ port: 80 }] } })],
  ],
  ["service-selects-nothing", "no selector", { "Service/shop/web": { "spec.selector": undefined } }],
  [
    "policy-selects-nothing",
    "dev databases that the operator will start",
    {},
    [
      object("networking.k8s.io/v1", "NetworkPolicy", "shop", {
        spec: { podSelector: { matchLabels: devDatabases }, ingress: [{ ports: [{ port: 5432 }] }] },
      }),
    ],
  ],
  [
    "mesh-selects-nothing",
    "the dev database of an object by its name and driver",
    {},
    [
      object("security.istio.io/v1", "PeerAuthentication", "shop", {
        spec: {
          selector: {
            matchLabels: {
              ...devDatabases,
              "app.kubernetes.io/instance": "orders-atlas-dev-db",
              "atlasgo.io/engine": "postgres",
            },
          },
        },
      }),
    ],
  ],
  ["policy-selects-nothing", "all pods", { "NetworkPolicy/shop/web": { "spec.podSelector": {} } }],
  [
    "mesh-selects-nothing",
    "all pods",
    { "PeerAuthentication/atlas/operator": { "spec.selector": undefined } },
  ],
  [
    "budget-blocks-drain",
    "half of two",
    { "PodDisruptionBudget/atlas/operator": { "spec.minAvailable": "50%" } },
  ],
  [
    "budget-blocks-drain",
    "a part, which is rounded up",
    { "PodDisruptionBudget/atlas/operator": { "spec.minAvailable": undefined, "spec.maxUnavailable": "1%" } },
  ],
  [
    "budget-blocks-drain",
    "no replicas at all",
    { [database]: { "spec.replicas": 0 } },
    [
      object("policy/v1", "PodDisruptionBudget", "data", {
        spec: { minAvailable: 1, selector: { matchLabels: { "app.kubernetes.io/name": "postgres" } } },
      }),
    ],
  ],
  [
    "budget-blocks-drain",
    "more by an autoscaler than the workload states",
    { [web]: { "spec.replicas": 1 } },
    [
      object("policy/v1", "PodDisruptionBudget", "shop", {
        spec: { selector: { matchLabels: { "app.kubernetes.io/name": "web" } }, minAvailable: 1 },
      }),
    ],
  ],
  ["image-version-unknown", "a tag alone", { [web]: { [`${container}.image`]: "localhost:5000/web:1.2" } }],
  [
    "image-records-disagree",
    "a shorter tag of the same",
    { [web]: { [`${container}.image`]: `registry.example.com/web:v0.7@${digests.operator}` } },
  ],
  [
    "image-records-disagree",
    "the tag without its v",
    { [web]: { [`${container}.image`]: `registry.example.com/web:0.7.11@${digests.operator}` } },
  ],
  [
    "image-records-disagree",
    "one tag in two repositories",
    { [web]: { [`${container}.image`]: `registry.example.com/web:v0.7.11@sha256:${"c".repeat(64)}` } },
  ],
  [
    "memory-unlimited",
    "a limit, which is the request, too",
    { [web]: { [`${container}.resources`]: { limits: { memory: "1Gi" } } } },
  ],
  [
    "memory-unlimited",
    "of the pod as a whole",
    {
      [web]: {
        [`${container}.resources`]: undefined,
        "spec.template.spec.resources": { limits: { memory: "1Gi" } },
      },
    },
  ],
  [
    "memory-volume-unlimited",
    "on the disk",
    { [operator]: { "spec.template.spec.volumes[0].emptyDir": {} } },
  ],
  ["probe-port-missing", "a number that is a port of the container", probed(8080)],
  [
    "probe-port-missing",
    "a number, of no declared ports",
    {
      [web]: { ...probed(9000)[web], [`${container}.ports`]: [] },
      "Service/shop/web": { "spec.ports[0].targetPort": 8080 },
      "NetworkPolicy/shop/web": { "spec.ingress[0].ports[0].port": 8080 },
    },
  ],
  [
    "probe-port-missing",
    "a number that an argument has",
    { [web]: { ...probed(9000)[web], [`${container}.args`]: ["--health=:9000"] } },
  ],
  [
    "probe-port-missing",
    "a number that a file has",
    { ...probed(9000), "ConfigMap/shop/web": { data: { LEVEL: "listen: 0.0.0.0:9000" } } },
  ],
  [
    "probe-port-missing",
    "a number that a container beside it has",
    {
      [web]: {
        ...probed(9000)[web],
        "spec.template.spec.initContainers": [
          {
            name: "proxy",
            image: "proxy:1.0",
            restartPolicy: "Always",
            ports: [{ containerPort: 9000 }],
            resources: { limits: { memory: "64Mi" } },
            securityContext: restricted,
          },
        ],
      },
    },
  ],
  [
    "probe-port-missing",
    "a number, of another host",
    {
      "Namespace/shop": { "metadata.labels": {} },
      [web]: { [`${container}.livenessProbe.tcpSocket`]: { host: "127.0.0.1", port: 9000 } },
    },
  ],
  [
    "pod-not-admitted",
    "privileged",
    { "Namespace/shop": { "metadata.labels": {} }, [web]: { "spec.template.spec.hostPID": true } },
  ],
  [
    "injection-needs-cni",
    "no proxy",
    {
      "Namespace/data": {
        'metadata.labels["istio-injection"]': "disabled",
        'metadata.labels["pod-security.kubernetes.io/enforce"]': "privileged",
      },
    },
  ],
  ["egress-without-dns", "nothing goes out", {}, egress()],
  ["egress-without-dns", "by address alone", {}, egress({ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] })],
  ["egress-without-dns", "to everything", {}, egress({}, { to: [toPods], ports: [{ port: 80 }] })],
  [
    "egress-without-dns",
    "a range",
    {},
    egress({
      to: [toPods],
      ports: [
        { port: 1, endPort: 60 },
        { port: 1, endPort: 60, protocol: "UDP" },
      ],
    }),
  ],
  [
    "isolation-one-way",
    "its name says which",
    {},
    [
      {
        ...object("networking.k8s.io/v1", "NetworkPolicy", "shop", { spec: {} }),
        metadata: { name: "default-deny-ingress", namespace: "shop" },
      },
    ],
  ],
  [
    "isolation-one-way",
    "another isolates the other way",
    { [policy]: { "spec.policyTypes": ["Ingress"], "spec.egress": undefined } },
    [
      object("networking.k8s.io/v1", "NetworkPolicy", "atlas", {
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
      }),
    ],
  ],
  [
    "metrics-not-admitted",
    "nothing is scraped",
    { [operator]: { [`${annotations}["prometheus.io/scrape"]`]: "false" }, [policy]: { "spec.ingress": [] } },
  ],
  ["metrics-not-admitted", "every port", { [policy]: { "spec.ingress": [{}] } }],
  [
    "metrics-in-plain-text",
    "the port is an exception",
    {
      [operator]: { [`${annotations}["prometheus.istio.io/merge-metrics"]`]: "false" },
      [policy]: { "spec.ingress": [{}] },
      "PeerAuthentication/atlas/operator": { "spec.portLevelMtls": { 8080: { mode: "PERMISSIVE" } } },
    },
  ],
  ["server-first-protocol", "a port that Istio knows", mysql({ port: 3306 })],
  ["server-first-protocol", "appProtocol", mysql({ appProtocol: "tcp" })],
  ["server-first-protocol", "PostgreSQL", mysql({ port: 15432, targetPort: "sql" })],
  [
    "server-first-protocol",
    "outside of the mesh",
    {
      ...mysql({}),
      "Namespace/data": { "metadata.labels": {} },
      "PeerAuthentication/data/strict": undefined,
    },
  ],
  [
    "operator-flag-unknown",
    "of its logger",
    { [operator]: { [`${container}.args`]: ["--leader-elect", "--zap-log-level=debug"] } },
  ],
  [
    "operator-flag-unknown",
    "of a wrapper",
    { [operator]: { [`${container}.command`]: ["sh", "-c"], [`${container}.args`]: ["--leader-elect"] } },
  ],
  [
    "operator-flag-unknown",
    "behind a word, and behind the end of flags",
    { [operator]: { [`${container}.args`]: ["--leader-elect", "run", "--namespace=shop"] } },
  ],
  [
    "operator-flag-unknown",
    "what another takes",
    { [operator]: { [`${container}.args`]: ["--leader-elect", "--leader-election-id", "--namespace"] } },
  ],
  [
    "operator-flag-unknown",
    "of a release that is later than the table",
    {
      [operator]: {
        [`${container}.image`]: "atlas-operator:v0.9.0",
        [`${container}.args`]: ["--leader-elect", "--new"],
      },
    },
  ],
  [
    "operator-flag-unknown",
    "of a version that is not said",
    {
      [operator]: {
        [`${container}.image`]: "atlas-operator:main",
        [`${container}.args`]: ["--leader-elect", "--other"],
      },
    },
  ],
  [
    "unknown-to-release",
    "a field that the release has",
    {
      "AtlasSchema/shop/orders": {
        "spec.devDB": { spec: { containers: [{ name: "db", securityContext: restricted }] } },
      },
    },
  ],
  ["value-stated-twice", "a reference beside no text", { "AtlasSchema/shop/orders": { "spec.devURL": "" } }],
  ["operator-variable-unknown", "of Go", { [operator]: { [`${container}.env[0].name`]: "GOMEMLIMIT" } }],
  [
    "operator-without-election",
    "one replica at a time",
    {
      [operator]: {
        "spec.replicas": 1,
        "spec.strategy": { type: "Recreate" },
        [`${container}.args`]: [],
      },
      "PodDisruptionBudget/atlas/operator": undefined,
    },
  ],
  [
    "operator-without-election",
    "in the command",
    {
      [operator]: {
        [`${container}.args`]: undefined,
        [`${container}.command`]: ["/manager", "-leader-elect"],
      },
    },
  ],
  [
    "operator-without-tmp",
    "a root that can be written",
    {
      [operator]: {
        [`${container}.securityContext.readOnlyRootFilesystem`]: false,
        [`${container}.volumeMounts`]: [],
      },
    },
  ],
  [
    "operator-without-tmp",
    "a slash at the end",
    { [operator]: { [`${container}.volumeMounts[0].mountPath`]: "/tmp/" } },
  ],
  [
    "operator-permission-missing",
    "bindings that are not among the objects",
    {
      "RoleBinding/atlas/operator": undefined,
      "ClusterRoleBinding/operator": undefined,
      "ClusterRole/operator": undefined,
    },
  ],
  [
    "operator-permission-unneeded",
    "finalizers, which some clusters ask for",
    {
      "ClusterRole/operator": {
        "rules[9]": {
          apiGroups: ["db.atlasgo.io"],
          resources: ["atlasschemas/finalizers"],
          verbs: ["update"],
        },
      },
    },
  ],
  [
    "operator-permission-unneeded",
    "of a release that nobody looked at",
    {
      [operator]: { [`${container}.image`]: "atlas-operator:v0.8.0" },
      "Role/atlas/operator": { "rules[0].verbs": ["get", "create", "update", "delete"] },
    },
  ],
  [
    "operator-proxy-start",
    "a native sidecar",
    {
      [operator]: {
        [`${annotations}["proxy.istio.io/config"]`]: undefined,
        [`${annotations}["sidecar.istio.io/nativeSidecar"]`]: "true",
      },
    },
  ],
  [
    "version-check-off",
    "it says what it does",
    { [operator]: { [`${container}.env[1]`]: { name: "SKIP_VERCHECK", value: "true" } } },
  ],
  [
    "config-not-allowed",
    "it is allowed",
    {
      [operator]: { [`${container}.env[1]`]: { name: "ALLOW_CUSTOM_CONFIG", value: "true" } },
      "AtlasSchema/shop/orders": { "spec.config": "env {}", "spec.envName": "k8s" },
    },
  ],
  [
    "password-inline",
    "a user alone",
    {
      "AtlasMigration/shop/orders": {
        "spec.devURLFrom": undefined,
        "spec.devURL": "postgres://app@host:5432/dev",
      },
    },
  ],
  [
    "password-inline",
    "that of a dev database which the operator starts by devDB",
    {
      "AtlasMigration/shop/orders": {
        "spec.devURLFrom": undefined,
        "spec.devURL": "postgres://postgres:pass@localhost:5432/dev",
        "spec.devDB": {
          spec: { containers: [{ name: "postgres", image: "postgres:17.2", securityContext: restricted }] },
        },
      },
    },
  ],
  [
    "database-unreachable",
    "outside of the cluster",
    { "Secret/shop/database": { stringData: { url: "postgres://db.example.com/a", dev: "" } } },
  ],
  [
    "dev-database-unpinned",
    "sqlite",
    {
      "AtlasSchema/shop/orders": {
        "spec.urlFrom": undefined,
        "spec.devURLFrom": undefined,
        "spec.url": "sqlite://file.db",
      },
    },
  ],
  ["dev-database-unpinned", "one of its own", { "AtlasSchema/shop/orders": { "spec.devDB": { spec: {} } } }],
  [
    "volume-claim-missing",
    "of a StatefulSet",
    {
      [database]: {
        "spec.volumeClaimTemplates": [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        ],
      },
    },
  ],
  [
    "scale-target-missing",
    "another version of its group",
    { "HorizontalPodAutoscaler/shop/web": { "spec.scaleTargetRef.apiVersion": "apps/v1beta1" } },
  ],
];

test.each(quiet.map(([code, why, edits, more = []]) => [code, why, edits, more] as const))(
  "%s is not: %s",
  (_code, _why, edits, more) => {
    expect(check([...edited(sound, edits), ...more], { releases, lastRelease: "v0.7.37" })).toEqual([]);
  },
);
