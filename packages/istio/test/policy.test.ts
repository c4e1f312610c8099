import { PeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1/PeerAuthentication";
import { Sidecar } from "@kubernetes-models/istio/networking.istio.io/v1/Sidecar";
import { Telemetry } from "@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry";
import { describe, expect, test } from "vitest";
import { sidecar, strictMtls, telemetry, type EgressHost } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } } as const;
const matchLabels = { app: "shop" };

test("strict mTLS selects the workload's pods", () => {
  const object = strictMtls(workload);
  expect(object).toEqual({
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "shop" },
    spec: { selector: { matchLabels }, mtls: { mode: "STRICT" } },
  });
  expect(() => new PeerAuthentication(object).validate()).not.toThrow();
});

test("strict mTLS leaves out the ports that are named", () => {
  const object = strictMtls(workload, { exceptions: { 8080: "PERMISSIVE", 9000: "DISABLE" } });
  expect(object.spec).toEqual({
    selector: { matchLabels },
    mtls: { mode: "STRICT" },
    portLevelMtls: { "8080": { mode: "PERMISSIVE" }, "9000": { mode: "DISABLE" } },
  });
  expect(() => new PeerAuthentication(object).validate()).not.toThrow();
});

describe("exceptions of strict mTLS", () => {
  const table: [string, { given: Readonly<Record<string, string>>; problem: string }][] = [
    [
      "a port of no number",
      { given: { http: "PERMISSIVE" }, problem: "spec.portLevelMtls.http: got the port" },
    ],
    [
      "a port too high",
      { given: { 65536: "PERMISSIVE" }, problem: "expected a whole number from 1 to 65535" },
    ],
    [
      "a mode that there is not",
      {
        given: { 80: "OFF" },
        problem: 'spec.portLevelMtls.80.mode: got "OFF", and plain text may get through',
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, problem }) => {
    // @ts-expect-error what JavaScript may hold
    expect(() => strictMtls(workload, { exceptions: given })).toThrow(problem);
  });
});

describe("versions", () => {
  const hosts: EgressHost[] = ["./*"];
  const unknownDestinations = "ALLOW_ANY";
  const table: [string, { given: { readonly apiVersion: string }; apiVersion: string }][] = [
    [
      "a Sidecar",
      { given: sidecar(workload, { hosts, unknownDestinations }), apiVersion: "networking.istio.io/v1" },
    ],
    [
      "a Sidecar as asked",
      {
        given: sidecar(workload, { hosts, unknownDestinations, version: "v1alpha3" }),
        apiVersion: "networking.istio.io/v1alpha3",
      },
    ],
    [
      "a PeerAuthentication as asked",
      { given: strictMtls(workload, { version: "v1beta1" }), apiVersion: "security.istio.io/v1beta1" },
    ],
    [
      "a Telemetry",
      { given: telemetry(workload, { metrics: { provider: "a" } }), apiVersion: "telemetry.istio.io/v1" },
    ],
    [
      "a Telemetry as asked",
      {
        given: telemetry(workload, { metrics: { provider: "a" }, version: "v1alpha1" }),
        apiVersion: "telemetry.istio.io/v1alpha1",
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, apiVersion }) => {
    expect(given.apiVersion).toBe(apiVersion);
  });

  test("one that Istio does not serve is refused, with the one that was meant", () => {
    const version: string = "v1beta2";
    // @ts-expect-error no version of Istio's
    expect(() => strictMtls(workload, { version })).toThrow('did you mean "security.istio.io/v1beta1"?');
  });
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
    ["a namespace with a dot", { given: "a.b/otel.example.com", accepted: false }],
    ["an empty label", { given: "otel/otel..example.com", accepted: false }],
    ["a label that ends with a hyphen", { given: "otel/otel-.example.com", accepted: false }],
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
