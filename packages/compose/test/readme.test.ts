import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const folder = new URL("../", import.meta.url);

const examples = [...readFileSync(new URL("README.md", folder), "utf8").matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code = ""]) => code,
);

/** What an example of the README prints. */
function run(index: number): string {
  const file = fileURLToPath(new URL(`test/readme-example-${process.pid}-${index}.ts`, folder));
  writeFileSync(file, examples[index] ?? "");
  try {
    return execFileSync(process.execPath, ["--conditions=@atlas/source", file], { encoding: "utf8" });
  } finally {
    rmSync(file);
  }
}

test("the first example in the README runs and prints what it says", () => {
  expect(parse(run(0))).toMatchObject({
    metadata: { name: "shop", namespace: "production" },
    spec: {
      replicas: 3,
      template: { spec: { containers: [{ name: "web", image: "example/shop:1.2.3", args: ["--quiet"] }] } },
    },
  });
});

test("the second example does all that it states", () => {
  const objects: { kind: string; metadata: { name: string } }[] = JSON.parse(run(1));
  const [configMap, deployment] = objects;
  const owner = { "example.com/owner": "shop" };
  expect(configMap).toMatchObject({
    kind: "ConfigMap",
    metadata: { labels: { team: "shop" }, annotations: owner },
  });
  expect(configMap?.metadata.name).toMatch(/^web-[a-z0-9]{10}$/);
  const envFrom = [{ configMapRef: { name: configMap?.metadata.name } }];
  expect(deployment).toMatchObject({
    metadata: { name: "web", labels: { team: "shop" }, annotations: owner },
    spec: {
      paused: true,
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web", team: "shop" } },
        spec: { containers: [{ name: "web", image: "nginx", args: ["-q"], envFrom }] },
      },
    },
  });
  expect(objects).toHaveLength(2);
});

test("the third example makes an environment of each row", () => {
  const lines = run(2).trimEnd().split("\n");
  const environments = lines.map((line) => {
    const [name = "", json = ""] = line.split(/ (.*)/);
    const [{ metadata, spec }] = JSON.parse(json);
    return [name, metadata.namespace, spec.replicas];
  });
  expect(environments).toEqual([
    ["a-eu", "shop-eu", 3],
    ["b-us", "shop-us", 1],
  ]);
});
