import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dependenciesIn, type EnvironmentDependencies } from "../src/dependencies.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "overlays-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true }));

const always = {
  "index.ts": 'export { default as base } from "./base/index.ts";',
  "base/index.ts": "export default {};",
  "overlays/dev/index.ts": 'import base from "../../base/index.ts";',
  "overlays/staging/index.ts": 'import base from "../../base/index.ts";',
  "overlays/production/index.ts": 'import base from "../../base/index.ts";',
};
const all = ["dev", "production", "staging"];

test.each<[string, Record<string, string>, string[]]>([
  ["nothing else: its own folder", {}, ["production"]],
  [
    "another overlay",
    { "overlays/production/index.ts": 'import staging from "../staging/index.ts";' },
    ["production", "staging"],
  ],
  [
    "another overlay, by way of a third",
    {
      "overlays/production/index.ts": "import staging from '../staging/index.ts';",
      "overlays/staging/index.ts": 'import "./patches/deployment.ts";',
      "overlays/staging/patches/deployment.ts": 'export * from "../../dev/index.ts";',
    },
    all,
  ],
  [
    "another overlay, by way of a file outside",
    {
      "overlays/production/index.ts": 'import { a } from "../../shared.ts";',
      "shared.ts": 'export { a } from "./overlays/dev/index.ts";',
    },
    ["dev", "production"],
  ],
  [
    "the package by its name",
    {
      "overlays/production/index.ts": 'import { dev } from "@atlas/manifests";',
      "index.ts": 'export * as dev from "./overlays/dev/index.ts";',
    },
    ["dev", "production"],
  ],
  [
    "a file that it names with a URL",
    { "overlays/production/index.ts": 'const source = new URL("../dev/index.ts", import.meta.url);' },
    ["dev", "production"],
  ],
  [
    "a folder",
    { "overlays/production/index.ts": 'const files = new URL("../dev", x);' },
    ["dev", "production"],
  ],
  [
    "a dynamic import",
    { "overlays/production/index.ts": 'const { default: dev } = await import("../dev/index.ts");' },
    ["dev", "production"],
  ],
  ["a name that is computed: all", { "overlays/production/index.ts": "await import(name);" }, all],
  [
    "a name that is put together: all",
    { "overlays/production/index.ts": "new URL(`../${name}/x.yaml`, y);" },
    all,
  ],
  [
    "itself in a circle",
    { "overlays/production/a.ts": 'import "./index.ts"; import "./a.ts";' },
    ["production"],
  ],
  [
    "a file that is not there",
    { "overlays/production/index.ts": 'import "../gone/index.ts";' },
    ["production"],
  ],
  ["what no program reads", { "overlays/production/README.md": "`../dev/index.ts`" }, ["production"]],
])("an environment that imports %s", (_name, files, want) => {
  const dependenciesOf = given(files);
  expect(dependenciesOf("overlays/production").overlays).toEqual(want);
  expect(dependenciesOf("base").overlays).toEqual([]);
});

/** What is rendered from these files, of a workspace whose manifests' sources are in `src`. */
function given(files: Record<string, string>): (folder: string) => EnvironmentDependencies {
  const sources = join(root, "src");
  for (const [name, text] of Object.entries({ ...always, ...files })) {
    mkdirSync(dirname(join(sources, name)), { recursive: true });
    writeFileSync(join(sources, name), text);
  }
  return dependenciesIn({ root, sources, self: "@atlas/manifests" });
}

const only = { overlays: ["production"], files: [], variables: [], complete: true };
const incomplete = { overlays: all, complete: false };

