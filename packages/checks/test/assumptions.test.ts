import { assumptions, printedNeed, type KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const object = (apiVersion: string, kind: string, fields: object = {}, metadata: object = {}) => ({
  apiVersion,
  kind,
  ...fields,
  metadata: { name: "a", namespace: "shop", ...metadata },
});
const namespace = (name: string, labels: object = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const shop = namespace("shop", { "pod-security.kubernetes.io/enforce": "privileged" });
const container = { name: "a", image: "a:1" };
const pod = (spec: object = {}, labels: object = {}) =>
  object("v1", "Pod", { spec: { containers: [container], ...spec } }, { labels });
const claim = (spec: object) => object("v1", "PersistentVolumeClaim", { spec });
const policy = (...ingress: object[]) =>
  object("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {}, ingress } });
const from = (peer: object) => policy({ from: [peer] });
const named = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
const plugin = "a network plugin that enforces NetworkPolicies";
const crd = object(
  "apiextensions.k8s.io/v1",
  "CustomResourceDefinition",
  { spec: { group: "shop.example", names: { kind: "Cart", plural: "carts" } } },
  { namespace: undefined },
);
const binding = (roleRef: object, ...subjects: object[]) =>
  object("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef, subjects });

const rows: [string, KubernetesObject[], string[]][] = [
  ["a kind of nobody's", [object("shop.example/v1", "Cart")], ["the kind Cart of shop.example/v1"]],
  ["not one whose definition is there", [object("shop.example/v1", "Cart"), crd], []],
  ["not one of Kubernetes", [object("v1", "ConfigMap"), object("apps/v1beta1", "Deployment")], []],
  ["a namespace", [object("v1", "ConfigMap", {}, { namespace: "db" })], ["Namespace/db"]],
  ["not one of every cluster", [object("v1", "ConfigMap", {}, { namespace: "kube-system" })], []],
  [
    "a Secret with its keys",
    [
      pod({
        containers: [
          {
            ...container,
            env: [
              { name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a" } } },
              { name: "B", valueFrom: { secretKeyRef: { name: "db", key: "b" } } },
            ],
          },
        ],
      }),
    ],
    ["Secret/db in shop, with the keys a, b"],
  ],
  [
    "a ConfigMap that is mounted, and not what may be missing",
    [
      pod({
        volumes: [
          { name: "a", configMap: { name: "settings" } },
          { name: "b", configMap: { name: "others", optional: true } },
          { name: "c", configMap: { name: "kube-root-ca.crt" } },
        ],
      }),
    ],
    ["ConfigMap/settings in shop"],
  ],
  ["the account of pods", [pod({ serviceAccountName: "web" })], ["ServiceAccount/web in shop"]],
  [
    "what pulls images, of pods and of accounts",
    [
      pod({ imagePullSecrets: [{ name: "one" }] }),
      object("v1", "ServiceAccount", { imagePullSecrets: [{ name: "two" }] }),
    ],
    ["Secret/one in shop", "Secret/two in shop"],
  ],
  [
    "a claim that is mounted",
    [pod({ volumes: [{ name: "a", persistentVolumeClaim: { claimName: "data" } }] })],
    ["PersistentVolumeClaim/data in shop"],
  ],
  [
    "a role that is bound, and its account",
    [binding({ kind: "Role", name: "r" }, { kind: "ServiceAccount", name: "web", namespace: "db" })],
    ["Role/r in shop of rbac.authorization.k8s.io", "ServiceAccount/web in db"],
  ],
  [
    "not a role or a subject of every cluster",
    [binding({ kind: "ClusterRole", name: "view" }, { kind: "Group", name: "admins" })],
    [],
  ],
  ["a class of storage", [claim({ storageClassName: "fast" })], ["StorageClass/fast of storage.k8s.io"]],
  ["the default class of storage", [claim({})], ["a default StorageClass"]],
  ["no class of storage", [claim({ storageClassName: "" }), claim({ volumeName: "disk" })], []],
  [
    "a class of Ingress",
    [object("networking.k8s.io/v1", "Ingress", { spec: { ingressClassName: "web" } })],
    ["IngressClass/web of networking.k8s.io"],
  ],
  [
    "the certificate of an Ingress",
    [
      object("networking.k8s.io/v1", "Ingress", {
        spec: { ingressClassName: "web", tls: [{ secretName: "tls" }] },
      }),
    ],
    ["Secret/tls in shop", "IngressClass/web of networking.k8s.io"],
  ],
  [
    "not one that cert-manager makes",
    ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme"].map((name) => ({
      ...object("networking.k8s.io/v1", "Ingress", {
        spec: { ingressClassName: "web", tls: [{ secretName: "tls" }] },
      }),
      metadata: { name, namespace: "shop", annotations: { [name]: "letsencrypt" } },
    })),
    ["IngressClass/web of networking.k8s.io"],
  ],
  [
    "a priority and a runtime",
    [
      pod({ priorityClassName: "high", runtimeClassName: "gvisor" }),
      pod({ priorityClassName: "system-node-critical" }),
    ],
    ["PriorityClass/high of scheduling.k8s.io", "RuntimeClass/gvisor of node.k8s.io"],
  ],
  [
    "not a class that is there",
    [
      pod({ priorityClassName: "a" }),
      object("scheduling.k8s.io/v1", "PriorityClass", {}, { namespace: undefined }),
    ],
    [],
  ],
  ["a namespace by its name", [from({ namespaceSelector: named("metrics") })], [plugin, "Namespace/metrics"]],
  [
    "namespaces by other labels",
    [
      from({
        namespaceSelector: { matchExpressions: [{ key: "team", operator: "In", values: ["a", "b"] }] },
      }),
    ],
    [plugin, "a namespace with team in (a,b)"],
  ],
  [
    "pods of such a namespace",
    [from({ namespaceSelector: named("kube-system"), podSelector: { matchLabels: { app: "dns" } } })],
    [plugin, "pods with app=dns in kube-system"],
  ],
  [
    "pods of the policy's namespace",
    [from({ podSelector: { matchLabels: { app: "web" } } })],
    [plugin, "pods with app=web in shop"],
  ],
  [
    "not pods that are there",
    [from({ podSelector: { matchLabels: { app: "web" } } }), pod({}, { app: "web" })],
    [plugin],
  ],
  ["nothing by a selector of everything", [from({ namespaceSelector: {}, podSelector: {} })], [plugin]],
  [
    "sidecars by the version of Kubernetes",
    [pod({ initContainers: [{ ...container, restartPolicy: "Always" }] })],
    ["Kubernetes 1.29 or later"],
  ],
  [
    "the injector of the mesh",
    [pod({}, { "istio.io/rev": "1-29" })],
    ["Istio's injector, of the revision 1-29"],
  ],
  [
    "providers of the mesh, but for those of every mesh",
    [
      object("telemetry.istio.io/v1", "Telemetry", {
        spec: {
          tracing: [{ providers: [{ name: "otel" }] }],
          metrics: [{ providers: [{ name: "prometheus" }] }],
        },
      }),
      object("security.istio.io/v1", "AuthorizationPolicy", {
        spec: { action: "CUSTOM", provider: { name: "oauth" } },
      }),
    ],
    [
      "the kind Telemetry of telemetry.istio.io/v1",
      "the kind AuthorizationPolicy of security.istio.io/v1",
      "the provider otel in the mesh's configuration",
      "the provider oauth in the mesh's configuration",
    ],
  ],
  [
    "Services that a Sidecar lists",
    [
      object("networking.istio.io/v1", "Sidecar", {
        spec: {
          egress: [
            { hosts: ["db/pg.db.svc.cluster.local", "./*", "default/kubernetes.default.svc.cluster.local"] },
          ],
        },
      }),
    ],
    ["the kind Sidecar of networking.istio.io/v1", "Service/pg in db"],
  ],
];

test.each(rows)("assumed is %s", (_name, objects, expected) => {
  expect(assumptions([shop, ...objects]).map(({ need }) => printedNeed(need))).toEqual(expected);
});

describe("Pod Security of a namespace of which nothing says the level", () => {
  const secure = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      { ...container, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } },
    ],
  };
  test.each<[string, object, string[]]>([
    [
      "of which the pods need all",
      { hostPID: true },
      ["the namespace shop admits pods of the level privileged"],
    ],
    ["of which the pods need some", {}, ["the namespace shop admits pods of the level baseline"]],
    ["of which the pods need nothing", secure, []],
  ])("%s", (_name, spec, expected) => {
    expect(assumptions([namespace("shop"), pod(spec)]).map(({ need }) => printedNeed(need))).toEqual(
      expected,
    );
  });
});

test("Istio CNI, where the namespace does not let the init container in", () => {
  const enforced = namespace("shop", {
    "pod-security.kubernetes.io/enforce": "restricted",
    "istio-injection": "enabled",
  });
  expect(assumptions([enforced, pod()]).map(({ need }) => need.code)).toEqual([
    "istio-injector",
    "istio-cni",
  ]);
});

test("each is named once, with all that needs it, and a version that is stated, first", () => {
  const objects = [
    shop,
    object("shop.example/v1", "Cart"),
    object("shop.example/v1", "Cart", {}, { name: "b" }),
  ];
  const found = assumptions(objects, { kubernetesVersion: "1.34" });
  expect(found.map(({ need, because }) => [printedNeed(need), because.length])).toEqual([
    ["Kubernetes 1.34 or later", 1],
    ["the kind Cart of shop.example/v1", 2],
  ]);
});
