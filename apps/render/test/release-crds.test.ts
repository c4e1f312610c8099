import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "@atlas/manifests/releases";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, test } from "vitest";
import { crdListOf, releaseSources } from "../src/commands/upgrade/release-crds.ts";

const group = ["--group", "db.atlasgo.io"];
const expected = (...plurals: string[]): string[] =>
  plurals.flatMap((plural) => ["--expect", `${plural}.db.atlasgo.io`]);

describe("the CRDs of a release", () => {
  test.each<[Release, { given: string[]; want: string[] }]>([
    ["v0.1.6", { given: ["/a.yaml"], want: ["/a.yaml", ...group, "--whole", ...expected("atlasschemas")] }],
    [
      "v0.7.37",
      {
        given: ["/a.yaml", "https://example.com/b.yaml"],
        want: [
          "/a.yaml",
          "https://example.com/b.yaml",
          ...group,
          "--whole",
          ...expected("atlasschemas", "atlasmigrations"),
        ],
      },
    ],
    ["v0.7.38", { given: ["/a.yaml"], want: ["/a.yaml", ...group] }],
  ])("%s, given as files, are held against what is known: %o", async (release, { given, want }) => {
    expect(await releaseSources(release, given)).toEqual({ args: want, left: [] });
  });

  test("are what a list says, and what else it says is left", async () => {
    const folder = temporaryFolder("list-");
    const list = join(folder, "kustomization.yaml");
    writeFileSync(list, "resources: [bases/a.yaml, ./b.yml]\nconfigurations: [c.yaml]\npatches: []\n");
    const { args, left } = await releaseSources("v0.7.37", [list]);
    expect(args).toEqual([join(folder, "bases/a.yaml"), join(folder, "b.yml"), ...group, "--whole"]);
    expect(left).toEqual([expect.stringContaining("its configurations were not applied")]);
  });

  test.each([
    ["../a.yaml"],
    ["/etc/a.yaml"],
    ["https://example.com/a.yaml"],
    ["bases"],
    ["a/../b.yaml"],
    [".hidden/a.yaml"],
    ["//example.com/a.yaml"],
    ["a.yaml?x"],
    [7],
  ])("lie beside their list: not %j", async (name) => {
    const list = join(temporaryFolder("list-"), "kustomization.yaml");
    writeFileSync(list, JSON.stringify({ resources: ["a.yaml", name] }));
    await expect(releaseSources("v0.8.0", [list])).rejects.toThrow(`name ${JSON.stringify(name)}`);
  });

  test("are listed at the release's tag", () =>
    expect(crdListOf("v0.8.0")).toMatch(/\/v0\.8\.0\/config\/crd\/kustomization\.yaml$/));
});
