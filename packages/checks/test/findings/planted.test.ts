import { check, printedPath, type KubernetesObject, type RuleCode } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { edited, type Edits } from "./edit.ts";
import { definition, digests, restricted, sound } from "./sound.ts";

/*
 * What is wrong and was taken by the API server: each row breaks the sound environment in one way, and says what is found
 * of it. What must not be found says `[]`.
 */

const pod = "spec.template.spec";
const container = `${pod}.containers[0]`;
const annotations = "spec.template.metadata.annotations";
const [operator, web] = ["Deployment/atlas/operator", "Deployment/shop/web"];
const releases = [
  {
    from: "v0.1.1",
    flags: [
      "label-selector",
      "enable-http2",
      "health-probe-bind-address",
      "leader-elect",
      "metrics-bind-address",
      "metrics-secure",
    ],
    variables: ["PREWARM_DEVDB", "ALLOW_CUSTOM_CONFIG"],
  },
];

const knowledge = {
  releases,
  lastRelease: "v0.7.37",
  images: [
    { repository: "registry.example.com/atlas-operator", version: "v0.7.11", digest: digests.operator },
  ],
  selectorProblem: (text: string) => (text === "team in" ? "no values" : undefined),
};

type Case = readonly [
  name: string,
  edits: Edits,
  found: readonly string[],
  more?: readonly KubernetesObject[],
];

function table(of: RuleCode, cases: readonly Case[]): void {
  describe(of, () => {
    test.each(cases.map(([name, edits, found, more = []]) => [name, edits, found, more] as const))(
      "%s",
      (_name, edits, found, more) => {
        const findings = check([...edited(sound, edits), ...more], knowledge).filter(
          // One URL for both says what is wrong with it at each, and that it is one.
          ({ what }) => of !== "database-url-mistaken" || what !== "the dev database is the target itself",
        );
        expect(
          findings.map(({ code, path, severity }) => `${severity} ${code} ${printedPath(path)}`),
        ).toEqual(found);
      },
    );
  });
}

const shopPolicy = (podSelector: object): Edits => ({
  "NetworkPolicy/shop/web": { "spec.podSelector": podSelector },
});

table("policy-selects-nothing", [
  ["dev databases", shopPolicy({ matchLabels: { "app.kubernetes.io/name": "atlas-dev-db" } }), []],
  [
    "dev databases, misspelt",
    shopPolicy({ matchLabels: { "app.kubernetes.io/name": "atlas-devdb" } }),
    ["warning policy-selects-nothing spec.podSelector"],
  ],
  [
    "the dev database of an object that there is not",
    shopPolicy({ matchLabels: { "app.kubernetes.io/instance": "order-atlas-dev-db" } }),
    ["warning policy-selects-nothing spec.podSelector"],
  ],
  [
    "what lacks a label, which all pods have",
    shopPolicy({ matchExpressions: [{ key: "app.kubernetes.io/name", operator: "DoesNotExist" }] }),
    ["warning policy-selects-nothing spec.podSelector"],
  ],
]);

/** What the operator is let out to, beside DNS and istiod, and a database there. */
const letOut = (url: string, ...to: readonly object[]): Edits => ({
  "NetworkPolicy/atlas/default-deny": {
    "spec.egress": [
      ...[0, 1].map(
        (index) =>
          (sound.find(({ metadata }) => metadata.name === "default-deny") as Policy).spec.egress[index],
      ),
      { to, ports: [{ port: 5432 }, { port: 443 }] },
    ],
  },
  "Secret/shop/database": { "stringData.dev": url.replace("shop", "dev"), "stringData.url": url },
});
interface Policy extends KubernetesObject {
  readonly spec: { readonly egress: readonly object[] };
}
const [anyPod, mostAddresses] = [
  { namespaceSelector: {} },
  { ipBlock: { cidr: "0.0.0.0/0", except: ["10.1.0.0/16"] } },
];
const notReached = ["urlFrom", "devURLFrom", "urlFrom", "devURLFrom"].map(
  (field) => `error database-unreachable spec.${field}`,
);

table("database-unreachable", [
  ["an address of the pod itself", letOut("postgres://u@127.0.0.1:5432/shop", anyPod), []],
  [
    "an address that a block leaves out",
    letOut("postgres://u@10.1.1.1:5432/shop", anyPod, mostAddresses),
    notReached,
  ],
  ["an address of the block", letOut("postgres://u@10.2.1.1:5432/shop", anyPod, mostAddresses), []],
  ["an address at the usual port", letOut("postgres://u@10.1.1.1/shop", anyPod, mostAddresses), notReached],
  [
    "an address of the other family",
    letOut("postgres://u@[fd00::1]:5432/shop", anyPod, mostAddresses),
    notReached,
  ],
  [
    "the address of a Service, whose pods are let in",
    {
      ...letOut("postgres://u@10.1.1.1:5432/shop", anyPod, mostAddresses),
      "Service/data/postgres": { "spec.clusterIP": "10.1.1.1" },
    },
    [],
  ],
  [
    "a name outside of the cluster",
    letOut("postgres://u@db.example.com:5432/shop", mostAddresses, anyPod),
    [],
  ],
]);

const token = (fields: object) => ({
  name: "token",
  projected: { sources: [{ serviceAccountToken: fields }] },
});
const mounted = (mountPath: string) => ({
  [`${pod}.automountServiceAccountToken`]: false,
  [`${pod}.volumes[1]`]: token({ path: "token" }),
  [`${container}.volumeMounts[1]`]: { name: "token", mountPath },
});
const usual = "/var/run/secrets/kubernetes.io/serviceaccount";

table("operator-without-token", [
  [
    "the pod's own field",
    { [operator]: { [`${pod}.automountServiceAccountToken`]: false } },
    [`error operator-without-token ${pod}.automountServiceAccountToken`],
  ],
  [
    "the account's",
    { "ServiceAccount/atlas/operator": { automountServiceAccountToken: false } },
    ["error operator-without-token automountServiceAccountToken"],
  ],
  [
    "the pod's goes before the account's",
    {
      "ServiceAccount/atlas/operator": { automountServiceAccountToken: false },
      [operator]: { [`${pod}.automountServiceAccountToken`]: true },
    },
    [],
  ],
  ["a token at the usual place", { [operator]: mounted(usual) }, []],
  [
    "a token there by its other name",
    { [operator]: mounted("/run/secrets/kubernetes.io/serviceaccount/") },
    [],
  ],
  [
    "a token elsewhere",
    { [operator]: mounted("/token") },
    [`error operator-without-token ${pod}.automountServiceAccountToken`],
  ],
  [
    "a token of another name",
    { [operator]: { ...mounted(usual), [`${pod}.volumes[1]`]: token({ path: "vault" }) } },
    [`error operator-without-token ${pod}.automountServiceAccountToken`],
  ],
  [
    "a kubeconfig",
    {
      [operator]: {
        [`${pod}.automountServiceAccountToken`]: false,
        [`${container}.env[1]`]: { name: "KUBECONFIG", value: "/etc/kubeconfig" },
      },
    },
    [],
  ],
]);

const operatorImage = (reference: string) => ({ [operator]: { [`${container}.image`]: reference } });
const clash = [`error image-records-disagree ${container}.image`];
const otherDigest = `sha256:${"d".repeat(64)}`;