test.each<[string, Record<string, string>, Partial<EnvironmentDependencies>]>([
  ["its own folder", { "overlays/production/a.env": "A=1" }, {}],
  [
    "a file of the workspace, whether or not it is there",
    {
      "overlays/production/a.ts":
        'new URL("../../../config/app.env", import.meta.url); import "../../../gone.ts";',
      "../config/app.env": "A=1",
    },
    { files: ["config/app.env", "gone.ts"] },
  ],
  [
    "a folder of the workspace",
    { "overlays/production/a.ts": 'new URL("../../../config", import.meta.url)', "../config/app.env": "A=1" },
    { files: ["config/**/*"] },
  ],
  [
    "what a file of the workspace names",
    {
      "overlays/production/a.ts": 'import "../../../shared/a.ts";',
      "../shared/a.ts": 'import "./b.ts"; import "../src/overlays/dev/index.ts"; process.env.REGION;',
      "../shared/b.ts": "",
    },
    { overlays: ["dev", "production"], files: ["shared/a.ts", "shared/b.ts"], variables: ["REGION"] },
  ],
  [
    "variables",
    { "overlays/production/a.ts": "process.env.A; process.env[\"B\"]; process.env['C'] ?? process.env.A;" },
    { variables: ["A", "B", "C"] },
  ],
  ["a variable whose name is computed", { "overlays/production/a.ts": "process.env[name]" }, incomplete],
  ["variables by name", { "overlays/production/a.ts": "const { A } = process.env;" }, incomplete],
  ["a process", { "overlays/production/a.ts": "const { env } = process;" }, incomplete],
  ["the folder that it runs in", { "overlays/production/a.ts": "process.cwd()" }, incomplete],
  ["an import that is computed", { "overlays/production/a.ts": "await import(name)" }, incomplete],
  [
    "a module that reads files",
    { "overlays/production/a.ts": 'import { readFileSync } from "node:fs";' },
    incomplete,
  ],
  [
    "the same without its prefix",
    { "overlays/production/a.ts": "import fs from 'fs/promises';" },
    incomplete,
  ],
  [
    "a module of Node that reads nothing",
    { "overlays/production/a.ts": 'import { join } from "node:path";' },
    {},
  ],
  ["a URL that is computed", { "overlays/production/a.ts": "new URL(name, import.meta.url)" }, incomplete],
  [
    "a URL of a file elsewhere",
    { "overlays/production/a.ts": 'new URL("file:///etc/a.env"); new URL("/etc/b.env", import.meta.url)' },
    incomplete,
  ],
  ["a URL of no file", { "overlays/production/a.ts": "new URL(`https://${host}`)" }, {}],
  ["what is fetched", { "overlays/production/a.ts": 'await fetch("https://example.com")' }, incomplete],
  ["a word about a process", { "overlays/production/a.ts": "// It ends the process. As it should." }, {}],
])("an environment is rendered from %s", (_name, files, want) => {
  expect(given(files)("overlays/production")).toEqual({ ...only, ...want });
});

test("an environment is rendered from what lies outside of the workspace", () => {
  const { complete, overlays } = given({ "overlays/production/a.ts": 'new URL("../../../../a.env", x)' })(
    "overlays/production",
  );
  expect([complete, overlays]).toEqual([false, all]);
});

test.each<[string, string, Record<string, string>]>([
  ["a file", "local.env", { "overlays/production/a.ts": 'new URL("./local.env", import.meta.url);' }],
  [
    "a file by its name alone",
    "*.env",
    { "overlays/production/a.ts": 'new URL("app.env", import.meta.url);' },
  ],
  ["a module", "local.ts", { "overlays/production/a.ts": 'import "./local.ts";' }],
  [
    "a file in a folder",
    "*.sql",
    {
      "overlays/production/a.ts": 'new URL("./migrations/", import.meta.url);',
      "overlays/production/migrations/1.sql": "",
    },
  ],
  [
    "a file that another names",
    "*.local",
    {
      "overlays/production/a.ts": 'import "../../../shared/a.ts";',
      "../shared/a.ts": 'new URL("a.local", import.meta.url);',
    },
  ],
  ["its own folder", "production/", {}],
])("an environment is rendered each time from %s that git ignores", (_name, pattern, files) => {
  const ignoring = { ...files, "../.gitignore": pattern };
  expect(given(files)("overlays/production").complete).toBe(true);
  expect(given(ignoring)("overlays/production")).toMatchObject(incomplete);
});
