import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { guestbook } from "./guestbook.ts";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { inOrder, kustomize } from "./kubectl.ts";

const folder = new URL("../", import.meta.url);

const readme = readFileSync(new URL("README.md", folder), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

/** What an example of the README prints. */
function run(index: number, edit = (code: string): string => code): string {
  const file = fileURLToPath(new URL(`test/readme-example-${process.pid}-${index}.ts`, folder));
  writeFileSync(file, edit(examples[index] ?? ""));
  try {
    return execFileSync(process.execPath, ["--conditions=@atlas/source", file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } finally {
    rmSync(file);
  }
}

/** The environments that an example prints, a name and its objects a line. */
function environmentsOf(printed: string): [name: string, objects: object[]][] {
  return printed
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [name = "", json = ""] = line.split(/ (.*)/);
      return [name, JSON.parse(json)];
    });
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

test("the second example declares a kind that kubernetes-types lacks", () => {
  expect(JSON.parse(run(1))).toMatchObject({ apiVersion: "resource.k8s.io/v1", kind: "ResourceClaim" });
});

test("the third example names what a lower layer has added", () => {
  const env = ["REGION", "URL"].map((name) => ({ name }));
  const containers = [
    { name: "web", env },
    { name: "agent", args: ["--quiet"] },
  ];
  expect(JSON.parse(run(2))).toMatchObject([{ metadata: { name: "shop" }, spec: { containers } }]);
});

test("the fourth example does all that it states", () => {
  const objects: { kind: string; metadata: { name: string } }[] = JSON.parse(run(3));
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

test("the fifth example makes an environment of each row", () => {
  expect(environmentsOf(run(4))).toMatchObject([
    ["a-eu", [{ metadata: { namespace: "shop-eu" }, spec: { replicas: 3 } }]],
    ["b-us", [{ metadata: { namespace: "shop-us" }, spec: { replicas: 1 } }]],
  ]);
});

describe("the guestbook", () => {
  test.skipIf(withoutKubectl)("is in every environment what Kustomize makes of it", () => {
    const printed = environmentsOf(run(5)).map(([name, objects]) => [name, inOrder(objects)]);
    const own = ["staging", "eu", "us"].map((name) => {
      const kustomization = { resources: [name] };
      return [name, inOrder(kustomize(kustomization, guestbook))];
    });
    expect(printed).toEqual(own);
  });

  test("refuses the misspelt variable, as the README quotes it", () => {
    const [quoted] = /^Deployment\/frontend: .*$/m.exec(readme) ?? ["no quotation"];
    expect(() => run(5, (code) => code.replace("GET_HOSTS_FROM: {", "GET_HOST_FROM: {"))).toThrow(quoted);
  });
});
