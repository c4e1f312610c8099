import { liveExplanations, symptoms, type KubernetesObject, type Live } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const now = Date.parse("2026-01-01T12:00:00Z");
const object = (
  apiVersion: string,
  kind: string,
  name: string,
  fields: object = {},
  metadata: object = {},
): KubernetesObject => ({ apiVersion, kind, ...fields, metadata: { name, namespace: "shop", ...metadata } });
const labels = { app: "web" };
const container = { name: "web", image: "web:1" };
const deployment = (image = "web:1", status: object = {}) =>
  object("apps/v1", "Deployment", "web", {
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ ...container, image }] } },
    },
    status,
  });
const pod = (status: object, metadata: object = {}) =>
  object("v1", "Pod", "web-1", { status }, { labels, ...metadata });
const ready = { conditions: [{ type: "Ready", status: "True" }] };
const unready = (reason: string, message: string) => ({
  conditions: [{ type: "Ready", status: "False", reason, message }],
});
const waiting = (reason: string) =>
  pod({ containerStatuses: [{ name: "web", state: { waiting: { reason, message: "why" } } }] });
const namespace = (enforce = "privileged") =>
  object(
    "v1",
    "Namespace",
    "shop",
    {},
    {
      namespace: undefined,
      labels: { "pod-security.kubernetes.io/enforce": enforce },
    },
  );
const service = object("v1", "Service", "web", { spec: { selector: labels, ports: [{ port: 80 }] } });
const slice = (isReady: boolean) =>
  object(
    "discovery.k8s.io/v1",
    "EndpointSlice",
    "web-1",
    { endpoints: [{ addresses: ["10.0.0.1"], conditions: { ready: isReady } }] },
    { labels: { "kubernetes.io/service-name": "web" } },
  );
const schema = (status?: object) => object("db.atlasgo.io/v1alpha1", "AtlasSchema", "orders", { status });
const event = (minutes: number) =>
  object("v1", "Event", "web.1", {
    type: "Warning",
    reason: "FailedCreate",
    message: "forbidden",
    lastTimestamp: new Date(now - minutes * 60_000).toISOString(),
    involvedObject: { kind: "Deployment", name: "web", namespace: "shop" },
  });
const lease = (seconds: number) =>
  object("coordination.k8s.io/v1", "Lease", "5220c287.atlasgo.io", {
    spec: { holderIdentity: "web-1", renewTime: new Date(now - seconds * 1000).toISOString() },
  });
const operator = "arigaio/atlas-operator:0.7.11";

const found = (
  rendered: readonly KubernetesObject[],
  there: readonly KubernetesObject[],
  live: Partial<Live> = {},
) =>
  symptoms(rendered, { objects: [namespace(), ...there], unread: new Map(), now, version: "1.34", ...live });

test("nothing is wrong where all is there and ready", () => {
  const objects = [deployment(), service];
  expect(found(objects, [...objects, pod(ready), slice(true), schema(ready)])).toEqual([]);
});

type Row = readonly [string, readonly KubernetesObject[], readonly KubernetesObject[], string, string];
const refusal = {
  type: "ReplicaFailure",
  status: "True",
  reason: "FailedCreate",
  message: "violates PodSecurity",
};
const unscheduled = { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "no memory" };
const rows: readonly Row[] = [
  ["an object that was not applied", [service], [], "not-applied", "it is not in the cluster"],
  [
    "a workload without pods",
    [deployment()],
    [deployment("web:1", { conditions: [refusal] })],
    "pods-missing",
    "0 of 1 pods are there: FailedCreate: violates PodSecurity",
  ],
  [
    "a crash loop",
    [deployment()],
    [deployment(), waiting("CrashLoopBackOff")],
    "pod-not-ready",
    "the container web waits: CrashLoopBackOff: why",
  ],
  [
    "a pod that no node takes",
    [deployment()],
    [deployment(), pod({ conditions: [unscheduled] })],
    "pod-not-ready",
    "no node takes it: Unschedulable: no memory",
  ],
  [
    "a pod that is not ready",
    [deployment()],
    [deployment(), pod(unready("ContainersNotReady", "web"))],
    "pod-not-ready",
    "it is not ready: ContainersNotReady: web",
  ],
  [
    "a Service with nobody behind it",
    [service],
    [service, slice(false)],
    "no-endpoints",
    "no ready pod is behind it",
  ],
  ["an object that nobody has seen", [], [schema()], "resource-unseen", "no operator has looked at it"],
  [
    "an object that is not Ready",
    [],
    [schema(unready("GettingDevDB", "waiting"))],
    "resource-not-ready",
    "it is not Ready: GettingDevDB: waiting",
  ],
  [
    "an event",
    [deployment()],
    [deployment(), pod(ready), event(5)],
    "warning-event",
    "Deployment/web: FailedCreate: forbidden",
  ],
  [
    "an operator without a lease",
    [deployment(operator)],
    [deployment(operator), pod(ready)],
    "no-leader",
    "no operator leads: there is no lease of its",
  ],
  [
    "an operator whose lease is old",
    [deployment(operator)],
    [deployment(operator), pod(ready), lease(600)],
    "no-leader",
    "no operator leads: its lease was renewed 600 seconds ago",
  ],
];
test.each(rows)("%s is found, alone", (_name, rendered, there, code, what) => {
  const all = found(rendered, there);
  expect(all.map((each) => [each.code, each.what])).toEqual([[code, what]]);
  expect(all.every(({ fix }) => fix !== "")).toBe(true);
});

