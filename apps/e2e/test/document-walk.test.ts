import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { walkDocument, type DocumentWalk } from "../src/documents/document-walk.ts";

const document = "# Walk\n\nSay `echo NAME` and `echo on`.\n\n```sh\nexit 1   # not so\n```\n";
let root = "";
let walk: DocumentWalk;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "atlas-walk-"));
  writeFileSync(join(root, "WALK.md"), document);
  writeFileSync(join(root, "a.test.ts"), 'run("echo", "on");\n');
  walk = walkDocument("WALK.md", { root, env: process.env });
});
afterAll(() => rmSync(root, { recursive: true }));

test("a command that is not run is left, with its line", async () => {
  expect(walk.left()).toEqual([
    "WALK.md:3: no test runs `echo NAME`",
    "WALK.md:3: no test runs `echo on`",
    "WALK.md:6: no test runs `exit 1`",
  ]);
  const { stdout } = await walk.follow("echo NAME", { words: { NAME: "dev" }, more: "again" });
  expect(stdout).toBe("dev again");
  walk.followedIn("a.test.ts", "echo on");
  expect(walk.left()).toEqual(["WALK.md:6: no test runs `exit 1`"]);
});

test.each<[string, () => unknown, string]>([
  ["the document does not show", () => walk.follow("echo off"), "WALK.md does not show this command"],
  ["fails", () => walk.follow("exit 1"), "exit 1 \nended with 1"],
  ["does not have the word", () => walk.follow("echo on", { words: { NAME: "dev" } }), "there is no NAME in"],
  ["the other test does not run", () => walk.followedIn("a.test.ts", "echo NAME"), "a.test.ts does not run"],
])("a command that %s is refused", async (_name, run, says) => {
  await expect(async () => run()).rejects.toThrow(says);
});
