import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const folder = new URL("../", import.meta.url);

test("the example in the README runs and prints what it says", () => {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readFileSync(new URL("README.md", folder), "utf8")) ?? [];
  const file = fileURLToPath(new URL(`test/readme-example-${process.pid}.ts`, folder));
  writeFileSync(file, example);
  try {
    const output = execFileSync(process.execPath, ["--conditions=@atlas/source", file], { encoding: "utf8" });
    expect(parse(output)).toMatchObject({
      metadata: { name: "shop", namespace: "production" },
      spec: {
        replicas: 3,
        template: { spec: { containers: [{ name: "web", image: "example/shop:1.2.3", args: ["--quiet"] }] } },
      },
    });
  } finally {
    rmSync(file);
  }
});
