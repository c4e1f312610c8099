import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { injectionAnnotations, type InjectionAnnotations, type ProxySettings } from "@atlas/istio";

describe("the proxy's annotations are those that are given", () => {
  const table: [string, { given: ProxySettings; want: InjectionAnnotations }][] = [
    ["none", { given: {}, want: {} }],
    [
      "sizes",
      {
        given: { cpu: { request: "10m", limit: "1" }, memory: { limit: "1Gi" } },
        want: {
          "sidecar.istio.io/proxyCPU": "10m",
          "sidecar.istio.io/proxyCPULimit": "1",
          "sidecar.istio.io/proxyMemoryLimit": "1Gi",
        },
      },
    ],
    [
      "a native sidecar",
      { given: { nativeSidecar: true }, want: { "sidecar.istio.io/nativeSidecar": "true" } },
    ],
    [
      "no native sidecar",
      { given: { nativeSidecar: false }, want: { "sidecar.istio.io/nativeSidecar": "false" } },
    ],
    [
      "a start that is waited for",
      {
        given: { holdUntilProxyStarts: true },
        want: { "proxy.istio.io/config": "holdApplicationUntilProxyStarts: true\n" },
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(injectionAnnotations(given)).toEqual(want);
  });

  test("the configuration is YAML of ProxyConfig", () => {
    const annotations = injectionAnnotations({ holdUntilProxyStarts: false, drainSeconds: 30 });
    expect(parse(annotations["proxy.istio.io/config"] ?? "")).toEqual({
      holdApplicationUntilProxyStarts: false,
      terminationDrainDuration: "30s",
    });
  });
});

describe("what the injector would refuse", () => {
  const table: [string, { given: ProxySettings; problem: string }][] = [
    ["a size without a number", { given: { cpu: { request: "few" } }, problem: 'cpu.request: got "few"' }],
    ["a unit that there is not", { given: { memory: { limit: "1GB" } }, problem: 'memory.limit: got "1GB"' }],
    ["half a second", { given: { drainSeconds: 0.5 }, problem: "drainSeconds: got 0.5" }],
    ["a time that is over", { given: { drainSeconds: -1 }, problem: "drainSeconds: got -1" }],
  ];
  test.each(table)("%s", (_name, { given, problem }) => {
    expect(() => injectionAnnotations(given)).toThrow(problem);
  });
});