table("image-records-disagree", [
  [
    "another version with the digest of a release",
    operatorImage(`registry.example.com/atlas-operator:v0.7.37@${digests.operator}`),
    clash,
  ],
  [
    "the same in a mirror, without the v",
    operatorImage(`mirror.example.com/atlas-operator:0.7.37@${digests.operator}`),
    clash,
  ],
  [
    "a release with another digest",
    operatorImage(`registry.example.com/atlas-operator:v0.7.11@${otherDigest}`),
    clash,
  ],
  [
    "a release with another digest in a mirror, which may have built it again",
    operatorImage(`mirror.example.com/atlas-operator:v0.7.11@${otherDigest}`),
    [],
  ],
  ["another release", operatorImage(`registry.example.com/atlas-operator:v0.7.10@${otherDigest}`), []],
  [
    "a release without its v",
    operatorImage(`registry.example.com/atlas-operator:0.7.11@${digests.operator}`),
    [],
  ],
  ["less than a version", operatorImage(`registry.example.com/atlas-operator:v0.7@${digests.operator}`), []],
]);

const bound = (roleRef: object) => [
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "web", namespace: "shop" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", ...roleRef },
    subjects: [{ kind: "ServiceAccount", name: "web" }],
  },
];
const off = { [web]: { [`${pod}.automountServiceAccountToken`]: false } };
const restricting = (verb: string) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "constraint" },
  rules: [{ apiGroups: ["security.openshift.io"], resources: ["securitycontextconstraints"], verbs: [verb] }],
});

table("token-missing", [
  [
    "an account with a role",
    off,
    [`warning token-missing ${pod}.automountServiceAccountToken`],
    bound({ name: "view" }),
  ],
  ["an account without any", off, []],
  [
    "the account's field",
    { "ServiceAccount/shop/web": { automountServiceAccountToken: false } },
    ["warning token-missing automountServiceAccountToken"],
    bound({ name: "view" }),
  ],
  ["a role that lets pods be made", off, [], [...bound({ name: "constraint" }), restricting("use")]],
  [
    "a token of its own",
    {
      [web]: {
        [`${pod}.automountServiceAccountToken`]: false,
        [`${pod}.volumes[1]`]: token({ path: "token", audience: "vault" }),
      },
    },
    [],
    bound({ name: "view" }),
  ],
  [
    "another pod of the account has one",
    off,
    [],
    [
      ...bound({ name: "view" }),
      {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: "web", namespace: "shop" },
        spec: {
          template: sound.flatMap((each) =>
            "spec" in each && each.kind === "Deployment" && each.metadata.name === "web"
              ? [jobOf(each.spec)]
              : [],
          )[0],
        },
      } as KubernetesObject,
    ],
  ],
]);

function jobOf(spec: unknown): object {
  const { template } = spec as { template: { spec: object } };
  return { ...template, spec: { ...template.spec, restartPolicy: "Never" } };
}

const probe = (fields: object, more: object = {}) => ({
  [operator]: { [`${container}.readinessProbe`]: fields, ...more },
});
const probePath = `${container}.readinessProbe`;
const listening = (...args: string[]) => ({ [`${container}.args`]: ["--leader-elect", ...args] });

