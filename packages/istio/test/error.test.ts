import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { authorizationPolicy, IstioError, outbound, sidecar, strictMtls, telemetry } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } };

function errorOf(build: () => unknown): IstioError {
  try {
    build();
  } catch (error) {
    if (error instanceof IstioError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a problem names the call, and what of its arguments is meant", () => {
  const table: [string, { build: () => unknown; within: { argument: number; fields: string[] } }][] = [
    [
      "a host",
      {
        build: () => sidecar(workload, { hosts: ["./*", "a/"], unknownDestinations: "ALLOW_ANY" }),
        within: { argument: 1, fields: ["hosts", "1"] },
      },
    ],
    [
      "labels",
      {
        build: () => strictMtls({ name: "shop", labels: {} }),
        within: { argument: 0, fields: ["labels"] },
      },
    ],
    [
      "a share",
      {
        build: () => telemetry(workload, { tracing: { provider: "a", samplingPercentage: 200 } }),
        within: { argument: 1, fields: ["tracing", "samplingPercentage"] },
      },
    ],
    [
      "an address of a rule",
      {
        build: () =>
          authorizationPolicy(workload, { action: "DENY", rules: [{ from: [{ ipBlocks: ["a"] }] }] }),
        within: { argument: 1, fields: ["rules", "0", "from", "0", "ipBlocks", "0"] },
      },
    ],
    [
      "the name of a destination",
      {
        build: () =>
          outbound(workload, {
            destinations: [{ ...outside, host: "./a b" }],
            unknownDestinations: "ALLOW_ANY",
          }),
        within: { argument: 1, fields: ["destinations", "0", "host"] },
      },
    ],
  ];
  const outside = {
    mesh: "outside",
    ports: [{ port: 1, protocol: "TCP" }],
    cidrs: ["192.0.2.1/32"],
  } as const;
  const lines = readFileSync(import.meta.filename, "utf8").split("\n");

  test.each(table)("%s", (_name, { build, within }) => {
    const [problem] = errorOf(build).problems;
    const [place] = problem?.places ?? [];
    expect(place?.within).toEqual(within);
    expect(fileURLToPath(new URL(place?.file ?? "", "file:///"))).toBe(import.meta.filename);
    expect(lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1)).toMatch(
      /^(?:\w+)\((?:workload|\{)/,
    );
    expect(problem?.expected).not.toBe("");
    expect(problem?.fix).not.toBe("");
  });
});

test("all of it is said at once", () => {
  const { problems, message } = errorOf(() =>
    sidecar({ name: "shop", labels: {} }, { hosts: ["a/", "./*", "/b"], unknownDestinations: "ALLOW_ANY" }),
  );
  expect(problems.map(({ path }) => path)).toEqual([
    "spec.workloadSelector.labels",
    "spec.egress[0].hosts[0]",
    "spec.egress[0].hosts[2]",
  ]);
  expect(message.split("\n")).toHaveLength(3);
});
