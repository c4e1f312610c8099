import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../src/temporary-folder.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const helper = fileURLToPath(new URL("../src/temporary-folder.ts", import.meta.url));

/** Runs a test file of this text with the workspace's settings, in a temporary folder of its own. */
function run(text: string): { status: number | null; output: string; left: readonly string[] } {
  const folder = temporaryFolder("tests-");
  const temporary = temporaryFolder("tmp-");
  mkdirSync(join(folder, "test"));
  writeFileSync(join(folder, "test/a.test.ts"), text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      `--config=${join(root, "vitest.config.ts")}`,
      `--root=${folder}`,
      "--globals",
    ],
    { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], TMPDIR: temporary, NO_COLOR: "1" } },
  );
  return { status, output: stdout + stderr, left: readdirSync(temporary) };
}

const prelude = `
  import { execFileSync, spawn } from "node:child_process";
  import { mkdtempSync } from "node:fs";
  import { tmpdir } from "node:os";
  import { dirname, join } from "node:path";
  import { temporaryFolder } from ${JSON.stringify(helper)};
`;

test.each<[string, string, readonly string[]]>([
  [
    "by the file itself",
    `mkdtempSync(join(tmpdir(), "mine-")); test("a", () => {});`,
    ["a.test.ts", "mine-"],
  ],
  ["by a test", `test("a", () => { mkdtempSync(join(tmpdir(), "mine-")); });`, ["a.test.ts", "mine-"]],
  [
    "by a command",
    `test("a", () => { execFileSync("mktemp", ["-d", "-t", "theirs-XXXXXX"]); });`,
    ["a.test.ts", "theirs-"],
  ],
  [
    "where no file looks",
    `test("a", () => { mkdtempSync(join(dirname(tmpdir()), "outer-")); });`,
    ["the tests left in the temporary folder: outer-"],
  ],
])("what is left %s fails the run, by name, and goes", (_name, text, says) => {
  const { status, output, left } = run(prelude + text);
  expect(status, output).toBe(1);
  expect(output).toContain("left in the temporary folder");
  for (const part of says) expect(output).toContain(part);
  expect(left).toEqual([]);
});

test("a folder of the helper goes, after the hooks of the file", () => {
  const { status, output, left } = run(
    `${prelude}
     const folder = temporaryFolder("mine-");
     test("a", () => { temporaryFolder(); });
     afterAll(() => { mkdtempSync(join(folder, "late-")); });`,
  );
  expect([status, left], output).toEqual([0, []]);
});

test("a file whose tests are all skipped leaves nothing, either", () => {
  const { status, output, left } = run(`${prelude}
    temporaryFolder();
    mkdtempSync(join(tmpdir(), "mine-"));
    test.skip("a", () => {});`);
  expect([status, left], output).toEqual([0, []]);
});

test("tests see a temporary folder of their own", () => {
  expect(existsSync(tmpdir())).toBe(true);
  const folder = mkdtempSync(join(temporaryFolder(), "inner-"));
  expect(folder.startsWith(`${process.env["TMPDIR"]}/`)).toBe(true);
});