table("operator-probe-unanswered", [
  ["readyz", probe({ httpGet: { path: "/readyz", port: 8081 } }), []],
  ["healthz without a slash", probe({ httpGet: { path: "healthz", port: 8081 } }), []],
  ["a single check", probe({ httpGet: { path: "/readyz/readyz?verbose", port: 8081 } }), []],
  ["a socket", probe({ tcpSocket: { port: 8081 } }), []],
  ["a socket for metrics", probe({ tcpSocket: { port: 8080 } }), []],
  ["a command", probe({ exec: { command: ["true"] } }), []],
  [
    "another port",
    probe({ httpGet: { path: "/readyz", port: 8888 } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.port`],
  ],
  [
    "another socket",
    probe({ tcpSocket: { port: 8888 } }),
    [`error operator-probe-unanswered ${probePath}.tcpSocket.port`],
  ],
  [
    "the port of metrics",
    probe({ httpGet: { path: "/readyz", port: 8080 } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.port`],
  ],
  [
    "another path",
    probe({ httpGet: { path: "/health", port: 8081 } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.path`],
  ],
  [
    "a path that goes on",
    probe({ httpGet: { path: "/readyzz", port: 8081 } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.path`],
  ],
  [
    "no path",
    probe({ httpGet: { port: 8081 } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.path`],
  ],
  [
    "TLS",
    probe({ httpGet: { path: "/readyz", port: 8081, scheme: "HTTPS" } }),
    [`error operator-probe-unanswered ${probePath}.httpGet.scheme`],
  ],
  ["gRPC", probe({ grpc: { port: 8081 } }), [`error operator-probe-unanswered ${probePath}.grpc`]],
  [
    "a flag moves the port",
    { [operator]: listening("--health-probe-bind-address=:9090") },
    [`error operator-probe-unanswered ${probePath}.httpGet.port`],
  ],
  [
    "flag and probe together",
    probe(
      { httpGet: { path: "/readyz", port: 9090 } },
      listening("--health-probe-bind-address", "0.0.0.0:9090"),
    ),
    [],
  ],
  [
    "of one flag twice, the last counts",
    probe(
      { httpGet: { path: "/readyz", port: 9090 } },
      listening("--health-probe-bind-address=:1", "--health-probe-bind-address=:9090"),
    ),
    [],
  ],
  [
    "off",
    { [operator]: listening("--health-probe-bind-address=0") },
    [`error operator-probe-unanswered ${probePath}.httpGet.port`],
  ],
  [
    "within the pod alone",
    { [operator]: listening("--health-probe-bind-address=127.0.0.1:8081") },
    [`error operator-probe-unanswered ${probePath}.httpGet.port`],
  ],
  [
    "a shell starts it",
    probe(
      { httpGet: { path: "/readyz", port: 8888 } },
      {
        [`${container}.ports`]: [],
        [`${container}.command`]: ["sh", "-c"],
        [`${container}.args`]: ["exec /manager"],
      },
    ),
    [],
  ],
  ["the proxy's", probe({ httpGet: { path: "/healthz/ready", port: 15021 } }), []],
]);

const monitor = (kind: string, endpoint: object) => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind,
  metadata: { name: "operator", namespace: "atlas" },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/name": "operator" } },
    [kind === "PodMonitor" ? "podMetricsEndpoints" : "endpoints"]: [endpoint],
  },
});
const service = (targetPort: unknown) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "operator", namespace: "atlas", labels: { "app.kubernetes.io/name": "operator" } },
  spec: {
    selector: { "app.kubernetes.io/name": "operator" },
    ports: [{ name: "http-metrics", port: 80, targetPort }],
  },
});
const annotated = (name: string, value: string, ...args: string[]) => ({
  [operator]: { [`${annotations}["prometheus.io/${name}"]`]: value, ...listening(...args) },
});

table("operator-metrics-unanswered", [
  [
    "another port",
    annotated("port", "8888"),
    [`error operator-metrics-unanswered ${annotations}["prometheus.io/port"]`],
  ],
  [
    "another path",
    annotated("path", "/stats"),
    [`error operator-metrics-unanswered ${annotations}["prometheus.io/path"]`],
  ],
  ["the same path", annotated("path", "/metrics"), []],
  ["flag and annotation together", annotated("port", "9090", "--metrics-bind-address=:9090"), []],
  [
    "within the pod, where the proxy asks",
    annotated("port", "9090", "--metrics-bind-address=127.0.0.1:9090"),
    [],
  ],
  [
    "off",
    annotated("port", "8080", "--metrics-bind-address=0"),
    [`error operator-metrics-unanswered ${annotations}["prometheus.io/port"]`],
  ],
  [
    "off, and not scraped",
    {
      [operator]: {
        [`${annotations}["prometheus.io/scrape"]`]: "false",
        ...listening("--metrics-bind-address=0"),
      },
    },
    [],
  ],
  [
    "TLS",
    annotated("port", "8080", "--metrics-secure"),
    [`error operator-metrics-unanswered ${annotations}["prometheus.io/scheme"]`],
  ],
  ["TLS, and asked so", annotated("scheme", "https", "--metrics-secure"), []],
  ["a Service of the port", {}, [], [service(8080)]],
  ["a Service of the probes' port", {}, [], [service("health")]],
  [
    "a Service of another",
    {},
    ["error operator-metrics-unanswered spec.ports[0].targetPort"],
    [service(8443)],
  ],
  [
    "a Service without a target",
    {},
    ["error operator-metrics-unanswered spec.ports[0].port"],
    [service(undefined)],
  ],
  ["a Service of the proxy's", {}, [], [service(15020)]],
  [
    "a PodMonitor of the proxy's",
    {},
    [],
    [monitor("PodMonitor", { portNumber: 15020, path: "/stats/prometheus" })],
  ],
  ["a PodMonitor of the port", {}, [], [monitor("PodMonitor", { portNumber: 8080 })]],
  [
    "a PodMonitor of another",
    {},
    ["error operator-metrics-unanswered spec.podMetricsEndpoints[0].port"],
    [monitor("PodMonitor", { port: "health" })],
  ],
  [
    "a PodMonitor of none",
    {},
    ["error operator-metrics-unanswered spec.podMetricsEndpoints[0].port"],
    [monitor("PodMonitor", { port: "metrics" })],
  ],
  ["a ServiceMonitor", {}, [], [service(8080), monitor("ServiceMonitor", { port: "http-metrics" })]],
  [
    "a ServiceMonitor of the probes' port",
    {},
    ["error operator-metrics-unanswered spec.endpoints[0].port"],
    [service(8081), monitor("ServiceMonitor", { port: "http-metrics" })],
  ],
  [
    "a ServiceMonitor of a port that the Service lacks",
    {},
    ["error operator-metrics-unanswered spec.endpoints[0].port"],
    [service(8080), monitor("ServiceMonitor", { port: "metrics" })],
  ],
]);

const variable = (name: string, fields: object) => ({
  [operator]: { [`${container}.env[0]`]: { name, ...fields } },
});
const value = [`error operator-value-refused ${container}.env[0].value`];
const flag = (...args: string[]) => ({ [operator]: { [`${container}.args`]: args } });

table("operator-value-refused", [
  // https://pkg.go.dev/strconv#ParseBool
  ...["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False", "", "$(OTHER)"].map(
    (text): Case => [
      `PREWARM_DEVDB: ${JSON.stringify(text)}`,
      variable("PREWARM_DEVDB", { value: text }),
      [],
    ],
  ),
  ...["yes", "no", "on", "off", "tRUE", " true", "2", "enabled"].map((text): Case => [
    `PREWARM_DEVDB: ${JSON.stringify(text)}`,
    variable("PREWARM_DEVDB", { value: text }),
    value,
  ]),
  ["ALLOW_CUSTOM_CONFIG", variable("ALLOW_CUSTOM_CONFIG", { value: "y" }), value],
  [
    "from elsewhere",
    variable("PREWARM_DEVDB", { valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }),
    [],
  ],
  ["another's", variable("GODEBUG", { value: "yes" }), []],
  ["a flag with a word", flag("--leader-elect=true"), []],
  [
    "a flag with another",
    flag("--leader-elect", "--metrics-secure=no"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  [
    "a word behind a flag",
    flag("--leader-elect", "true"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  ["a word for the program", flag("--leader-elect", "run"), []],
  [
    "no value",
    flag("--leader-elect", "--metrics-bind-address"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  [
    "a port alone",
    flag("--leader-elect", "--metrics-bind-address=8080"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  [
    "a port out of range",
    flag("--leader-elect", "--metrics-bind-address=:80800"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  [
    "two colons",
    flag("--leader-elect", "--metrics-bind-address=::1:8080"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  ["brackets", flag("--leader-elect", "--metrics-bind-address=[::]:8080"), []],
  ["a port by its name", flag("--leader-elect", "--metrics-bind-address=:http-alt"), []],
  [
    "both at one",
    flag("--leader-elect", "--health-probe-bind-address=:8080"),
    [
      `error operator-probe-unanswered ${probePath}.httpGet.port`,
      `error operator-value-refused ${container}.args[1]`,
    ],
  ],
  ["a selector", flag("--leader-elect", "--label-selector=team=a"), []],
  [
    "a selector that is none",
    flag("--leader-elect", "--label-selector", "team in"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
  ["a level", flag("--leader-elect", "--zap-log-level=5", "--zap-encoder=json"), []],
  [
    "a level that there is not",
    flag("--leader-elect", "--zap-log-level=verbose"),
    [`error operator-value-refused ${container}.args[1]`],
  ],
]);

table("config-not-allowed", [
  [
    "what is false allows nothing",
    {
      ...variable("ALLOW_CUSTOM_CONFIG", { value: "false" }),
      "AtlasSchema/shop/orders": { "spec.config": "env {}", "spec.envName": "k8s" },
    },
    ["error config-not-allowed spec.config"],
  ],
  [
    "of one that is stated twice, the last counts",
    {
      [operator]: {
        [`${container}.env`]: ["true", "0"].map((text) => ({ name: "ALLOW_CUSTOM_CONFIG", value: text })),
      },
      "AtlasSchema/shop/orders": { "spec.config": "env {}", "spec.envName": "k8s" },
    },
    ["error config-not-allowed spec.config"],
  ],
  [
    "from elsewhere",
    {
      ...variable("ALLOW_CUSTOM_CONFIG", { valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }),
      "AtlasSchema/shop/orders": { "spec.config": "env {}", "spec.envName": "k8s" },
    },
    [],
  ],
]);

table("probe-port-missing", [
  // The container declares 8080.
  ...[8008, 808, 18_080, 8180, 880].map((number): Case => [
    `${number}, a slip of the hand`,
    { [web]: { [`${container}.livenessProbe.tcpSocket.port`]: number } },
    [`warning probe-port-missing ${container}.livenessProbe.tcpSocket.port`],
  ]),
  ...[8081, 9080, 8888, 10_254, 80].map((number): Case => [
    `${number}, which the image may have for probes`,
    { [web]: { [`${container}.livenessProbe.tcpSocket.port`]: number } },
    [],
  ]),
  [
    "a slip of the hand that an argument has a part of",
    {
      [web]: { [`${container}.livenessProbe.tcpSocket.port`]: 8008, [`${container}.args`]: ["--port=18008"] },
    },
    [`warning probe-port-missing ${container}.livenessProbe.tcpSocket.port`],
  ],
]);

const medium = (text: string) => ({
  [operator]: { [`${pod}.volumes[0].emptyDir`]: { medium: text, sizeLimit: "64Mi" } },
});
const mediumPath = [`error volume-medium-unknown ${pod}.volumes[0].emptyDir.medium`];

table("volume-medium-unknown", [
  ...["Memory", "", "HugePages"].map((text): Case => [JSON.stringify(text), medium(text), []]),
  ...["memory", "MEMORY", "Ram", "disk"].map((text): Case => [
    JSON.stringify(text),
    medium(text),
    mediumPath,
  ]),
]);

const resources = (list: string, name: string, text: unknown) => ({
  [web]: {
    [`${container}.resources`]: { limits: { memory: "1Gi" }, [list]: { memory: "1Gi", [name]: text } },
  },
});
const amount = (list: string, name: string) => `${container}.resources.${list}.${name}`;

table("amount-mistaken", [
  ["bytes", resources("limits", "memory", "536870912"), []],
  ["a number", resources("limits", "memory", 536_870_912), []],
  ["a fraction that is whole", resources("limits", "memory", "1.5Gi"), []],
  ["millibytes that are whole", resources("limits", "memory", "536870912000m"), []],
  [
    "millibytes",
    resources("limits", "memory", "512m"),
    [`error amount-mistaken ${amount("limits", "memory")}`],
  ],
  [
    "millibytes asked for",
    resources("requests", "memory", "512m"),
    [`error amount-mistaken ${amount("requests", "memory")}`],
  ],
  [
    "of the disk",
    resources("limits", "ephemeral-storage", "1500m"),
    [`error amount-mistaken ${amount("limits", "ephemeral-storage")}`],
  ],
  ["cores", resources("limits", "cpu", "64"), []],
  ["half a core", resources("limits", "cpu", 0.5), []],
  ["millicores", resources("limits", "cpu", "128000m"), []],
  ["mebicores", resources("limits", "cpu", "500Mi"), [`error amount-mistaken ${amount("limits", "cpu")}`]],
  ["megacores", resources("requests", "cpu", "1M"), [`error amount-mistaken ${amount("requests", "cpu")}`]],
  [
    "millicores without their unit",
    resources("limits", "cpu", "5000"),
    [`error amount-mistaken ${amount("limits", "cpu")}`],
  ],
  [
    "the size of a volume",
    { [operator]: { [`${pod}.volumes[0].emptyDir.sizeLimit`]: "64m" } },
    [`error amount-mistaken ${pod}.volumes[0].emptyDir.sizeLimit`],
  ],
  [
    "a claim",
    { "PersistentVolumeClaim/shop/web": { "spec.resources.requests.storage": "10m" } },
    ["error amount-mistaken spec.resources.requests.storage"],
  ],
]);

table("memory-too-small", [
  ["4Mi", { [web]: { [`${container}.resources`]: { limits: { memory: "4Mi" } } } }, []],
  [
    "none",
    { [web]: { [`${container}.resources`]: { requests: { memory: "0" }, limits: { memory: "1Gi" } } } },
    [],
  ],
  [
    "a byte",
    { [web]: { [`${container}.resources`]: { limits: { memory: "1" } } } },
    [`error memory-too-small ${amount("limits", "memory")}`],
  ],
  [
    "a number",
    { [web]: { [`${container}.resources`]: { limits: { memory: 512 } } } },
    [`error memory-too-small ${amount("limits", "memory")}`],
  ],
  [
    "128k",
    { [web]: { [`${container}.resources`]: { limits: { memory: "128k" } } } },
    [`error memory-too-small ${amount("limits", "memory")}`],
  ],
  [
    "asked for",
    resources("requests", "memory", "512"),
    [`warning memory-too-small ${amount("requests", "memory")}`],
  ],
]);

const image = (text: string) => ({ [web]: { [`${container}.image`]: text } });
const malformed = [`error image-reference-malformed ${container}.image`];
const hex = "c".repeat(64);

table("image-reference-malformed", [
  ...[
    "web:1.2",
    "library/web:v1.2_a-B.c",
    "localhost/web:1",
    "localhost:5000/web:1.2",
    "registry.example.com:443/a/b__c/d-e/web.x:1",
    "Registry.Example.com/web:1",
    "[fd00::1]:5000/web:1",
    `web:1.2@sha256:${hex}`,
    `web:1.2@sha512:${hex}${hex}`,
  ].map((text): Case => [text, image(text), []]),
  ...[
    "Web:1.2",
    "registry.example.com/Shop/web:1.2",
    "web:",
    "web:-1",
    "web:.1",
    "web:1+2",
    "web: 1.2",
    `web:${"1".repeat(129)}`,
    "https://registry.example.com/web:1.2",
    "registry.example.com//web:1.2",
    "-web:1.2",
    "web_:1.2",
    "we b:1.2",
    `web:1.2@sha256:${hex.slice(1)}`,
    `web:1.2@sha256:${hex}c`,
    `web:1.2@sha256:${hex.toUpperCase()}`,
    `web:1.2@sha256:${"g".repeat(64)}`,
    `web:1.2@sha1:${"c".repeat(40)}`,
    `web:1.2@${hex}`,
    `web:1.2@sha256:${hex}@sha256:${hex}`,
    `web:1.2@`,
  ].map((text): Case => [text, image(text), malformed]),
]);

const rules = (...all: object[]) => [
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "other" },
    rules: all,
  },
];
const rule = (
  group: string | readonly string[],
  resource: string | readonly string[],
  ...verbs: string[]
) => ({
  apiGroups: [group].flat(),
  resources: [resource].flat(),
  verbs,
});
const crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "shops.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "shops", singular: "shop", kind: "Shop" },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};

table("permission-unknown", [
  ...[
    rule(
      "",
      ["pods", "pods/log", "pods/exec", "services/proxy", "nodes/metrics", "serviceaccounts/token"],
      "get",
      "create",
    ),
    rule(["apps", "extensions"], ["deployments", "deployments/scale", "replicasets"], "patch"),
    rule("*", ["anything", "secret"], "*"),
    rule("", ["*", "*/status"], "deletecollection"),
    rule("", ["configmaps/status", "services/finalizers", "endpoints/restricted"], "update"),
    rule("", ["users", "groups", "serviceaccounts"], "impersonate"),
    rule("authentication.k8s.io", ["userextras/scopes", "tokenreviews"], "impersonate", "create"),
    rule(
      "certificates.k8s.io",
      ["signers", "certificatesigningrequests/approval"],
      "sign",
      "approve",
      "update",
    ),
    rule("policy", "podsecuritypolicies", "use"),
    rule("metrics.k8s.io", ["pods", "nodes"], "list"),
    rule("rbac.authorization.k8s.io", ["roles", "clusterroles"], "bind", "escalate"),
    rule(["", "route.openshift.io"], ["routes", "routes/custom-host"], "create"),
    rule("example.com", ["shops", "shops/status", "baskets"], "get", "audit"),
    rule(["networking.istio.io", "apps.openshift.io", "storage.example.com"], ["gateways", "routes"], "get"),
    rule("other.example.com", "secret", "mirror", "set"),
    rule("", "namespaces", "my-own-check"),
    rule("", "pods", "impersonate-on:user-info:list"),
    { nonResourceURLs: ["/metrics"], verbs: ["get", "post"] },
  ].map((each): Case => [JSON.stringify(each), {}, [], [crd, ...rules(each)]]),
  ...(
    [
      [rule("", "secret", "get"), "error", "resources[0]"],
      [rule("", "Pod", "get"), "error", "resources[0]"],
      [rule("", "Pods", "get"), "error", "resources[0]"],
      [rule("", "configmap", "get"), "error", "resources[0]"],
      [rule("", "baskets", "get"), "warning", "resources[0]"],
      [rule("", "serviceacounts", "get"), "error", "resources[0]"],
      [rule("", "deployments", "get"), "error", "resources[0]"],
      [rule("apps", "pods", "get"), "error", "resources[0]"],
      [rule("batch", ["jobs", "cronjobs/status", "deployments/scale"], "get"), "error", "resources[2]"],
      [rule("", "pods/logs", "get"), "error", "resources[0]"],
      [rule("apps", "deployments/scales", "get"), "error", "resources[0]"],
      [rule("apps/v1", "deployments", "get"), "error", "apiGroups[0]"],
      [rule("v1", "pods", "get"), "error", "apiGroups[0]"],
      [rule("core", "pods", "get"), "error", "apiGroups[0]"],
      [rule("app", "deployments", "get"), "error", "apiGroups[0]"],
      [rule("networking.k8s.oi", "ingresses", "get"), "error", "apiGroups[0]"],
      [rule("example.com", "shop", "get"), "error", "resources[0]"],
      [rule("", "shops", "get"), "error", "resources[0]"],
      [rule("", "pods", "gets"), "error", "verbs[0]"],
      [rule("", "pods", "get", "watchs"), "error", "verbs[1]"],
      [rule("", "pods", "GET"), "error", "verbs[0]"],
      [rule("example.com", "shops", "lists"), "error", "verbs[0]"],
      [rule("", "pods", "read"), "warning", "verbs[0]"],
      [{ nonResourceURLs: ["/metrics"], verbs: ["gets"] }, "error", "verbs[0]"],
    ] as const
  ).map(([each, severity, path]): Case => [
    JSON.stringify(each),
    {},
    [`${severity} permission-unknown rules[0].${path}`],
    [crd, ...rules(each)],
  ]),
]);

table("subject-missing", [
  [
    "of a namespace that comes along",
    {
      "ClusterRoleBinding/operator": {
        "subjects[1]": { kind: "ServiceAccount", name: "grafana", namespace: "shop" },
      },
    },
    ["warning subject-missing subjects[1].name"],
  ],
]);

table("role-missing", [
  ["of a namespace", { "Role/atlas/operator": undefined }, ["warning role-missing roleRef.name"]],
  ["of the cluster", { "ClusterRole/operator": undefined }, ["warning role-missing roleRef.name"]],
]);

const label = { "app.kubernetes.io/name": "operator" };

table("policy-selects-nothing", [
  [
    "the workload is gone, and what selects it stays",
    {
      [operator]: undefined,
      "NetworkPolicy/atlas/default-deny": { "spec.podSelector": { matchLabels: label } },
    },
    [
      "warning budget-selects-nothing spec.selector",
      "warning policy-selects-nothing spec.podSelector",
      "warning mesh-selects-nothing spec.workloadSelector.labels",
      "warning mesh-selects-nothing spec.selector.matchLabels",
      "warning service-selects-nothing spec.selector",
    ],
    [service(8080)],
  ],
  [
    "somebody else's kind may make the pods",
    { [operator]: undefined },
    [],
    [{ apiVersion: "example.com/v1", kind: "Shop", metadata: { name: "operator", namespace: "atlas" } }],
  ],
]);

const [resource, ofSecret] = ["AtlasSchema/shop/orders", "Secret/shop/database"];
const urls = (url: string, dev = url) => ({
  [resource]: {
    "spec.urlFrom": undefined,
    "spec.url": url,
    "spec.devURLFrom": undefined,
    "spec.devURL": dev,
  },
});
const mistaken = (severity = "error", field = "url") => `${severity} database-url-mistaken spec.${field}`;
const parts = (fields: object, dev = "postgres://a@db/dev") => ({
  [resource]: {
    "spec.urlFrom": undefined,
    "spec.credentials": { host: "db.example.com", ...fields },
    "spec.devURLFrom": undefined,
    "spec.devURL": dev,
  },
});

table("database-url-mistaken", [
  // https://atlasgo.io/concepts/url
  ...[
    "postgres://localhost:5432/database",
    "postgres://localhost:5432/database?search_path=public&sslmode=disable",
    "postgresql://a@one:5432,two:5432/shop",
    "postgres://a@[fd00::1]:5432/shop",
    "postgres://a@db:/shop",
    "postgres://a%40b@db/shop",
    "postgres://postgres@db",
    "postgres:///shop?host=/var/run/postgresql",
    "crdb://root@localhost:26257/defaultdb?sslmode=disable",
    "ysql://yugabyte@localhost:5433/yugabyte?search_path=public",
    "redshift://a@cluster:5439/database?search_path=public",
    "dsql://admin@id.dsql.us-east-1.on.aws/postgres",
    "mysql://localhost:3306/",
    "mysql://a@localhost:3306/schema",
    "mysql+unix:///tmp/mysql.sock",
    "mysql+unix://a@/tmp/mysql.sock?database=dbname",
    "MariaDB://localhost:3306/",
    "maria+unix:///tmp/mysql.sock",
    "sqlserver://sa@localhost:1433?database=master&mode=schema",
    "azuresql://instance.database.windows.net?fedauth=ActiveDirectoryDefault&database=master",
    "mssql://sa@localhost?database=master",
    "sqlite://file.db",
    "sqlite://file?mode=memory&_fk=1",
    "libsql+ws://database-url",
    "libsql+wss://database-url",
    "clickhouse://localhost:9000",
    "clickhouse://a@localhost:9000/schema?secure=true",
    "oracle://a@localhost:1521/FREEPDB1",
    "spanner://projects/p/instances/i/databases/d",
    "snowflake://a@account/database?schema=public",
    "databricks://token@host:443/sql/1.0/warehouses/id",
    "postgres://a@${DB_HOST}:${DB_PORT}/shop",
    "{{ .Values.url }}",
    "<see the vault>",
  ].map((text): Case => [text, urls(text), []]),
  ...[
    "postgres://a@db:99999/shop",
    "postgres://a@db:0/shop",
    "postgres://a@one:5432,two:70000/shop",
    "postgres://a@db:port/shop",
    "postgres://a@db:54e2/shop",
    "postgres://a:pa#ss@db:5432/shop",
    "postgres://a%zz@db/shop",
    "postgres://a@d b/shop",
    "postgres://a@db/shop\n",
    " postgres://a@db/shop",
    "postgres://a@db/\tshop",
    "postgress://a@db/shop",
    "postgre://a@db/shop",
    "psql://a@db/shop",
    "cockroachdb://a@db/shop",
    "mysq://a@db/shop",
    "sqlserer://a@db",
    "jdbc:postgresql://db/shop",
    "host=db user=a dbname=shop",
    "a@tcp(db:3306)/shop",
    "db.example.com:5432/shop",
  ].map((text): Case => [JSON.stringify(text), urls(text), [mistaken("error"), mistaken("error", "devURL")]]),
  ...[
    "http://db/shop",
    "mongodb://db/shop",
    "mysql+pymysql://a@db/shop",
    "postgresql+psycopg2://a@db/shop",
    "postgres://a@db:5432",
    "postgres://db:5432/?sslmode=disable",
    "ysql://a@db",
    "postgres://a@db/shop?search_path=public,shop",
  ].map((text): Case => [text, urls(text), [mistaken("warning"), mistaken("warning", "devURL")]]),
  [
    "a database that Docker starts",
    urls("postgres://a@db/shop", "docker://postgres/17/dev"),
    [mistaken("warning", "devURL")],
  ],
  [
    "in a Secret, once for all that refer to it",
    { [ofSecret]: { "stringData.url": "postgres://a@postgres.data:54321000/shop" } },
    ["error database-url-mistaken stringData.url"],
  ],
  [
    "in a Secret, encoded, with a line break",
    {
      [ofSecret]: {
        stringData: undefined,
        data: { url: btoa("postgres://a@db/shop\n"), dev: btoa("postgres://a@db/dev") },
      },
    },
    ["error database-url-mistaken data.url"],
  ],
  ["parts", parts({ scheme: "postgres", port: 5432 }), []],
  ["parts in capitals", parts({ scheme: "PostgreSQL", port: 0 }), []],
  ["an address of IPv6", parts({ scheme: "postgres", host: "[fd00::1]" }), []],
  ["a port beside the host alone", parts({ scheme: "postgres", host: "db:5432" }), []],
  [
    "parts of a scheme that there is not",
    parts({ scheme: "postgress" }),
    [mistaken("error", "credentials.scheme")],
  ],
  [
    "parts of a scheme that the operator does not know",
    parts({ scheme: "snowflake" }, "snowflake://a@b/c"),
    [mistaken("error", "credentials.scheme")],
  ],
  [
    "a port that there is not",
    parts({ scheme: "postgres", port: 70_000 }),
    [mistaken("error", "credentials.port")],
  ],
  [
    "two ports",
    parts({ scheme: "postgres", host: "db:5432", port: 5432 }),
    [mistaken("error", "credentials.host")],
  ],
  ...["postgres://db", "db/shop", "a@db", "fd00::1"].map((host): Case => [
    `the host ${host}`,
    parts({ scheme: "postgres", host, port: 5432 }),
    [mistaken("error", "credentials.host")],
  ]),
]);

const mismatch = ["error dev-database-mismatch spec.devURL"];
const inHcl = { "spec.schema": { hcl: "schema {}" } };
const ofHcl = (url: string, dev: string): Edits => ({
  [resource]: { ...urls(url, dev)[resource], ...inHcl },
});

table("dev-database-mismatch", [
  ...(
    [
      ["postgres://a@db/shop", "postgresql://a@dev/dev"],
      ["mysql://db/", "maria://dev/"],
      ["libsql+wss://db", "sqlite://db?mode=memory"],
      ["azuresql://db?database=a", "sqlserver://dev?database=b"],
      ["crdb://a@db/shop", "postgres://a@dev/dev"],
      ["postgres://a@db/shop?search_path=one", "postgres://a@dev/dev?search_path=public"],
      ["mysql://db/shop", "mysql://dev/dev"],
      ["postgres://a@db/shop", "postgres://a@db/dev"],
      ["sqlserver://db?database=shop", "sqlserver://db?database=dev"],
      ["sqlite://file.db", "sqlite://file.db?mode=memory"],
      ["http://db/shop", "sqlite://db"],
    ] as const
  ).map(([url, dev]): Case => [
    `${url} ${dev}`,
    urls(url, dev),
    url.startsWith("http") ? [mistaken("warning")] : [],
  ]),
  ...(
    [
      ["postgres://a@db/shop", "mysql://dev/dev"],
      ["postgres://a@db/shop", "sqlite://db?mode=memory"],
      ["mysql://db/shop", "postgres://a@dev/dev"],
      ["sqlserver://db", "clickhouse://dev"],
      ["postgres://a@db/shop?search_path=one", "postgres://a@dev/dev"],
      ["postgres://a@db/shop", "postgres://a@dev/dev?search_path=public"],
      ["mysql://db/shop", "mysql://dev/"],
      ["mysql://db", "mariadb://dev/dev"],
      ["sqlserver://db?mode=database", "sqlserver://dev"],
      ["postgres://a@db/shop", "postgresql://other@DB:5432/shop"],
      ["mysql://db/shop?tls=true", "mysql://db:3306/shop"],
    ] as const
  ).map(([url, dev]): Case => [`${url} ${dev}`, urls(url, dev), mismatch]),
  ["a schema in HCL says which it is of", ofHcl("postgres://a@db/a?search_path=one", "postgres://a@b/c"), []],
  ["a schema in HCL of another kind", ofHcl("postgres://a@db/a", "mysql://b/c"), mismatch],
  [
    "with Docker, too",
    urls("postgres://a@db/shop", "docker://mysql/8/dev"),
    [mistaken("warning", "devURL"), ...mismatch],
  ],
  [
    "with Docker, of one schema",
    urls("mysql://db/shop", "docker://mysql/8/dev"),
    [mistaken("warning", "devURL")],
  ],
  ["of parts", parts({ scheme: "mysql", database: "shop" }), mismatch],
  ["of parts of one schema", parts({ scheme: "postgres", parameters: { search_path: "public" } }), mismatch],
  [
    "from Secrets",
    { [ofSecret]: { "stringData.dev": "mysql://dev/dev" } },
    ["error dev-database-mismatch spec.devURLFrom", "error dev-database-mismatch spec.devURLFrom"],
  ],
]);

const automatic = (fields: Readonly<Record<string, unknown>>) => ({
  [resource]: { "spec.urlFrom": undefined, "spec.devURLFrom": undefined, ...fields },
});
const unpinned = (field: string) => [`warning dev-database-unpinned spec.${field}`];

table("dev-database-missing", [
  ["redshift", automatic({ "spec.url": "redshift://a@b/c" }), ["error dev-database-missing spec.url"]],
  [
    "an empty devURL is none",
    automatic({ "spec.url": "snowflake://a@b/c", "spec.devURL": "", "spec.devURLFrom": {} }),
    ["error dev-database-missing spec.url"],
  ],
  [
    "CockroachDB, of an operator that does not know it",
    automatic({ "spec.url": "crdb://a@b/c" }),
    ["error dev-database-missing spec.url"],
  ],
  ["SQLite needs none", automatic({ "spec.url": "sqlite://file.db" }), []],
  ["PostgreSQL", automatic({ "spec.url": "postgres://a@b/c" }), unpinned("url")],
  [
    "a configuration may say which",
    automatic({ "spec.url": "redshift://a@b/c", "spec.config": "env {}", "spec.envName": "k8s" }),
    ["error config-not-allowed spec.config"],
  ],
]);

const policyOfWeb = "NetworkPolicy/shop/web";
const scaler = "HorizontalPodAutoscaler/shop/web";
const share = (name: string, more: object = {}) => ({
  name,
  target: { type: "Utilization", averageUtilization: 80 },
  ...more,
});
const scaled = (metric: object | undefined, more: Readonly<Record<string, unknown>> = {}) => ({
  [scaler]: { "spec.metrics": metric && [metric] },
  [web]: more,
});
const ofAll = (name: string) => ({ type: "Resource", resource: share(name) });
const ofOne = (name: string, of: string) => ({
  type: "ContainerResource",
  containerResource: share(name, { container: of }),
});
const asking = (list: string, amounts: object) => ({
  [`${container}.resources.${list}`]: { memory: "64Mi", ...amounts },
});
const beside = { name: "log", image: "log:1.2", resources: { limits: { memory: "64Mi" } } };
const inContainers = { [`${pod}.containers[1]`]: { ...beside, securityContext: restricted } };
const inInit = (fields: object) => ({
  [`${pod}.initContainers`]: [{ ...beside, ...fields, securityContext: restricted }],
});
const limitRange = (type: string, fields: object) => [
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "web", namespace: "shop" },
    spec: { limits: [{ type, ...fields }] },
  },
];
const unscaled = (path: string) => [`error autoscaler-without-request spec.${path}`];

table("autoscaler-without-request", [
  ["what is there without metrics", scaled(undefined), unscaled("metrics")],
  ["what is there without metrics, asked for", scaled(undefined, asking("requests", { cpu: "50m" })), []],
  [
    "the first version of the API",
    {
      [scaler]: {
        apiVersion: "autoscaling/v1",
        "spec.metrics": undefined,
        "spec.targetCPUUtilizationPercentage": 70,
      },
    },
    unscaled("targetCPUUtilizationPercentage"),
  ],
  ["a share of what is asked for", scaled(ofAll("memory")), []],
  ["a share of what is not", scaled(ofAll("cpu")), unscaled("metrics[0].resource")],
  ["a limit is the request", scaled(ofAll("cpu"), asking("limits", { cpu: "1" })), []],
  [
    "a request that is null",
    scaled(ofAll("cpu"), asking("requests", { cpu: null })),
    unscaled("metrics[0].resource"),
  ],
  [
    "a container beside it",
    scaled(ofAll("cpu"), { ...asking("requests", { cpu: "50m" }), ...inContainers }),
    unscaled("metrics[0].resource"),
  ],
  [
    "a container that starts before it and stays",
    scaled(ofAll("cpu"), { ...asking("requests", { cpu: "50m" }), ...inInit({ restartPolicy: "Always" }) }),
    unscaled("metrics[0].resource"),
  ],
  [
    "a container that starts before it and ends",
    scaled(ofAll("cpu"), { ...asking("requests", { cpu: "50m" }), ...inInit({}) }),
    [],
  ],
  [
    "one container, beside another",
    scaled(ofOne("cpu", "web"), { ...asking("requests", { cpu: "50m" }), ...inContainers }),
    [],
  ],
  [
    "one container that asks for none",
    scaled(ofOne("cpu", "log"), { ...asking("requests", { cpu: "50m" }), ...inContainers }),
    unscaled("metrics[0].containerResource"),
  ],
  [
    "one container that there is not",
    scaled(ofOne("cpu", "wbe"), asking("requests", { cpu: "50m" })),
    unscaled("metrics[0].containerResource.container"),
  ],
  ["the pod as a whole", scaled(ofAll("cpu"), { [`${pod}.resources.requests.cpu`]: "1" }), []],
  ...(["defaultRequest", "default", "min", "max"] as const).map((list): Case => [
    `by a LimitRange: ${list}`,
    scaled(ofAll("cpu")),
    [],
    limitRange("Container", { [list]: { cpu: "50m" } }),
  ]),
  [
    "by a LimitRange of something else",
    scaled(ofAll("cpu")),
    unscaled("metrics[0].resource"),
    limitRange("Pod", { max: { cpu: "1" } }),
  ],
  [
    "an average, and a target that is not there",
    {
      [scaler]: {
        "spec.metrics": [
          {
            type: "Pods",
            pods: { metric: { name: "a" }, target: { type: "AverageValue", averageValue: "1" } },
          },
        ],
      },
    },
    [],
  ],
  [
    "KEDA",
    { [scaler]: undefined },
    unscaled("triggers[0]"),
    [
      {
        apiVersion: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: { name: "web", namespace: "shop" },
        spec: {
          scaleTargetRef: { name: "web" },
          triggers: [{ type: "cpu", metricType: "Utilization", metadata: {} }],
        },
      } as KubernetesObject,
    ],
  ],
]);

table("operator-not-running", [
  ["none", { [operator]: { "spec.replicas": 0 } }, ["warning operator-not-running spec.replicas"]],
  ["paused", { [operator]: { "spec.paused": true } }, ["warning operator-not-running spec.paused"]],
  ["not paused", { [operator]: { "spec.paused": false } }, []],
  [
    "as many as there are by default",
    {
      [operator]: { "spec.replicas": undefined, "spec.minReadySeconds": 1 },
      "PodDisruptionBudget/atlas/operator": { "spec.minAvailable": 0 },
    },
    [],
  ],
  ["another workload", { [web]: { "spec.replicas": 0, "spec.paused": true } }, []],
]);

const generations = [
  { from: "v0.1.1", kinds: ["atlasschemas"] },
  { from: "v0.1.7", kinds: ["atlasmigrations"] },
  { from: "v0.7.11", fields: ["atlasschemas.spec.devDB", "atlasmigrations.spec.devDB"] },
  { from: "v0.7.16", status: ["atlasschemas.status.observedGeneration"] },
];
const spec = (...fields: string[]) => ({
  type: "object",
  properties: Object.fromEntries(fields.map((name) => [name, { type: "object" }])),
});
const schemaCrd = "CustomResourceDefinition/atlasschemas.db.atlasgo.io";
const inSchemaCrd = "spec.versions[0].schema.openAPIV3Schema.properties";
const migrations = (properties: object) => {
  const ofMigrations = definition("atlasmigrations", "AtlasMigration", {});
  return [
    ...edited([ofMigrations], {
      "CustomResourceDefinition/atlasmigrations.db.atlasgo.io": { [`${inSchemaCrd}.spec`]: properties },
    }),
  ];
};
const both = { [schemaCrd]: { [`${inSchemaCrd}.spec`]: spec("devDB") } };
const older = "the CustomResourceDefinitions are of an earlier release than v0.7.11: they lack ";
const newer = "the CustomResourceDefinitions are of a later release than v0.7.11, which does not know ";

describe("crd-of-another-release", () => {
  test.each<readonly [string, Edits, readonly string[], readonly KubernetesObject[]]>([
    ["the same", both, [], migrations(spec("devDB"))],
    ["none", { [schemaCrd]: undefined }, [], []],
    ["one of two", both, [`${older}atlasmigrations`], []],
    ["an older one", both, [`${older}atlasmigrations.spec.devDB`], migrations(spec())],
    [
      "older ones",
      { [schemaCrd]: { [`${inSchemaCrd}.spec`]: spec() } },
      [`${older}atlasmigrations.spec.devDB, atlasschemas.spec.devDB`],
      migrations(spec()),
    ],
    [
      "a newer one",
      {
        [schemaCrd]: {
          ...both[schemaCrd],
          [`${inSchemaCrd}.status.properties`]: { observedGeneration: { type: "integer" } },
        },
      },
      [`${newer}atlasschemas.status.observedGeneration`],
      migrations(spec("devDB")),
    ],
    [
      "an operator that does not say its release",
      {
        ...operatorImage("registry.example.com/atlas-operator:main"),
        [schemaCrd]: { [`${inSchemaCrd}.spec`]: spec() },
      },
      [],
      migrations(spec()),
    ],
  ])("%s", (_name, edits, said, more) => {
    const findings = check([...edited(sound, edits), ...more], { releases: generations });
    expect(
      findings
        .filter(({ code }) => code === "crd-of-another-release")
        .map(({ path, what }) => [printedPath(path), what]),
    ).toEqual(said.map((what) => [`${container}.image`, what]));
  });
});

const fromNamespace = (name: string) => ({
  [policyOfWeb]: {
    "spec.ingress[0].from": [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }],
  },
});
const named = (key: string, name: string) => ({
  "Namespace/shop": { [`metadata.labels["${key}"]`]: name },
});
const leftBehind = (path: string) => `warning namespace-left-behind ${path}`;
const peerPath = "spec.ingress[0].from[0].namespaceSelector.matchLabels";

table("namespace-left-behind", [
  [
    "a label that the API server puts right",
    named("kubernetes.io/metadata.name", "store"),
    [leftBehind('metadata.labels["kubernetes.io/metadata.name"]')],
  ],
  ["the right one", named("kubernetes.io/metadata.name", "shop"), []],
  ["a custom label alone may mean something else", named("name", "store"), []],
  [
    "a custom label, and a policy of that name",
    { ...named("name", "store"), ...fromNamespace("store") },
    [leftBehind("metadata.labels.name"), leftBehind(`${peerPath}["kubernetes.io/metadata.name"]`)],
  ],
  [
    "a custom label, and a host of the mesh",
    { ...named("name", "store"), "Sidecar/atlas/operator": { "spec.egress[1]": { hosts: ["store/*"] } } },
    [leftBehind("spec.egress[1].hosts[0]"), leftBehind("metadata.labels.name")],
  ],
  ["another namespace, of which nobody says that it was this one", fromNamespace("monitoring"), []],
  ["a namespace that is here, too", { ...named("name", "data"), ...fromNamespace("data") }, []],
  ["that objects were moved out of, and nothing names", {}, []],
]);

test("what was moved by somebody who knows from where is named at each place that still names it", () => {
  const hosts = [
    "istio-system/*",
    "data/postgres.data.svc.cluster.local",
    "default/kubernetes.default.svc.cluster.local",
  ];
  const objects = edited(sound, {
    ...fromNamespace("store"),
    "Sidecar/atlas/operator": { "spec.egress[0].hosts": hosts },
  });
  const findings = check(objects, { ...knowledge, formerNamespaces: ["store", "data", "default"] });
  expect(findings.map(({ code, object }) => `${code} ${object.kind}/${object.name}`)).toEqual([
    "namespace-left-behind NetworkPolicy/web",
  ]);
});

table("policy-selects-nothing", [
  [
    "the name of a namespace, misspelt",
    fromNamespace("atlass"),
    [`error policy-selects-nothing ${peerPath}["kubernetes.io/metadata.name"]`],
  ],
  ["the name of a namespace elsewhere", fromNamespace("kube-system"), []],
]);

const volumeOf = (source: object) => ({ [operator]: { [`${pod}.volumes[0]`]: { name: "tmp", ...source } } });
const readOnlyTmp = [`error operator-without-tmp ${container}.volumeMounts[0].mountPath`];

table("operator-without-tmp", [
  ["a projected volume", volumeOf({ projected: { sources: [] } }), readOnlyTmp],
  ["what is said of the pod", volumeOf({ downwardAPI: { items: [] } }), readOnlyTmp],
  ["the disk", volumeOf({ emptyDir: { sizeLimit: "1Gi" } }), []],
  [
    "a claim of its own",
    volumeOf({
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      },
    }),
    [],
  ],
]);

const scaledOperator = (maxReplicas: number) => [
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "operator", namespace: "atlas" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "operator" },
      minReplicas: 1,
      maxReplicas,
      metrics: [
        {
          type: "Pods",
          pods: { metric: { name: "a" }, target: { type: "AverageValue", averageValue: "1" } },
        },
      ],
    },
  },
];
const alone = {
  [operator]: { "spec.replicas": 1, [`${container}.args`]: ["--leader-elect=false"] },
  "PodDisruptionBudget/atlas/operator": { "spec.minAvailable": 0 },
};
const recreated = (type: string, rollingUpdate?: object) => ({
  [operator]: { ...alone[operator], "spec.strategy": { type, rollingUpdate } },
});

table("operator-without-election", [
  ["one replica", alone, [`warning operator-without-election ${container}.args`]],
  ["one replica that ends before the next one starts", { ...alone, ...recreated("Recreate") }, []],
  [
    "one that may be missing meanwhile",
    { ...alone, ...recreated("RollingUpdate", { maxUnavailable: 1 }) },
    [],
  ],
  ["no other beside it", { ...alone, ...recreated("RollingUpdate", { maxSurge: 0, maxUnavailable: 1 }) }, []],
  [
    "a share of it beside it",
    { ...alone, ...recreated("RollingUpdate", { maxSurge: "1%", maxUnavailable: "99%" }) },
    [`warning operator-without-election ${container}.args`],
  ],
  [
    "as many as an autoscaler makes",
    alone,
    [`error operator-without-election ${container}.args`],
    scaledOperator(3),
  ],
  [
    "an autoscaler that makes one",
    alone,
    [`warning operator-without-election ${container}.args`],
    scaledOperator(1),
  ],
]);

const proxied = (text: string) => ({
  [operator]: {
    [`${annotations}["proxy.istio.io/config"]`]: `holdApplicationUntilProxyStarts: true\n${text}`,
  },
});
const drains = [`warning operator-proxy-drain ${annotations}["proxy.istio.io/config"]`];

table("operator-proxy-drain", [
  ["a second", proxied("terminationDrainDuration: 1s"), drains],
  ["as it is anyway", proxied("terminationDrainDuration: 5s"), drains],
  ["a minute", proxied("terminationDrainDuration: 60s"), []],
  ["minutes", proxied('terminationDrainDuration: "1m0s"'), []],
  [
    "until nothing runs through it",
    proxied('proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" }'),
    [],
  ],
]);

table("operator-variable-unknown", [
  [
    "in small letters",
    { [operator]: { [`${container}.env[0].name`]: "prewarm_devdb" } },
    [`warning operator-variable-unknown ${container}.env[0].name`],
  ],
  ["somebody else's", { [operator]: { [`${container}.env[0].name`]: "http_proxy" } }, []],
]);

table("password-inline", [
  [
    "among the parameters of a URL",
    {
      [resource]: {
        ...urls("postgres://a@db/shop?sslmode=disable&password=b", "postgres://a@dev/dev")[resource],
      },
    },
    ["warning password-inline spec.url"],
  ],
  [
    "among the parameters",
    parts({ scheme: "postgres", parameters: { password: "b" } }),
    ["warning password-inline spec.credentials.parameters.password"],
  ],
  ["where it lies", urls("postgres://a@db/shop?sslpassword=", "postgres://a@dev/dev"), []],
]);

table("database-unreachable", [
  [
    "a port that the Service does not have",
    { [ofSecret]: { "stringData.url": "postgres://a@postgres.data:5433/shop" } },
    ["error database-unreachable spec.urlFrom", "error database-unreachable spec.urlFrom"],
  ],
]);

const ownDevDatabase = (from: string, securityContext?: object) => ({
  [resource]: { "spec.devDB": { spec: { containers: [{ name: "dev", image: from, securityContext }] } } },
});
const image17 = ownDevDatabase("postgres:17.2", restricted);

table("dev-database-refused", [
  ["a database of one's own that fits", image17, []],
  [
    "a database of one's own that does not",
    ownDevDatabase("postgres:17.2"),
    ["error dev-database-refused spec.devDB.spec.containers[0].securityContext.allowPrivilegeEscalation"],
  ],
  [
    "where nothing is enforced",
    { ...ownDevDatabase("postgres:17.2"), "Namespace/shop": { "metadata.labels": {} } },
    [],
  ],
]);

table("dev-database-unpinned", [
  ...["postgres", "postgres:latest", "example.com:5000/postgres"].map((text): Case => [
    text,
    ownDevDatabase(text, restricted),
    ["warning dev-database-unpinned spec.devDB.spec.containers[0].image"],
  ]),
  ...["postgres:17.2", `postgres@${digests.web}`, "example.com:5000/postgres:17"].map((text): Case => [
    text,
    ownDevDatabase(text, restricted),
    [],
  ]),
]);

describe("nothing is said twice of one place", () => {
  test.each<[string, Edits, readonly KubernetesObject[]]>([
    [
      "an empty topologyKey",
      {
        [web]: {
          [`${pod}.topologySpreadConstraints`]: [
            { maxSkew: 1, whenUnsatisfiable: "DoNotSchedule", topologyKey: "" },
          ],
        },
      },
      [],
    ],
    [
      "a subject without a namespace",
      { "ClusterRoleBinding/operator": { "subjects[0].namespace": undefined } },
      [],
    ],
    ["an empty image", { [web]: { [`${container}.image`]: "" } }, []],
    ["an image with space around it", { [web]: { [`${container}.image`]: " web:1" } }, []],
    ["a probe of no port", { [operator]: { [`${probePath}.httpGet.port`]: "" } }, []],
    ["a probe of a port that there may not be", { [operator]: { [`${probePath}.httpGet.port`]: 0 } }, []],
    ["a claim of less than nothing", resources("limits", "memory", "-1m"), []],
    ["a Service without a target", { "Service/shop/web": { "spec.ports[0].targetPort": "HTTP!" } }, []],
    [
      "a policy without a selector",
      { "NetworkPolicy/shop/web": { "spec.podSelector": { matchLabels: { "a/b/c": "d" } } } },
      [],
    ],
  ])("%s", (_name, edits, more) => {
    const findings = check([...edited(sound, edits), ...more], knowledge);
    const places = findings.map(({ object, path }) => `${object.kind}/${object.name} ${printedPath(path)}`);
    expect(places.length).toBeGreaterThan(0);
    expect(places).toEqual([...new Set(places)]);
  });
});
