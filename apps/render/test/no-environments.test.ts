import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { atlasRenderIn, filesIn, moduleOf } from "./command.ts";

const environment = moduleOf(
  'export default base({ resources: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" } }] });',
);
const folder = filesIn({
  "package.json": '{ "type": "module" }',
  "imported/base/index.ts": environment,
  "imported/overlays/dev/index.ts": environment,
  "imported/overlays/dev/patches/web.ts": "",
  "imported/overlays/production/index.ts": environment,
  "imported/components/tls/part.ts": "",
  "files/a.yaml": "",
  "kustomized/base/kustomization.yaml": "",
});
mkdirSync(join(folder, "empty"));

test.each<[given: string, what: string, fix: string]>([
  [
    "imported/overlays/dev",
    'it is the folder of one environment, "dev"',
    "atlas-render render dev --environments imported/overlays",
  ],
  [
    "imported/overlays/dev/",
    'it is the folder of one environment, "dev"',
    "atlas-render render dev --environments imported/overlays",
  ],
  [
    "imported/overlays/dev/index.ts",
    "it is a file",
    "give --environments imported/overlays, which holds dev, production",
  ],
  ["imported/overlays/dev/patches", "there are only files in it", "make one"],
  ["imported/overlay", "there is no such folder", "did you mean imported/overlays?"],
  ["imported/components", "none of its folders has an index.ts (tls)", "make one"],
  ["importd", "there is no such folder", "did you mean imported?"],
  ["no/where", "there is no such folder", "check the path"],
  ["empty", "it is empty", "make one"],
  ["files", "there are only files in it", "make one"],
  ["kustomized", "none of its folders has an index.ts (base)", "atlas-render import-kustomize kustomized"],
  [".", "none of its folders has an index.ts", "give one of these: imported, imported/overlays"],
])("--environments %s says what is there and what was meant", (given, what, fix) => {
  for (const names of [[], ["dev"]]) {
    const { status, stdout, stderr } = atlasRenderIn(
      folder,
      "render",
      ...names,
      "--environments",
      given,
      "-o",
      "-",
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^atlas-render: [^\n]*\n/);
    expect(stderr.split("\n", 1)[0]).toContain(what);
    expect(stderr).toContain(fix);
  }
});

test("a folder of overlays among environments is named where all are rendered, and where one of it is asked for", () => {
  const all = atlasRenderIn(folder, "render", "--environments", "imported", "-o", "-");
  expect([all.status, all.stdout]).toEqual([2, ""]);
  expect(all.stderr).toContain("the folder is no environment, but holds some: dev, production");
  expect(all.stderr).toContain("give --environments imported/overlays");
  const one = atlasRenderIn(folder, "list", "--environments", "imported/overlays");
  expect(one.status).toBe(0);
  const asked = atlasRenderIn(folder, "render", "production", "--environments", "imported", "-o", "-");
  expect(asked.stderr).toContain("give --environments imported/overlays, which holds it");
});

test("an environment is made in a folder that has none yet, whatever else is there", () => {
  const made = filesIn({ "package.json": '{ "type": "module" }', "environments/shared/part.ts": "" });
  const { stderr } = atlasRenderIn(made, "new", "qa", "--from", "base", "--environments", "environments");
  expect(stderr).not.toContain("environments-missing");
});
