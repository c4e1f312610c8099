import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { overlayFoldersOf } from "../src/overlay-folders.ts";

let sources = "";
beforeEach(() => {
  sources = mkdtempSync(join(tmpdir(), "overlays-"));
});
afterEach(() => rmSync(sources, { recursive: true }));

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
  [
    "what lies outside of the sources",
    { "overlays/production/a.ts": 'import "../../../test/a.ts";' },
    ["production"],
  ],
  ["what no program reads", { "overlays/production/README.md": "`../dev/index.ts`" }, ["production"]],
])("an environment that imports %s", (_name, files, want) => {
  for (const [name, text] of Object.entries({ ...always, ...files })) {
    mkdirSync(dirname(join(sources, name)), { recursive: true });
    writeFileSync(join(sources, name), text);
  }
  const overlayFolders = overlayFoldersOf(sources, "@atlas/manifests");
  expect(overlayFolders("overlays/production")).toEqual(want);
  expect(overlayFolders("base")).toEqual([]);
});
