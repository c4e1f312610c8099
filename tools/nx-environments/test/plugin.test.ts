import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TargetConfiguration } from "@nx/devkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createNodes } from "../src/plugin.ts";

let workspaceRoot = "";
const argv = process.argv;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), "workspace-"));
  execFileSync("git", ["init", "--quiet"], { cwd: workspaceRoot });
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

async function targetsMade(project = "apps/render"): Promise<Record<string, TargetConfiguration>> {
  const [, create] = createNodes;
  const context = { workspaceRoot, nxJsonConfiguration: {}, configFiles: [] };
  const [first] = await create(["apps/render/package.json"], undefined, context);
  const [, result] = first ?? [];
  return result?.projects?.[project]?.targets ?? {};
}

const targets = async (): Promise<string[]> => Object.keys(await targetsMade());

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

test("files and variables that an overlay names are inputs of its target", async () => {
  overlay("staging");
  const file = join(workspaceRoot, "packages/manifests/src/overlays/staging/index.ts");
  writeFileSync(file, 'new URL("../../../../../config/app.env", import.meta.url); process.env.REGION;');
  const { staging, dev } = await targetsMade();
  expect(staging).toMatchObject({
    cache: true,
    inputs: [
      "production",
      "^exceptOverlays",
      "{workspaceRoot}/packages/manifests/src/overlays/staging/**/*",
      "{workspaceRoot}/config/app.env",
      { env: "REGION" },
    ],
  });
  writeFileSync(file, 'import { readFileSync } from "node:fs";');
  const unforeseeable = (await targetsMade())["staging"];
  expect(unforeseeable).toMatchObject({ cache: false });
  expect(unforeseeable?.inputs).toContain("{workspaceRoot}/**/*");
  expect(dev).toMatchObject({ cache: true });
});

test("an environment waits for the type check of what it is made of, and of what render is, not of other environments", async () => {
  overlay("staging");
  const dependencies = {
    "@atlas/compose": "workspace:*",
    "@atlas/manifests": "workspace:*",
    yaml: "catalog:",
  };
  const file = join(workspaceRoot, "apps/render/package.json");
  writeFileSync(file, JSON.stringify({ dependencies, devDependencies: { "@atlas/files": "workspace:*" } }));
  writeFileSync(join(workspaceRoot, "packages/manifests/src/overlays/dev/index.ts"), "");
  const { dev } = await targetsMade();
  expect(dev?.dependsOn).toEqual([
    "typecheck",
    { projects: ["compose", "files"], target: "typecheck" },
    { projects: ["manifests"], target: "typecheck-dev" },
  ]);
  const checks = await targetsMade("packages/manifests");
  expect(Object.keys(checks)).toEqual(["typecheck-base", "typecheck-dev", "typecheck-staging"]);
  expect(checks["typecheck-dev"]).toMatchObject({
    command: expect.stringMatching(/ src\/overlays\/dev\/index\.ts$/),
  });
  expect(
    checks["typecheck-dev"]?.inputs?.filter((input) => JSON.stringify(input).includes("overlays/")),
  ).toEqual(["{workspaceRoot}/packages/manifests/src/overlays/dev/**/*"]);
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