test("every code is found by a test here", () => {
  const tested = new Set([
    ...rows.map(([, , , code]) => code),
    "assumption-not-held",
    "assumption-not-known",
  ]);
  expect(liveExplanations.map(({ code }) => code)).toEqual([...tested].toSorted());
});

test.each<[string, readonly KubernetesObject[], readonly KubernetesObject[]]>([
  ["an old event", [deployment()], [deployment(), pod(ready), event(90)]],
  ["a pod that starts", [deployment()], [deployment(), waiting("ContainerCreating")]],
  [
    "a pod that is being deleted",
    [deployment()],
    [deployment(), pod(unready("", ""), { deletionTimestamp: "2026-01-01T11:59:00Z" })],
  ],
  ["a workload of others", [], [deployment(), event(5)]],
  ["an operator that leads", [deployment(operator)], [deployment(operator), pod(ready), lease(2)]],
])("%s is not", (_name, rendered, there) => {
  expect(found(rendered, there)).toEqual([]);
});

describe("what is assumed", () => {
  const secret = (data: object) => object("v1", "Secret", "db", { data });
  const reader = object("v1", "Pod", "reader", {
    spec: {
      containers: [
        { ...container, env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "url" } } }] },
      ],
    },
  });
  const claim = object("v1", "PersistentVolumeClaim", "data", { spec: {} });
  const storage = (isDefault: string) =>
    object(
      "storage.k8s.io/v1",
      "StorageClass",
      "fast",
      {},
      {
        namespace: undefined,
        annotations: { "storageclass.kubernetes.io/is-default-class": isDefault },
      },
    );
  const peer = {
    namespaceSelector: { matchExpressions: [{ key: "team", operator: "In", values: ["a", "b"] }] },
    podSelector: { matchLabels: { app: "web" } },
  };
  const policy = object("networking.k8s.io/v1", "NetworkPolicy", "a", {
    spec: { podSelector: {}, ingress: [{ from: [peer] }] },
  });
  const space = object("v1", "Namespace", "metrics", {}, { namespace: undefined, labels: { team: "a" } });
  const [plugin, missing] = ["assumption-not-known", "assumption-not-held"];
  test.each<[string, readonly KubernetesObject[], readonly KubernetesObject[], string[]]>([
    ["a Secret that is there, with its key", [reader], [reader, secret({ url: "eA==" })], []],
    ["one without the key", [reader], [reader, secret({})], [missing]],
    ["none", [reader], [reader], [missing]],
    ["no default class", [claim], [claim, storage("false")], [missing]],
    ["a default class", [claim], [claim, storage("true")], []],
    ["what a selector is for", [policy], [policy, space, pod({}, { namespace: "metrics" })], [plugin]],
    ["none of these", [policy], [policy, pod({})], [plugin, missing, missing]],
  ])("%s", (_name, rendered, there, expected) => {
    expect(found(rendered, there).map(({ code }) => code)).toEqual(expected);
  });

  test("a kind that is not served", () => {
    const unread = new Map([["Cart.example.com", { isServed: false, said: "no such resource" }]]);
    expect(found([object("example.com/v1", "Cart", "one")], [], { unread }).map(({ what }) => what)).toEqual([
      "the cluster has not: the kind Cart of example.com/v1",
    ]);
  });

  test("what may not be read is not known, and no error", () => {
    const unread = new Map([["Secret", { isServed: true, said: "secrets is forbidden" }]]);
    const all = found([reader], [reader], { unread });
    expect(all.map(({ code, severity }) => [code, severity])).toEqual([[plugin, "warning"]]);
    expect(all[0]?.what).toContain("secrets is forbidden");
  });

  test.each([
    ["1.34", []],
    ["1.28", [missing]],
  ])("Kubernetes %s", (version, expected) => {
    const sidecar = object("v1", "Pod", "a", {
      spec: { containers: [container], initContainers: [{ ...container, restartPolicy: "Always" }] },
    });
    expect(found([sidecar], [sidecar], { version }).map(({ code }) => code)).toEqual(expected);
  });
});
