import {
  authorizationPolicy,
  injectionAnnotations,
  IstioError,
  istiod,
  outbound,
  sidecar,
  strictMtls,
  telemetry,
} from "@atlas/istio";
import { describe, expect, test } from "vitest";

const workload = { name: "shop", labels: { app: "shop" } };
const egress = { hosts: ["./*"], unknownDestinations: "ALLOW_ANY" };
const tracing = { provider: "a", samplingPercentage: 1 };

type Builder = (...given: never[]) => unknown;

/** As JavaScript calls a builder: the compiler has not looked at what is given. */
const called = (builder: Builder, ...given: readonly unknown[]): unknown =>
  (builder as (...given: readonly unknown[]) => unknown)(...given);

function problemsOf(builder: Builder, ...given: readonly unknown[]): IstioError["problems"] {
  try {
    called(builder, ...given);
  } catch (error) {
    if (error instanceof IstioError) return error.problems;
    throw error;
  }
  return [];
}

const destination = (more: object) => ({
  destinations: [{ ...istiod, ...more }],
  unknownDestinations: "ALLOW_ANY",
});

describe("a field that a builder does not know is refused:", () => {
  test.each<[path: string, fix: string, builder: Builder, given: unknown[]]>([
    ["egres", "leave it out", sidecar, [workload, { egres: [] }]],
    ["host", "hosts", sidecar, [workload, { ...egress, hosts: undefined, host: ["./*"] }]],
    [
      "unknownDestination",
      "unknownDestinations",
      sidecar,
      [workload, { ...egress, unknownDestination: "ALLOW_ANY" }],
    ],
    ["destination", "destinations", outbound, [workload, { ...destination({}), destination: [] }]],
    ["destinations[0].cidr", "cidrs", outbound, [workload, destination({ cidr: ["10.0.0.0/8"] })]],
    [
      "destinations[0].ports[0].target",
      "leave it out",
      outbound,
      [workload, destination({ ports: [{ port: 1, protocol: "TCP", target: 2 }] })],
    ],
    ["exception", "exceptions", strictMtls, [workload, { exception: { 8080: "PERMISSIVE" } }]],
    ["metric", "metrics", telemetry, [workload, { tracing, metric: {} }]],
    ["tracing.sampling", "leave it out", telemetry, [workload, { tracing: { ...tracing, sampling: 1 } }]],
    ["accessLog.sides", "side", telemetry, [workload, { accessLog: { provider: "a", sides: "CLIENT" } }]],
    ["rule", "rules", authorizationPolicy, [workload, { action: "ALLOW", rules: [], rule: [] }]],
    [
      "rules[0].form",
      "leave it out",
      authorizationPolicy,
      [workload, { action: "ALLOW", rules: [{ form: [] }] }],
    ],
    [
      "rules[0].when[0].value",
      "values",
      authorizationPolicy,
      [workload, { action: "ALLOW", rules: [{ when: [{ key: "source.ip", value: ["10.0.0.1"] }] }] }],
    ],
    ["memry", "memory", injectionAnnotations, [{ memry: { request: "64Mi" } }]],
    ["cpu.requests", "request", injectionAnnotations, [{ cpu: { requests: "10m" } }]],
  ])("%s, for which %s is said", (path, fix, builder, given) => {
    const problems = problemsOf(builder, ...given);
    expect(problems.map((problem) => [problem.code, problem.path])).toEqual([["istio/field-unknown", path]]);
    expect(problems[0]?.fix).toContain(fix);
    expect(problems[0]?.places).toHaveLength(1);
  });
});

describe("an argument more than a builder takes is refused:", () => {
  test.each<[name: string, builder: Builder, given: unknown[]]>([
    ["sidecar", sidecar, [workload, egress]],
    ["outbound", outbound, [workload, { destinations: [], unknownDestinations: "REGISTRY_ONLY" }]],
    ["strictMtls", strictMtls, [workload, {}]],
    ["telemetry", telemetry, [workload, { tracing }]],
    ["authorizationPolicy", authorizationPolicy, [workload, { action: "ALLOW", rules: [{}] }]],
    ["injectionAnnotations", injectionAnnotations, [{}]],
  ])("%s", (_name, builder, given) => {
    const problems = problemsOf(builder, ...given, { version: "v1" });
    expect(problems.map(({ code, fix }) => [code, fix])).toEqual([
      ["istio/argument-surplus", "merge it into the last of these"],
    ]);
    expect(problems[0]?.places).toHaveLength(1);
  });

  test("what a list's map gives beside the element is none", () => {
    expect([{ drainSeconds: 5 }].map(injectionAnnotations)).toHaveLength(1);
  });
});
