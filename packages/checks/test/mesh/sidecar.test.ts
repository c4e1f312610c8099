import type { Connection, KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { ask, database, object, outside, peerAuthentication, pod, service, sidecar } from "./world.ts";

const registryOnly = { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } };
const hosts = (...entries: string[]) => ({ egress: [{ hosts: entries }] });

// Each row is a sentence of https://istio.io/latest/docs/reference/config/networking/sidecar/
describe("a host", () => {
  test.each<[string, string[], boolean]>([
    ["selects by namespace and name", ["data/database.data.svc.cluster.local"], true],
    ["selects all of a namespace", ["data/*"], true],
    ["of another namespace does not select", ["sales/*"], false],
    ["with a wildcard selects by the end of a name", ["data/*.data.svc.cluster.local"], true],
    ["with a wildcard of something else does not", ["data/*.other.svc.cluster.local"], false],
    ["with the short name does not", ["data/database"], false],
    ["of any namespace selects by name", ["*/database.data.svc.cluster.local"], true],
    ["of any namespace selects everything", ["*/*"], true],
    ["with a point means the namespace of the Sidecar", ["./*"], false],
    ["with a tilde selects nothing", ["~/*"], false],
    ["with a namespace after a tilde excludes", ["*/*", "~data/*"], false],
    ["that excludes leaves the others", ["*/*", "~other/*"], true],
    [
      "that excludes a name excludes it in all namespaces",
      ["*/*", "~/database.data.svc.cluster.local"],
      false,
    ],
  ])("%s", (_sentence, entries, allowed) => {
    expect(ask([sidecar("sales", { ...hosts(...entries), ...registryOnly })]).allowed).toBe(allowed);
  });

  test("with a point knows what lies beside the Sidecar", () => {
    const own = { ...service, metadata: { name: "database", namespace: "sales" } };
    const objects = [own, sidecar("sales", { ...hosts("./*"), ...registryOnly })];
    expect(ask(objects, { to: { pod: pod("database", "sales") } }).allowed).toBe(true);
  });
});

describe("what counts is", () => {
  const closed = { ...hosts("~/*"), ...registryOnly };
  const open = { ...hosts("*/*"), ...registryOnly };
  const workloadSelector = { labels: { app: "shop" } };
  test.each<[string, KubernetesObject[], boolean]>([
    ["no Sidecar, and every destination is known", [], true],
    ["that of the namespace", [sidecar("sales", closed)], false],
    ["not that of another namespace", [sidecar("data", closed)], true],
    ["that of the root namespace, for all that have none", [sidecar("istio-system", closed)], false],
    ["that of the namespace before it", [sidecar("istio-system", closed), sidecar("sales", open)], true],
    [
      "one that selects before that",
      [sidecar("sales", open), sidecar("sales", { workloadSelector, ...closed })],
      false,
    ],
    [
      "not one that selects others",
      [sidecar("sales", { workloadSelector: { labels: { app: "b" } }, ...closed })],
      true,
    ],
    [
      "not one that selects in the root namespace",
      [sidecar("istio-system", { workloadSelector, ...closed })],
      true,
    ],
    [
      "the egress of the namespace where one that selects has none",
      [sidecar("sales", hosts("~/*")), sidecar("sales", { workloadSelector, ...registryOnly })],
      false,
    ],
  ])("%s", (_sentence, objects, allowed) => {
    expect(ask(objects).allowed).toBe(allowed);
  });

  test("undefined where there are several, which is said", () => {
    expect(ask([sidecar("sales", open), sidecar("sales", closed)]).unknown.length).toBe(1);
  });
});

const listeners = (...egress: [number | undefined, string][]) => ({
  egress: egress.map(([number, host]) => ({
    ...(number !== undefined && { port: { number } }),
    hosts: [host],
  })),
  ...registryOnly,
});

describe("a listener", () => {
  test.each<[string, [number | undefined, string][], boolean]>([
    ["of the port of the Service exposes its hosts", [[3306, "data/*"]], true],
    ["of another port exposes none at this", [[80, "data/*"]], false],
    [
      "of the port goes before one of all",
      [
        [3306, "sales/*"],
        [undefined, "data/*"],
      ],
      false,
    ],
    [
      "of all ports is for what no other is",
      [
        [80, "sales/*"],
        [undefined, "data/*"],
      ],
      true,
    ],
  ])("%s", (_sentence, egress, allowed) => {
    expect(ask([sidecar("sales", listeners(...egress))]).allowed).toBe(allowed);
  });
});

const exported = (exportTo: string) => {
  const metadata = {
    name: "database",
    namespace: "plain",
    annotations: { "networking.istio.io/exportTo": exportTo },
  };
  return { ...service, metadata };
};

