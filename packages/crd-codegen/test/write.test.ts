import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changeFiles } from "@atlas/files";
import { compareFiles, writeFiles } from "../src/emit/write.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "crd-codegen-"));
  mkdirSync(join(root, "out"));
  writeFileSync(join(root, "out/a"), "old a");
  writeFileSync(join(root, "out/z"), "old z");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (files: Record<string, string>): Promise<void> =>
  changeFiles(root, (changes) => {
    const list = Object.entries(files).map(([path, content]) => ({ path, content }));
    writeFiles(changes, root, compareFiles(root, list, ["out"]));
  });
const content = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(root, "out"), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(root, "out", name), "utf8")]),
  );

test("what has changed is written, what should not be there is removed", async () => {
  await write({ "out/a": "new a", "out/b": "new b" });
  expect(content()).toEqual({ a: "new a", b: "new b" });
});

test.each([
  ["can't be written", "out/z/inside"],
  ["can't be put in its place", "out/folder"],
])("when one %s, none is", async (_name, path) => {
  mkdirSync(join(root, "out/folder/inside"), { recursive: true });
  writeFileSync(join(root, "out/folder/inside/file"), "");
  await expect(write({ "out/a": "new a", "out/b": "new b", [path]: "new" })).rejects.toThrow();
  expect(content()).toEqual({ a: "old a", z: "old z" });
  expect(readdirSync(root)).toEqual(["out"]);
});
