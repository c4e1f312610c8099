import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, inject, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { atlasRender } from "./atlas-render.ts";
import { applicable, kubectl, quietly, type LiveObject } from "./cluster.ts";
import { apply, nameOf, remove } from "./live.ts";

/** What `kubectl kustomize` makes of a folder, by name. */
async function kustomized(folder: string): Promise<Record<string, unknown>> {
  const documents = parseAllDocuments(await quietly("kustomize", folder), { version: "1.1" });
  return byName(documents.map((document) => document.toJS()));
}

const byName = (objects: readonly LiveObject[]): Record<string, unknown> =>
  Object.fromEntries(objects.map((object) => [nameOf(object), object]));

test.each(inject("environments"))("$name is to kubectl kustomize what it is as one stream", async (each) => {
  const stream = await atlasRender("render", each.name, "--output", "-", "--format", "json");
  const objects = stream.split("\n").map((line) => JSON.parse(line));
  expect(await kustomized(each.folder)).toEqual(byName(objects));
});

describe("import-kustomize, of a hand-written directory", () => {
  const handWritten = fileURLToPath(new URL("hand-written", import.meta.url));
  const folder = mkdtempSync(join(inject("folder"), "imported-"));
  const environments = join(folder, "sources/overlays");
  const rendered = join(folder, "rendered/hand-written");
  afterAll(() => remove(applicable(handWritten)));

  test("comes to the same objects, as it says itself", async () => {
    const said = await atlasRender("import-kustomize", handWritten, "--output", join(folder, "sources"));
    await atlasRender("render", "--environments", environments, "--output", join(folder, "rendered"));
    const objects = await kustomized(rendered);
    expect(said).toBe(`overlays/hand-written: same: ${Object.keys(objects).length} objects`);
    expect(objects).toEqual(await kustomized(handWritten));
  });

  test("changes nothing in a cluster that has the directory", async () => {
    const server = "--server-side";
    await apply(applicable(handWritten), server);
    const nothing = { exitCode: 0, stdout: "", stderr: "" };
    expect(await kubectl("diff", "-k", applicable(rendered), server)).toEqual(nothing);
  });
});
