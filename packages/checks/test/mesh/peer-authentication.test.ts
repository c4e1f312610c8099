import type { Connection, KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { ask, database, namespaceOf, outside, peerAuthentication, pod, sidecar } from "./world.ts";

const mtls = (mode: string) => ({ mtls: { mode } });
const selector = { matchLabels: { app: "database" } };
const fromOutside = { from: { pod: outside } };

// Each row is a sentence of https://istio.io/latest/docs/reference/config/security/peer_authentication/
describe("of a client without a proxy, a policy", () => {
  test.each<[string, KubernetesObject[], boolean]>([
    ["that is not there takes plain text", [], true],
    ["that is strict refuses it", [peerAuthentication("data", mtls("STRICT"))], false],
    ["that is permissive takes either", [peerAuthentication("data", mtls("PERMISSIVE"))], true],
    ["that disables takes plain text", [peerAuthentication("data", mtls("DISABLE"))], true],
    ["without a mode is permissive", [peerAuthentication("data", {})], true],
    ["of another namespace means nothing", [peerAuthentication("other", mtls("STRICT"))], true],
    ["of the root namespace is for the mesh", [peerAuthentication("istio-system", mtls("STRICT"))], false],
    [
      "of the root namespace that selects is ignored",
      [peerAuthentication("istio-system", { selector, ...mtls("STRICT") })],
      true,
    ],
    [
      "of the namespace wins over that of the mesh",
      [peerAuthentication("istio-system", mtls("STRICT")), peerAuthentication("data", mtls("PERMISSIVE"))],
      true,
    ],
    [
      "of the workload wins over that of the namespace",
      [
        peerAuthentication("data", mtls("PERMISSIVE")),
        peerAuthentication("data", { selector, ...mtls("STRICT") }),
      ],
      false,
    ],
    [
      "of another workload means nothing",
      [peerAuthentication("data", { selector: { matchLabels: { app: "other" } }, ...mtls("STRICT") })],
      true,
    ],
    [
      "of a port wins over that of the workload",
      [
        peerAuthentication("data", {
          selector,
          ...mtls("STRICT"),
          portLevelMtls: { 5432: { mode: "DISABLE" } },
        }),
      ],
      true,
    ],
    [
      "means the port of the workload, and not that of its Service",
      [
        peerAuthentication("data", {
          selector,
          ...mtls("STRICT"),
          portLevelMtls: { 3306: { mode: "DISABLE" } },
        }),
      ],
      false,
    ],
    [
      "of a port needs a selector",
      [peerAuthentication("data", { ...mtls("STRICT"), portLevelMtls: { 5432: { mode: "DISABLE" } } })],
      false,
    ],
    [
      "with an unset mode has that of its namespace",
      [
        peerAuthentication("data", mtls("STRICT")),
        peerAuthentication("data", {
          selector,
          ...mtls("UNSET"),
          portLevelMtls: { 8080: { mode: "DISABLE" } },
        }),
      ],
      false,
    ],
    [
      "with an unset port has that of the workload",
      [
        peerAuthentication("data", {
          selector,
          ...mtls("STRICT"),
          portLevelMtls: { 5432: { mode: "UNSET" } },
        }),
      ],
      false,
    ],
  ])("%s", (_sentence, objects, allowed) => {
    expect(ask(objects, fromOutside).allowed).toBe(allowed);
  });
});

describe("a strict policy", () => {
  const strict = peerAuthentication("data", mtls("STRICT"));
  const refusing = pod("shop", "sales", { labels: { "sidecar.istio.io/inject": "false" } });
  const local = sidecar("sales", { egress: [{ hosts: ["./*"] }] });
  test.each<[string, Partial<Connection>, boolean]>([
    ["takes a client with a proxy", {}, true],
    ["refuses an address outside of the mesh", { from: { address: "192.0.2.1" } }, false],
    ["says nothing of UDP", { ...fromOutside, protocol: "UDP" }, true],
    ["says nothing of a destination without a proxy", { to: { pod: outside } }, true],
    [
      "refuses a client whose proxy is passed by",
      {
        from: {
          pod: pod("shop", "sales", {
            annotations: { "traffic.sidecar.istio.io/excludeOutboundPorts": "80, 3306" },
          }),
        },
      },
      false,
    ],
    [
      "says nothing of a port that passes by the proxy",
      {
        ...fromOutside,
        to: {
          pod: pod("database", "data", {
            annotations: { "traffic.sidecar.istio.io/excludeInboundPorts": "5432" },
          }),
        },
      },
      true,
    ],
    [
      "says nothing of a port that is not led to the proxy",
      {
        ...fromOutside,
        to: {
          pod: pod("database", "data", {
            annotations: { "traffic.sidecar.istio.io/includeInboundPorts": "8080" },
          }),
        },
      },
      true,
    ],
    [
      "is for each port that is led to the proxy",
      {
        ...fromOutside,
        to: {
          pod: pod("database", "data", {
            annotations: { "traffic.sidecar.istio.io/includeInboundPorts": "*" },
          }),
        },
      },
      false,
    ],
    // https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
    ["lets merged metrics be scraped", { ...fromOutside, port: 15020 }, true],
    ["lets the health of the proxy be asked", { ...fromOutside, port: 15021 }, true],
    ["lets the metrics of the proxy be scraped", { ...fromOutside, port: 15090 }, true],
  ])("%s", (_sentence, asked, allowed) => {
    expect(ask([strict], asked).allowed).toBe(allowed);
  });

  test.each<[string, Partial<Connection>, KubernetesObject[], object]>([
    [
      "that of a pod without a proxy",
      fromOutside,
      [],
      { object: outside, path: "spec.template.metadata", text: "the source has no proxy" },
    ],
    [
      "that of a pod that refuses one",
      { from: { pod: refusing } },
      [],
      {
        object: refusing,
        path: 'spec.template.metadata.labels["sidecar.istio.io/inject"]',
        text: "the source has no proxy",
      },
    ],
    [
      "that of an address",
      { from: { address: "192.0.2.1" } },
      [],
      { path: "", text: "the source is outside of the mesh" },
    ],
    [
      "that of a proxy which does not know the destination",
      {},
      [local],
      {
        object: local,
        path: "spec.egress",
        text: "the proxy of the source does not know database.data.svc.cluster.local of data",
      },
    ],
  ])("is named with what makes the text plain: %s", (_what, asked, objects, plain) => {
    expect(ask([strict, ...objects], asked).because).toEqual([
      { object: strict, path: "spec.mtls.mode", text: "it takes mutual TLS alone" },
      plain,
    ]);
  });

  test("and one that is not, of the same level: which is the older, the objects do not say", () => {
    const other = peerAuthentication("data", mtls("PERMISSIVE"));
    expect(ask([strict, other], fromOutside).unknown.map(({ object, path }) => [object, path])).toEqual([
      [other, "spec.mtls.mode"],
    ]);
  });
});

test.each([15000, 15004, 15053])("the proxy keeps port %d for its pod", (port) => {
  expect(ask([], { port }).allowed).toBe(false);
  expect(ask([], { port, to: { pod: outside } }).allowed).toBe(true);
});

test.each([15001, 15006, 15008])("what a call of port %d of the proxy does is not known", (port) => {
  expect(ask([], { port }).unknown.length).toBe(1);
});

test("a policy of the root namespace that selects is ignored for its own pods, too", () => {
  const spec = { selector, ...mtls("STRICT") };
  const objects = [namespaceOf("istio-system"), peerAuthentication("istio-system", spec)];
  const asked = { ...fromOutside, to: { pod: pod("database", "istio-system") } };
  expect(ask(objects, asked).allowed).toBe(true);
  expect(ask([...objects, peerAuthentication("istio-system", mtls("STRICT"))], asked).allowed).toBe(false);
});

test("a pod always reaches itself", () => {
  const own = { ...database, kind: "Pod", spec: database.spec.template.spec };
  const strict = peerAuthentication("data", mtls("STRICT"));
  expect(ask([strict], { from: { pod: own }, to: { pod: own } }).allowed).toBe(true);
});

// https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
describe("at 15020, the application's metrics are", () => {
  const scrape = { "prometheus.io/scrape": "true" };
  test.each<[string, object, boolean]>([
    ["not there where nothing has them scraped", {}, false],
    ["there where something does", scrape, true],
    [
      "not there where they are kept apart",
      { ...scrape, "prometheus.istio.io/merge-metrics": "false" },
      false,
    ],
  ])("%s", (_sentence, annotations, merged) => {
    const to = { pod: pod("database", "data", { annotations }) };
    const texts = ask([], { ...fromOutside, to, port: 15020 }).because.map(({ text }) => text);
    expect(texts.includes("the application's metrics are merged here")).toBe(merged);
  });
});
