import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { notRun } from "../src/not-run.ts";

const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "atlas-ci-"));
afterAll(() => rmSync(root, { recursive: true }));

const tests = `import { describe, expect, test } from "vitest";
test("runs", () => expect(1).toBe(1));
test.skipIf(true)("one test (needs a tool)", () => {});
describe.skipIf(true)("a suite (not run: there is no tool)", () => {
  test("a", () => {});
  test("b", () => {});
});
describe("another", () => {
  test("runs", () => expect(1).toBe(1));
  test.skipIf(true)("does not", () => {});
});
`;

test("what the tests of a task skipped is said by name, and of a task without a report nothing", () => {
  expect(notRun(root)).toBe("");
  for (const file of ["vitest.config.ts", "package.json"])
    copyFileSync(join(workspace, file), join(root, file));
  for (const folder of ["node_modules", "tools"]) symlinkSync(join(workspace, folder), join(root, folder));
  mkdirSync(join(root, "test"));
  writeFileSync(join(root, "test/a.test.ts"), tests);
  const task = { NX_TASK_TARGET_PROJECT: "shop", NX_TASK_TARGET_TARGET: "unit" };
  const vitest = join(workspace, "node_modules/vitest/vitest.mjs");
  const run = (env: object) =>
    spawnSync(process.execPath, [vitest, "run"], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
  const { status, stderr } = run(task);
  expect([status, stderr]).toEqual([0, ""]);
  const lines = ["one test (needs a tool)", "a suite (not run: there is no tool)", "another > does not"];
  expect(notRun(root)).toBe(lines.map((line) => `NOT RUN: shop:unit: test/a.test.ts: ${line}\n`).join(""));
});
