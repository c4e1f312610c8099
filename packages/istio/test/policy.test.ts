import { PeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication";
import { Sidecar } from "@kubernetes-models/istio/networking.istio.io/v1beta1/Sidecar";
import { Telemetry } from "@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry";
import { describe, expect, test } from "vitest";
import { injectionAnnotations, sidecar, strictMtls, telemetry, type EgressHost } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } } as const;
const matchLabels = { app: "shop" };

test("strict mTLS selects the workload's pods", () => {
  const object = strictMtls(workload);
  expect(object).toEqual({
    apiVersion: "security.istio.io/v1beta1",
    kind: "PeerAuthentication",
    metadata: { name: "shop" },
    spec: { selector: { matchLabels }, mtls: { mode: "STRICT" } },
  });
  expect(() => new PeerAuthentication(object).validate()).not.toThrow();
});

test("a sidecar carries its hosts in the order given", () => {
  const hosts: EgressHost[] = [
    "istio-system/istiod.istio-system.svc.cluster.local",
    "./*",
    "*/*.example.com",
  ];
  const object = sidecar(workload, { hosts, unknownDestinations: "REGISTRY_ONLY" });
  expect(object.spec).toEqual({
    workloadSelector: { labels: matchLabels },
    outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    egress: [{ captureMode: "DEFAULT", hosts }],
  });
  expect(() => new Sidecar(object).validate()).not.toThrow();
});

describe("egress hosts", () => {
  const table: [string, { given: EgressHost; accepted: boolean }][] = [
    ["a service", { given: "otel/otel-agent.otel.svc.cluster.local", accepted: true }],
    ["every service of the own namespace", { given: "./*", accepted: true }],
    ["nothing at all", { given: "~/*", accepted: true }],
    ["a wildcard as the leftmost label", { given: "*/*.example.com", accepted: true }],
    ["a wildcard further right", { given: "*/api.*.com", accepted: false }],
    ["no host", { given: "otel/", accepted: false }],
    ["no namespace", { given: "/otel.example.com", accepted: false }],
    ["a port", { given: "otel/otel.example.com:4317", accepted: false }],
    ["two slashes", { given: "a/b/c", accepted: false }],
    ["a URL", { given: "https://otel.example.com", accepted: false }],
  ];
  test.each(table)("%s", (_name, { given, accepted }) => {
    const build = () => sidecar(workload, { hosts: [given], unknownDestinations: "ALLOW_ANY" });
    if (accepted) expect(build).not.toThrow();
    else
      expect(build).toThrow(`Sidecar/shop: spec.egress[0].hosts[0]: got ${JSON.stringify(given)}: expected`);
  });

  test("every wrong host is named at once", () => {
    expect(() => sidecar(workload, { hosts: ["a/", "./*", "/b"], unknownDestinations: "ALLOW_ANY" })).toThrow(
      /hosts\[0\]: got "a\/"[^]*hosts\[2\]: got "\/b"/,
    );
  });

  test("there is at least one", () => {
    expect(() => sidecar(workload, { hosts: [], unknownDestinations: "ALLOW_ANY" })).toThrow(
      "spec.egress[0].hosts: there is no host",
    );
  });
});

describe("telemetry", () => {
  test("states the signals that are given and no other", () => {
    const object = telemetry(workload, {
      tracing: { provider: "otel", samplingPercentage: 0 },
      accessLog: { provider: "envoy", filter: "response.code >= 400", side: "SERVER" },
    });
    expect(object.spec).toEqual({
      selector: { matchLabels },
      tracing: [{ providers: [{ name: "otel" }], randomSamplingPercentage: 0 }],
      accessLogging: [
        {
          providers: [{ name: "envoy" }],
          filter: { expression: "response.code >= 400" },
          match: { mode: "SERVER" },
        },
      ],
    });
    expect(() => new Telemetry(object).validate()).not.toThrow();
  });

  test("carries the metrics' interval", () => {
    const object = telemetry(workload, { metrics: { provider: "prometheus", reportingInterval: "15s" } });
    expect(object.spec.metrics).toEqual([{ providers: [{ name: "prometheus" }], reportingInterval: "15s" }]);
    expect(() => new Telemetry(object).validate()).not.toThrow();
  });

  test.each([-1, 100.1, Number.NaN])("refuses to sample %d per cent", (samplingPercentage) => {
    expect(() => telemetry(workload, { tracing: { provider: "otel", samplingPercentage } })).toThrow(
      /tracing\[0\]\.randomSamplingPercentage: got .*: expected 0 to 100/,
    );
  });

  test("refuses to state nothing", () => {
    expect(() => telemetry(workload, {})).toThrow("expected tracing, metrics or accessLogging");
  });
});

test.each([
  ["strictMtls", () => strictMtls({ name: "shop", labels: {} })],
  [
    "sidecar",
    () => sidecar({ name: "shop", labels: {} }, { hosts: ["./*"], unknownDestinations: "ALLOW_ANY" }),
  ],
  ["telemetry", () => telemetry({ name: "shop", labels: {} }, { metrics: { provider: "prometheus" } })],
])("%s refuses a workload without labels", (_name, build) => {
  expect(build).toThrow("would select every pod of the namespace");
});

test("the proxy's annotations are those that are given", () => {
  expect(injectionAnnotations({ cpu: { request: "10m", limit: "1" }, memory: { limit: "1Gi" } })).toEqual({
    "sidecar.istio.io/proxyCPU": "10m",
    "sidecar.istio.io/proxyCPULimit": "1",
    "sidecar.istio.io/proxyMemoryLimit": "1Gi",
  });
});
