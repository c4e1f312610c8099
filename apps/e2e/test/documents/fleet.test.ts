import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyWorkspace, type WorkspaceCopy } from "../../src/workspace/workspace-copy.ts";

let workspace: WorkspaceCopy;
beforeAll(() => {
  workspace = copyWorkspace();
}, 60_000);
afterAll(() => workspace.remove(), 60_000);

const path = (...parts: string[]): string => join(workspace.root, ...parts);

test("the fleet that the README shows is one target that renders all of it", () => {
  const readme = readFileSync(path("README.md"), "utf8");
  const [, rows = "", module = ""] = /```yaml\n(- \{ cluster.*?)```\n\n```ts\n(.*?)```/s.exec(readme) ?? [];
  const folder = path("packages/manifests/src/overlays/production");
  mkdirSync(folder);
  writeFileSync(join(folder, "clusters.yaml"), rows);
  writeFileSync(join(folder, "index.ts"), module);
  const rendered = (): string[] => {
    const { status, stdout, stderr } = workspace.run("nx", "run", "render:production");
    expect(status, stdout + stderr).toBe(0);
    return readdirSync(path("dist/manifests/production")).toSorted();
  };
  expect(rendered()).toEqual(["a-eu", "b-us"]);
  const { stdout } = workspace.run("atlas-render", "list");
  expect(readme).toContain(stdout);
  // Not from the cache: the rows are an input of the target.
  writeFileSync(join(folder, "clusters.yaml"), rows.split("\n")[0] ?? "");
  expect(rendered()).toEqual(["a-eu"]);
}, 120_000);
