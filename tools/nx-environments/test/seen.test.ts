import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seenIn } from "../src/seen.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "seen-")));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

test.each<[string, Record<string, string>, boolean]>([
  ["nothing ignores", {}, true],
  [".gitignore ignores", { ".gitignore": "*.env" }, false],
  [".gitignore ignores the folder of", { ".gitignore": "a/b/" }, false],
  ["a .gitignore beside it ignores", { "a/b/.gitignore": "/local.env" }, false],
  [".git/info/exclude ignores", { ".git/info/exclude": "local.*" }, false],
  [".nxignore names", { ".nxignore": "**/b/*.env" }, false],
  ["is excepted", { ".gitignore": "*.env\n!local.env" }, true],
  ["is excepted further below", { ".gitignore": "*.env", "a/.gitignore": "!*.env" }, true],
  ["is excepted in an ignored folder", { ".gitignore": "a/*\n!local.env" }, false],
  ["is no folder, as the pattern means one", { ".gitignore": "local.env/" }, true],
])("whether Nx sees a file that %s", (_name, patterns, want) => {
  write(patterns);
  const file = join(root, "a/b/local.env");
  expect(seenIn(root)([file])).toBe(want);
  write({ "a/b/local.env": "A=1" });
  expect(seenIn(root)([file])).toBe(want);
});

test.each([
  ["../x.env", false],
  ["node_modules/b/x.env", false],
  ["linked/x.env", false],
  ["a/link.env", true],
  ["a/*", true],
  ["a", true],
  [".", false],
])("whether Nx sees %s", (name, want) => {
  write({ "a/x.env": "", "node_modules/b/x.env": "" });
  symlinkSync("a", join(root, "linked"));
  symlinkSync("x.env", join(root, "a/link.env"));
  expect(seenIn(root)([join(root, name)])).toBe(want);
});

test("nothing counts as seen where git does not say", () => {
  write({ "a.env": "" });
  rmSync(join(root, ".git"), { recursive: true });
  expect(seenIn(root)([join(root, "a.env")])).toBe(false);
});

/** The files that Nx itself sees in a workspace. */
function seenByNx(): string[] {
  const require = createRequire(import.meta.url);
  const native = join(dirname(require.resolve("nx/package.json")), "dist/src/native/index.js");
  const { WorkspaceContext } = require(native);
  const files: { file: string }[] = new WorkspaceContext(root, join(root, ".nx")).allFileData();
  return files.map(({ file }) => file).filter((file) => file.endsWith(".env"));
}

test("Nx sees what is said to be seen, whatever the patterns", () => {
  const part = fc.constantFrom("a", "b", "c.env", "d.env", "*", "**", "*.env", "[ab]");
  const pattern = fc
    .tuple(
      fc.constantFrom("", "!"),
      fc.constantFrom("", "/"),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", "/"),
    )
    .map(([not, first, parts, last]) => `${not}${first}${parts.join("/")}${last}`);
  const folders = ["", "a/", "b/", "a/b/"];
  const files = folders.flatMap((at) => ["c.env", "d.env"].map((name) => `${at}${name}`));
  const places = [...folders.map((at) => `${at}.gitignore`), ".git/info/exclude"];
  const patterns = fc.dictionary(fc.constantFrom(...places), fc.array(pattern, { maxLength: 3 }), {
    maxKeys: 3,
  });
  fc.assert(
    fc.property(patterns, (said) => {
      for (const name of readdirSync(root))
        if (name !== ".git") rmSync(join(root, name), { recursive: true });
      write({ ".git/info/exclude": "", ...Object.fromEntries(files.map((name) => [name, ""])) });
      write(Object.fromEntries(Object.entries(said).map(([place, lines]) => [place, lines.join("\n")])));
      const areSeen = seenIn(root);
      areSeen(files.map((name) => join(root, name)));
      expect(files.filter((name) => areSeen([join(root, name)])).toSorted()).toEqual(seenByNx().toSorted());
    }),
    { numRuns: 40, seed: 1 },
  );
});
