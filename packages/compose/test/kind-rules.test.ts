import { base, overlay, type KubernetesObject, type LayerContent } from "@atlas/compose";
import { fleet, membersOf } from "@atlas/compose/fleet";
import { jsonPatch } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { objectOf } from "./difference.ts";
import { problemsOf, untyped } from "./problems.ts";

const labels = (pairs: object): object => ({ metadata: { labels: pairs } });
const web = objectOf("apps/v1", "Deployment", {
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: "web" } },
    template: labels({ app: "web", tier: "x" }),
  },
});
const below = base({ resources: [web] });
const name = web.metadata.name;

const countsOf: [what: string, given: LayerContent, path?: string][] = [
  ["a patch", { patches: [untyped(web, { spec: { replicas: -1 } })] }, "spec.replicas"],
  ["a fraction in a patch", { patches: [untyped(web, { spec: { replicas: 1.5 } })] }, "spec.replicas"],
  ["none in a patch", { patches: [untyped(web, { spec: { replicas: 0 } })] }],
  [
    "an operation",
    { patches: [jsonPatch(web, [{ op: "replace", path: "/spec/replicas", value: -1 }])] },
    "spec.replicas",
  ],
  ["a count", { replicas: [{ name, count: -1 }] }, "replicas"],
  ["a fraction as count", { replicas: [{ name, count: 0.5 }] }, "replicas"],
  [
    "an object",
    { resources: [objectOf("apps/v1", "StatefulSet", { spec: { replicas: -3 } })] },
    "spec.replicas",
  ],
  [
    "another count",
    { resources: [objectOf("batch/v1", "Job", { spec: { parallelism: -1 } })] },
    "spec.parallelism",
  ],
  [
    "the most that a scaler makes",
    { resources: [objectOf("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { maxReplicas: 0 } })] },
    "spec.maxReplicas",
  ],
];

test.each(countsOf)("a number that can be no count is refused in %s", (_what, given, path) => {
  expect(problemsOf(given, below).map((problem) => problem.path)).toEqual(path === undefined ? [] : [path]);
});

test("a count below zero in a row of a fleet is refused", () => {
  const shops = fleet({
    fields: { name: "string", count: "integer" },
    rows: [{ name: "a", count: -1 }],
    name: (row) => row.name,
    overlay: ({ count }) => overlay({ base: below, replicas: [{ name, count }] }),
  });
  const [member] = membersOf(shops, shops.rows);
  expect(problemsOf({}, member?.overlay())).toMatchObject([{ path: "replicas" }]);
});

test("what breaks the rule is named: the patch, and the object", () => {
  const given = untyped(web, { spec: { replicas: -1 } });
  const labelsOf = problemsOf({ patches: [given] }, below)[0]?.places?.map(({ label }) => label);
  expect(labelsOf?.at(-1)).toBe("object");
});

const workload = (kind: string, selector: object | undefined, template: object): KubernetesObject =>
  objectOf(kind === "ReplicationController" ? "v1" : "apps/v1", kind, {
    spec: { ...(selector && { selector }), template },
  });
const app = (value: string): object => ({ app: value });
describe("the selector of a workload", () => {
  const match = (value: string): object => ({ matchLabels: app(value) });
  type Row = [what: string, given: LayerContent, path?: string | undefined];
  const table: Row[] = [
    ["that selects its pods is taken", {}],
    [
      "with another value is refused",
      { resources: [workload("DaemonSet", match("a"), labels(app("b")))] },
      "spec.selector.matchLabels",
    ],
    [
      "without the label in the template is refused",
      { resources: [workload("StatefulSet", match("a"), {})] },
      "spec.selector.matchLabels",
    ],
    [
      "of pairs is refused",
      { resources: [workload("ReplicationController", app("a"), labels(app("b")))] },
      "spec.selector",
    ],
    [
      "that is empty is refused",
      { resources: [workload("ReplicaSet", {}, labels(app("a")))] },
      "spec.selector",
    ],
    ...(
      [
        [{ key: "app", operator: "In", values: ["a", "b"] }, true],
        [{ key: "app", operator: "In", values: ["b"] }, false],
        [{ key: "app", operator: "NotIn", values: ["a"] }, false],
        [{ key: "tier", operator: "NotIn", values: ["a"] }, true],
        [{ key: "app", operator: "Exists" }, true],
        [{ key: "tier", operator: "Exists" }, false],
        [{ key: "tier", operator: "DoesNotExist" }, true],
        [{ key: "app", operator: "DoesNotExist" }, false],
      ] as const
    ).map(([expression, isTaken]): Row => [
      `with ${JSON.stringify(expression)} is ${isTaken ? "taken" : "refused"}`,
      {
        resources: [workload("ReplicaSet", { matchExpressions: [expression] }, labels(app("a")))],
      },
      isTaken ? undefined : "spec.selector.matchExpressions[0]",
    ]),
    [
      "that is not said is not asked for",
      { resources: [workload("ReplicaSet", undefined, labels(app("b")))] },
    ],
    [
      "is refused when a patch changes the template alone",
      { patches: [untyped(web, { spec: { template: labels({ app: "other" }) } })] },
      "spec.selector.matchLabels",
    ],
    ["is followed by `selectors`", { labels: [{ pairs: { team: "a" }, selectors: true }] }],
    [
      "that `selectors` has reached is refused when an upper layer's labels reach the template alone",
      { labels: [{ pairs: { app: "other" }, templates: true }] },
      "spec.selector.matchLabels",
    ],
  ];
  test.each(table)("%s", (_what, given, path) => {
    expect(problemsOf(given, below).map((problem) => problem.path)).toEqual(path === undefined ? [] : [path]);
  });
});

const bindingOf = (subject: object): KubernetesObject =>
  objectOf("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "ServiceAccount", ...subject }],
  });
describe("a subject of a binding", () => {
  const account = objectOf("v1", "ServiceAccount", { metadata: { name: "robot", namespace: "shop" } });
  const table: [what: string, subject: object, path?: string][] = [
    ["that states its namespace is taken", { name: "robot", namespace: "shop" }],
    ["of an account elsewhere is taken", { name: "other", namespace: "kube-system" }],
    ["of an account of the layer gets its namespace", { name: "robot" }],
    ["of no account of the layer may get one in a layer above", { name: "other" }],
    ["called default may get one in a layer above", { name: "default" }],
    ["with a misspelt namespace is refused", { name: "robot", namespace: "shpo" }, "subjects[0].namespace"],
    ["of another namespace is taken", { name: "robot", namespace: "bank" }],
    ["that is a user needs none", { kind: "User", name: "anna" }],
  ];
  test.each(table)("%s", (_what, subject, path) => {
    const given = { resources: [account, bindingOf(subject)] };
    expect(problemsOf(given, base({})).map((problem) => problem.path)).toEqual(
      path === undefined ? [] : [path],
    );
  });
});

const words: [wanted: string, there: string, isRefused: boolean][] = [
  ["wbe", "web", true],
  ["webb", "web", true],
  ["app-wbe", "app-web", true],
  ["api", "app", false],
  ["db1", "db2", false],
  ["eu", "ue", false],
  ["dev", "dex", false],
];
test.each(words)("a reference to %s where there is %s: %s", (wanted, there, isRefused) => {
  const account = objectOf("v1", "ServiceAccount", { metadata: { name: there } });
  const pod = objectOf("v1", "Pod", { spec: { serviceAccountName: wanted, containers: [] } });
  const problems = problemsOf({ resources: [account, pod] }, base({}));
  expect(problems.map(({ fix }) => fix)).toEqual(isRefused ? [`did you mean "${there}"?`] : []);
});

test("two bases that stand on one layer are both shown where an object of it is there twice", () => {
  const eu = overlay({ base: below });
  const us = overlay({ base: below });
  const places = problemsOf({}, overlay({ base: [eu, us] }))[0]?.places ?? [];
  const bases = places.filter(({ label }) => label === "base");
  expect(new Set(bases.map(({ line, column }) => `${line}:${column}`)).size).toBe(2);
});
