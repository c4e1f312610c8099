import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareFiles, writeFiles } from "../src/write.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "crd-codegen-"));
  mkdirSync(join(root, "out"));
  writeFileSync(join(root, "out/a"), "old a");
  writeFileSync(join(root, "out/z"), "old z");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (files: Record<string, string>): void =>
  writeFiles(
    root,
    compareFiles(
      root,
      Object.entries(files).map(([path, content]) => ({ path, content })),
      ["out"],
    ),
  );
const content = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(root, "out"), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(root, "out", name), "utf8")]),
  );

test("what has changed is written, what should not be there is removed", () => {
  write({ "out/a": "new a", "out/b": "new b" });
  expect(content()).toEqual({ a: "new a", b: "new b" });
});

test("when one can't be written, none is", () => {
  expect(() => write({ "out/a": "new a", "out/z/inside": "z is a file" })).toThrow();
  expect(content()).toEqual({ a: "old a", z: "old z" });
});

test("when one can't be put in its place, those before it are put back", () => {
  // A folder that is not empty takes no file's name, whatever is written beside it.
  mkdirSync(join(root, "out/k.sub/inside"), { recursive: true });
  writeFileSync(join(root, "out/k.sub/inside/file"), "");
  const changed = [
    { path: "out/a", content: "new a" },
    { path: "out/b", content: "new b" },
    { path: "out/k.sub", content: "new k" },
  ];
  mkdirSync(join(root, `out/k.sub.${process.pid}.old/inside`), { recursive: true });
  expect(() => writeFiles(root, { changed, extra: [] })).toThrow();
  expect(content()).toEqual({ a: "old a", z: "old z" });
  rmSync(join(root, `out/k.sub.${process.pid}.old`), { recursive: true });
});
