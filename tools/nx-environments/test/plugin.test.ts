import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createNodes } from "../src/plugin.ts";

let workspaceRoot = "";
const argv = process.argv;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), "workspace-"));
  mkdirSync(join(workspaceRoot, "packages/manifests/src/base"), { recursive: true });
  mkdirSync(join(workspaceRoot, "apps/render"), { recursive: true });
  writeFileSync(join(workspaceRoot, "apps/render/package.json"), "{}");
  overlay("dev");
});
afterEach(() => {
  process.argv = argv;
  rmSync(workspaceRoot, { recursive: true });
});
const overlay = (name: string): string =>
  mkdirSync(join(workspaceRoot, "packages/manifests/src/overlays", name), { recursive: true }) ?? "";

async function targets(): Promise<string[]> {
  const [, create] = createNodes;
  const context = { workspaceRoot, nxJsonConfiguration: {}, configFiles: [] };
  const [first] = await create(["apps/render/package.json"], undefined, context);
  const [, result] = first ?? [];
  return Object.keys(result?.projects?.["apps/render"]?.targets ?? {});
}

const unfit = [
  "$(touch x)",
  "a;b",
  "a b",
  "Dev",
  "-a",
  "a-",
  "a.b",
  "ä",
  "a\nb",
  "\u001b[31m",
  "a".repeat(64),
  "`x`",
];

test("each overlay folder is a target", async () => {
  overlay("a".repeat(63));
  expect(await targets()).toEqual(["base", "a".repeat(63), "dev", "render"]);
});

describe("a name that is not a DNS label", () => {
  test.each(unfit)("is refused as a folder: %j", async (name) => {
    overlay(name);
    await expect(targets()).rejects.toThrow(`no environment can have the name ${JSON.stringify(name)}`);
  });

  test.each([...unfit, "a/b/c", "../a", "a/", "a/$(x)"])(
    "makes no target when it is asked for: %j",
    async (name) => {
      process.argv = [...argv, `render:${name}`];
      expect(await targets()).toEqual(["base", "dev", "render"]);
    },
  );

  test.each(["staging", "production/eu-1"])(
    "but %s has one, which says that it does not exist",
    async (name) => {
      process.argv = [...argv, `render:${name}`];
      expect(await targets()).toEqual(["base", "dev", "render", name]);
    },
  );
});
