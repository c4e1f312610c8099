import type { KubernetesObject } from "@atlas/checks";
import { snapshotOf } from "@atlas/checks/testing";
import { describe, expect, test } from "vitest";

const object = (
  apiVersion: string,
  kind: string,
  name: string,
  fields: object = {},
  metadata: object = {},
) => ({
  apiVersion,
  kind,
  ...fields,
  metadata: { name, namespace: "shop", ...metadata },
});
const pod = (name: string, spec: object = {}) =>
  object(
    "v1",
    "Pod",
    name,
    {
      spec: { containers: [{ name: "a", image: "a:1", resources: { limits: { memory: "1Gi" } } }], ...spec },
    },
    { labels: { app: name } },
  );
const rbac = "rbac.authorization.k8s.io/v1";
const environment: readonly KubernetesObject[] = [
  object(
    "v1",
    "Namespace",
    "shop",
    {},
    {
      namespace: undefined,
      labels: { "pod-security.kubernetes.io/enforce": "baseline" },
    },
  ),
  object("v1", "ServiceAccount", "web"),
  pod("shop-web"),
  pod("shop-node", { hostNetwork: true }),
  pod("shop-db"),
  object("v1", "Service", "db", { spec: { selector: { app: "shop-db" }, ports: [{ port: 5432 }] } }),
  object("networking.k8s.io/v1", "NetworkPolicy", "db", {
    spec: {
      podSelector: { matchLabels: { app: "shop-db" } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "shop-web" } } }] }],
    },
  }),
  object(rbac, "Role", "a", { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list", "get"] }] }),
  object(rbac, "RoleBinding", "a", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }],
  }),
];

describe("what is so", () => {
  test("a connection gets through", () => expect(environment).toReach("web", "db:5432"));
  test("or does not", () => expect(environment).not.toReach("shop-node", "shop-db:53", { protocol: "UDP" }));
  test("pods are admitted", () => expect(environment).toAdmit("web"));
  test("or are not, one of them", () => expect(environment).not.toAdmit());
  test("an account may", () => expect(environment).toAllow("web", "get", "secrets", { namespace: "shop" }));
  test("or may not", () => expect(environment).not.toAllow("shop/web", "get", "secrets"));
  test("nor in a namespace that none of the objects names", () =>
    expect(environment).not.toAllow("web", "get", "pods/log", { namespace: "elsewhere" }));
  test("an account of others' may not", () => expect(environment).not.toAllow("x/y", "get", "/metrics"));
});

const failures: [string, () => unknown, string][] = [
  [
    "a connection that is refused, by what",
    () => expect([...environment, pod("other")]).toReach("other", "db:5432"),
    "Pod/other does not reach db:5432\n  NetworkPolicy/db: spec.ingress: it selects the destination, and has no rule that lets this in",
  ],
  [
    "a connection that is not",
    () => expect(environment).not.toReach("web", "db:5432"),
    "Pod/shop-web reaches db:5432\n  NetworkPolicy/db: spec.ingress[0].from[0]: this lets it in",
  ],
  [
    "pods that are not admitted",
    () => expect(environment).toAdmit("node"),
    "the pods of node are not admitted\n  Pod/shop-node: spec.hostNetwork:",
  ],
  [
    "what an account may not",
    () => expect(environment).toAllow("web", "delete", "secrets", { namespace: "shop" }),
    'web may not delete secrets in shop\n  RoleBinding/a: roleRef: no rule of Role/a allows it\n  Role/a: rules[0].verbs: it has "list", "get", not "delete"',
  ],
  ["a workload that there is not", () => expect(environment).toAdmit("shop-wbe"), 'did you mean "shop-web"?'],
  ["several", () => expect([...environment, pod("a-web")]).toAdmit("web"), '2 workloads are "web"'],
  [
    "a destination that there is not, also where none is expected",
    () => expect(environment).not.toReach("web", "mail:25"),
    'the objects have no Service or workload behind "mail:25"',
  ],
  ["no destination", () => expect(environment).not.toReach("web", "db"), '"db" is not a destination'],
  ...["300.0.0.1:443", "10.0.1:443", "[db]:443", "[fd00::g]:443", "db:0", "db:65536"].map(
    (to): [string, () => unknown, string] => [
      `that ${to} is no destination`,
      () => expect(environment).not.toReach("web", to),
      `"${to}" is not a destination`,
    ],
  ),
  [
    "an account that there is not",
    () => expect(environment).not.toAllow("webb", "get", "secrets"),
    'there is no ServiceAccount "webb"; did you mean "web"?',
  ],
  [
    "a resource that there is not",
    () => expect(environment).not.toAllow("web", "get", "secretz"),
    'there is no resource "secretz"; did you mean "secrets"?',
  ],
  [
    "a verb that there is not",
    () => expect(environment).not.toAllow("web", "delte", "secrets"),
    'there is no verb "delte"; did you mean "delete"?',
  ],
  [
    "a verb that a path does not have",
    () => expect(environment).not.toAllow("web", "list", "/metrics"),
    'there is no verb for a path "list"; there are: get, ',
  ],
  [
    "a subresource that there is not",
    () => expect(environment).not.toAllow("web", "create", "pods/exe"),
    'there is no subresource of pods "exe"; did you mean "exec"?',
  ],
  [
    "a group that there is not",
    () => expect(environment).not.toAllow("web", "create", "leases.coordination"),
    'there is no resource "leases.coordination"; there are: leases.coordination.k8s.io',
  ],
  [
    "a resource that is like none",
    () => expect(environment).not.toAllow("web", "get", "chocolate"),
    'there is no resource "chocolate"; add its CRD to what is expected of',
  ],
  [
    "a namespace that is misspelt",
    () =>
      expect([...environment, object("v1", "Namespace", "storage")]).not.toAllow("web", "get", "secrets", {
        namespace: "stroage",
      }),
    'there is no namespace "stroage"; did you mean "storage"?',
  ],
  ["a layer", () => expect({ resources: [] }).not.toAdmit(), "expect(compose(layer))"],
];
test.each(failures)("a failure says %s", (_name, run, said) => {
  expect(run).toThrow(said);
});

test("a snapshot has what a review has to see", () => {
  expect(snapshotOf(environment)).toMatchInlineSnapshot(`
    {
      "assumptions": [
        "a network plugin that enforces NetworkPolicies",
      ],
      "findings": [
        "error pod-not-admitted: Pod/shop-node: spec.hostNetwork: the namespace enforces baseline: a pod must not share a namespace of the node",
      ],
      "permissions": [
        "ServiceAccount/shop/web may get, list secrets in shop",
      ],
    }
  `);
});
