import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { downloadModule } from "../../src/workspace/go-modules.ts";

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];
/** It carries the schema of OASIS, errata 01. */
const module = {
  path: "github.com/owenrumney/go-sarif/v3",
  version: "v3.3.1",
  sum: "h1:bKY8YnWcY8zYTiGVObC5wZLlfEvMkCxK9XMGXBbzEtQ=",
};
const entry = fileURLToPath(new URL("../../../render/bin/atlas-render.js", import.meta.url));

/** The schema as it is given to whoever knows later drafts: it has nothing but its own name of what changed after draft 4. */
async function schemaOfSarif(): Promise<object> {
  const file = join(await downloadModule(module), "pkg/report/v210/sarif/schema.go");
  const [, text = ""] = /`([^]*)`/.exec(readFileSync(file, "utf8")) ?? [];
  expect(text).not.toContain("exclusiveM");
  const { $schema, id, ...schema } = JSON.parse(text);
  expect([$schema, id]).toEqual([
    "http://json-schema.org/draft-04/schema#",
    expect.stringContaining("sarif-schema-2.1.0"),
  ]);
  return schema;
}

const broken = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: "${name}", namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: nginx, readinessProbe: { httpGet: { port: http } } }
`;

function sarifOf(...args: readonly string[]) {
  const cwd = temporaryFolder("sarif-");
  const fine = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: shop }\n";
  const files = { "fine.yaml": fine, "web.yaml": broken("web"), "100% ä&b #1.yaml": broken("<web>") };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const { stdout } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", entry, "check", ...args, "--format", "sarif"],
    { cwd, encoding: "utf8", input: broken("in"), maxBuffer: 1 << 28 },
  );
  return JSON.parse(stdout);
}

// In CI it has to run.
describe.skipIf(isWithoutGo)("the schema of SARIF 2.1.0, which needs Go", () => {
  let isValid: ValidateFunction;
  beforeAll(async () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    isValid = ajv.compile(await schemaOfSarif());
  });

  test.each<[string, string[], number]>([
    ["environments", [], 20],
    ["manifests", ["-f", "web.yaml", "-f", "100% ä&b #1.yaml", "-f", "-"], 9],
    ["nothing wrong", ["-f", "fine.yaml"], 0],
  ])("takes the log of %s", (_name, args, least) => {
    const log = sarifOf(...args);
    expect(log.runs[0].results.length).toBeGreaterThanOrEqual(least);
    expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
  });

  test.each<[string, (log: ReturnType<typeof sarifOf>) => void]>([
    ["a level that there is not", (log) => (log.runs[0].results[0].level = "fatal")],
    [
      "a place that is no URI",
      (log) => (log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "a b"),
    ],
    ["a result without a message", (log) => delete log.runs[0].results[0].message],
  ])("refuses %s", (_name, change) => {
    const log = sarifOf("-f", "web.yaml");
    change(log);
    expect(isValid(log)).toBe(false);
  });
});