describe("a destination that is not known", () => {
  const outsideOfMesh: Partial<Connection> = { to: { address: "192.0.2.1" } };
  const none = hosts("~/*");
  test.each<[string, KubernetesObject[], Partial<Connection>, boolean]>([
    ["is let through by default", [sidecar("sales", none)], {}, true],
    [
      "is let through where any is",
      [sidecar("sales", { ...none, outboundTrafficPolicy: { mode: "ALLOW_ANY" } })],
      {},
      true,
    ],
    ["is dropped where none is", [sidecar("sales", { ...none, ...registryOnly })], {}, false],
    [
      "is dropped by a policy without a mode",
      [sidecar("sales", { ...none, outboundTrafficPolicy: {} })],
      {},
      false,
    ],
    ["may be an address", [sidecar("sales", registryOnly)], outsideOfMesh, false],
    ["may be a pod without a Service", [sidecar("sales", registryOnly)], { to: { pod: outside } }, false],
    ["may be a port without a Service", [sidecar("sales", registryOnly)], { port: 5433 }, false],
    [
      "may be one that is not exported",
      [exported("."), sidecar("sales", registryOnly)],
      { to: { pod: pod("database", "plain") } },
      false,
    ],
    [
      "may be one that is exported to others",
      [exported("a, sales"), sidecar("sales", registryOnly)],
      { to: { pod: pod("database", "plain") } },
      true,
    ],
    [
      "is called in plain text, which a strict one refuses, also where any is let through",
      [sidecar("sales", none), peerAuthentication("data", { mtls: { mode: "STRICT" } })],
      {},
      false,
    ],
    [
      "is not dropped where the source has no proxy",
      [sidecar("plain", registryOnly)],
      { from: { pod: outside } },
      true,
    ],
  ])("%s", (_sentence, objects, asked, allowed) => {
    expect(ask(objects, asked).allowed).toBe(allowed);
  });
});

const entry = (spec: object) =>
  object("networking.istio.io", "ServiceEntry", "sales", {
    hosts: ["db.example.com"],
    ports: [{ number: 5432, name: "sql", protocol: "TCP" }],
    ...spec,
  });

// https://istio.io/latest/docs/reference/config/networking/service-entry/
describe("a ServiceEntry", () => {
  test.each<[string, object, Partial<Connection>, boolean, number]>([
    ["makes its addresses known", { addresses: ["192.0.2.1"] }, {}, true, 0],
    ["makes blocks of them known", { addresses: ["192.0.2.0/24"] }, {}, true, 0],
    ["makes its endpoints known", { endpoints: [{ address: "192.0.2.1" }] }, {}, true, 0],
    ["makes no others known", { addresses: ["192.0.2.2"] }, {}, false, 0],
    ["makes no other port known", { addresses: ["192.0.2.1"] }, { port: 5433 }, false, 0],
    ["that is not exported makes none known", { addresses: ["192.0.2.1"], exportTo: ["data"] }, {}, false, 0],
    ["without addresses means what its name resolves to", { resolution: "DNS" }, {}, false, 1],
    ["without resolution means none but those", { resolution: "NONE" }, {}, false, 0],
    [
      "makes pods known by labels",
      { workloadSelector: { labels: { app: "worker" } } },
      { to: { pod: pod("worker", "sales") } },
      true,
      0,
    ],
    [
      "means no pods of other namespaces",
      { workloadSelector: { labels: { app: "database" } } },
      { to: { pod: outside } },
      false,
      0,
    ],
  ])("%s", (_sentence, spec, asked, allowed, unknown) => {
    const answer = ask([entry(spec), sidecar("sales", registryOnly)], {
      to: { address: "192.0.2.1" },
      ...asked,
    });
    expect([answer.allowed, answer.unknown.length]).toEqual([allowed, unknown]);
  });
});

test.each<[string, object, boolean]>([
  ["with the port has it behind itself", { selector: { app: "a" }, ports: [{ port: 5432 }] }, true],
  [
    "with another protocol has not",
    { selector: { app: "a" }, ports: [{ port: 5432, protocol: "UDP" }] },
    false,
  ],
  ["with another target has not", { selector: { app: "a" }, ports: [{ port: 5432, targetPort: 80 }] }, false],
  ["with another selector has not", { selector: { app: "b" }, ports: [{ port: 5432 }] }, false],
  ["without a selector has not", { ports: [{ port: 5432 }] }, false],
])("a Service %s", (_what, spec, allowed) => {
  const own = { ...service, metadata: { name: "a", namespace: "plain" }, spec };
  expect(ask([own, sidecar("sales", registryOnly)], { to: { pod: pod("a", "plain") } }).allowed).toBe(
    allowed,
  );
});

describe("an answer says what decides", () => {
  test("the host", () => {
    const scope = sidecar("sales", hosts("./*", "data/*"));
    expect(ask([scope]).because).toEqual([
      {
        object: scope,
        path: "spec.egress[0].hosts[1]",
        text: "the proxy of the source knows the destination by this",
      },
    ]);
  });

  test("the hosts, and the policy of the unknown", () => {
    const scope = sidecar("sales", { ...hosts("./*"), ...registryOnly });
    expect(ask([scope]).because).toEqual([
      {
        object: scope,
        path: "spec.egress",
        text: "the proxy of the source does not know database.data.svc.cluster.local of data",
      },
      { object: scope, path: "spec.outboundTrafficPolicy", text: "what is unknown is dropped" },
    ]);
  });

  test("that there is no Service", () => {
    const scope = sidecar("sales", registryOnly);
    expect(ask([scope], { port: 1 }).because[0]).toEqual({
      path: "",
      text: "no Service or ServiceEntry has the destination behind this port",
    });
  });

  test("what NetworkPolicies say, and the mesh, where both refuse", () => {
    const scope = sidecar("sales", { ...hosts("./*"), ...registryOnly });
    const policy = object("networking.k8s.io", "NetworkPolicy", "data", {});
    expect(ask([scope, policy], { to: { pod: database } }).because.map((each) => each.object?.kind)).toEqual([
      "NetworkPolicy",
      "Sidecar",
      "Sidecar",
    ]);
  });
});
