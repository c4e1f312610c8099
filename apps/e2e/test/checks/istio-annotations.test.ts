import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { injectionAnnotations, injectionLabels } from "@atlas/istio";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { downloadIstioCrds } from "../../src/control-plane/control-plane-module.ts";

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

/** A file of Istio's API, at the version that is pinned. */
const read = async (file: string): Promise<string> =>
  readFileSync(join(dirname(await downloadIstioCrds()), "..", file), "utf8");

// In CI it has to run.
describe.skipIf(isWithoutGo)("what the injector reads, by Istio's own API, which needs Go", () => {
  const annotations = injectionAnnotations({
    cpu: { request: "10m", limit: "1" },
    memory: { request: "64Mi", limit: "1Gi" },
    holdUntilProxyStarts: true,
    drainSeconds: 20,
    nativeSidecar: true,
  });

  test("every annotation and label is one of Istio's for pods, and not on its way out", async () => {
    const known: { name: string; resources: string[]; deprecated: boolean }[] = [
      ...parse(await read("annotation/annotations.yaml")).annotations,
      ...parse(await read("label/labels.yaml")).labels,
    ];
    const names = [...Object.keys(annotations), ...Object.keys(injectionLabels)];
    expect(names).toHaveLength(7);
    const missing = names.filter(
      (name) =>
        !known.some((each) => each.name === name && each.resources.includes("Pod") && !each.deprecated),
    );
    expect(missing).toEqual([]);
  });

  test("every field of the proxy's configuration is one of ProxyConfig", async () => {
    const proto = await read("mesh/v1alpha1/proxy.proto");
    const names = [...proto.matchAll(/^ {2}[\w.]+ (\w+) = \d+/gm)].map(([, name = ""]) => name);
    const fields = new Set(
      names.map((name) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())),
    );
    const config = parse(annotations["proxy.istio.io/config"] ?? "");
    expect(Object.keys(config)).toEqual(["holdApplicationUntilProxyStarts", "terminationDrainDuration"]);
    expect(Object.keys(config).filter((name) => !fields.has(name))).toEqual([]);
  });
});
