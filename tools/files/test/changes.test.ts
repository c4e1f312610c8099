import { createHash } from "node:crypto";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changeFiles, replaceFiles, type ChangeOptions, type FileChange, type Recovery } from "@atlas/files";
import { parseJournal } from "../src/journal.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "atlas-files-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};
const tree = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(root.length + 1), readFileSync(file, "utf8")]),
  );
const write = (files: Record<string, string | undefined>, options?: ChangeOptions): Promise<void> =>
  changeFiles(root, (changes) => replaceFiles(changes, listOf(files)), options);
const listOf = (files: Record<string, string | undefined>): FileChange[] =>
  Object.entries(files).map(([path, content]) => ({ path, content }));

describe("a change", () => {
  test("writes, replaces and removes, and leaves nothing beside", async () => {
    put({ a: "1", b: "2" });
    await write({ a: "3", b: undefined, "c/d": "4" });
    expect(tree()).toEqual({ a: "3", "c/d": "4" });
  });

  test("that fails leaves everything as it was", async () => {
    put({ a: "1", "folder/x": "2" });
    await expect(write({ a: "3", "new/b": "4", folder: "5" })).rejects.toThrow("folder");
    expect(tree()).toEqual({ a: "1", "folder/x": "2" });
    expect(existsSync(join(root, "new"))).toBe(false);
  });

  test("keeps a file's mode, and a symbolic link as one", async () => {
    put({ "real/script": "1", secret: "2" });
    chmodSync(join(root, "real/script"), 0o755);
    chmodSync(join(root, "secret"), 0o600);
    symlinkSync("real/script", join(root, "link"));
    symlinkSync("real/later", join(root, "dangling"));
    await write({ link: "3", secret: "4", dangling: "5" });
    expect(tree()).toMatchObject({ "real/script": "3", secret: "4", "real/later": "5" });
    expect(lstatSync(join(root, "link")).isSymbolicLink()).toBe(true);
    expect([
      statSync(join(root, "real/script")).mode & 0o777,
      statSync(join(root, "secret")).mode & 0o777,
    ]).toEqual([0o755, 0o600]);
  });

  test("removes a symbolic link itself, and nothing of what it leads to", async () => {
    put({ "real/a": "1", "real/b": "2" });
    symlinkSync("real/a", join(root, "file"));
    symlinkSync("real", join(root, "folder"));
    await write({ file: undefined, folder: undefined, "real/b": undefined });
    expect(tree()).toEqual({ "real/a": "1" });
  });

  test("begins anew when its journal is taken away, for it was empty, while it waits", async () => {
    const slow = changeFiles(root, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      // The other's: that of the lock has two names.
      for (const name of readdirSync(root).filter((other) => other.endsWith(".journal")))
        if (statSync(join(root, name)).nlink === 1) rmSync(join(root, name));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await write({ a: "1" });
    await slow;
    expect(readdirSync(root)).toEqual(["a"]);
  });

  test("waits for another", async () => {
    const order: string[] = [];
    const slow = changeFiles(root, async () => {
      order.push("begins");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      order.push("ends");
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await write({ a: "1" }, { onWait: () => order.push("waits") });
    await slow;
    expect(order).toEqual(["begins", "waits", "ends"]);
    expect(readdirSync(root)).toEqual(["a"]);
  });
});

describe("symbolic links that lead out of the folder", () => {
  let outside = "";
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), "atlas-outside-"));
    writeFileSync(join(outside, "there"), "mine");
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  const table: [string, { links: Record<string, string>; files: Record<string, string | undefined> }][] = [
    ["a file's", { links: { a: "there" }, files: { a: "1" } }],
    ["one to what is not there", { links: { a: "later" }, files: { a: "1" } }],
    ["a folder's, for a new file", { links: { a: "." }, files: { "a/b/c": "1" } }],
    ["a folder's, for a file that is there", { links: { a: "." }, files: { "a/there": "1" } }],
    ["a folder's, for a file that is to go", { links: { a: "." }, files: { "a/there": undefined } }],
    ["a link to a link", { links: { a: "there" }, files: { b: "1" } }],
    ["one of many", { links: { a: "there" }, files: { c: "1", a: "2", kept: "3" } }],
  ];
  test.each(table)(
    "%s: nothing is changed anywhere, and the link is named",
    async (_name, { links, files }) => {
      put({ kept: "kept" });
      for (const [path, to] of Object.entries(links)) symlinkSync(join(outside, to), join(root, path));
      symlinkSync("a", join(root, "b"));
      const before = readdirSync(root);
      await expect(write(files)).rejects.toMatchObject({
        code: "ELOOP",
        message: expect.stringContaining("lead out of"),
      });
      expect(readdirSync(root)).toEqual(before);
      expect(readFileSync(join(root, "kept"), "utf8")).toBe("kept");
      expect(readdirSync(outside)).toEqual(["there"]);
      expect(readFileSync(join(outside, "there"), "utf8")).toBe("mine");
    },
  );

  test("a narrower folder may be stated, which a link within the change's own leads out of", async () => {
    put({ "package/a": "1", "other/b": "2" });
    symlinkSync("../other/b", join(root, "package/b"));
    const act = (within: string): Promise<void> =>
      changeFiles(root, (changes) =>
        replaceFiles(changes, [{ path: "package/b", content: "3" }], join(root, within)),
      );
    await expect(act("package")).rejects.toThrow(join(root, "package/b"));
    await act("");
    expect(tree()).toMatchObject({ "other/b": "3" });
  });

  test("the folder itself may be named by one", async () => {
    const named = join(outside, "named");
    symlinkSync(root, named);
    put({ "real/a": "1" });
    symlinkSync("real/a", join(root, "link"));
    await changeFiles(named, (changes) =>
      replaceFiles(changes, [
        { path: "link", content: "2" },
        { path: "new/b", content: "3" },
      ]),
    );
    expect(tree()).toEqual({ "real/a": "2", link: "2", "new/b": "3" });
  });
});

const script = fileURLToPath(new URL("write.ts", import.meta.url));
/** Starts a process that writes files in a change, and stops before it commits. */
const start = (files: Record<string, string | undefined>): ChildProcess =>
  spawn(process.execPath, ["--conditions=@atlas/source", script, root, JSON.stringify(listOf(files))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
async function killed(files: Record<string, string | undefined>): Promise<void> {
  const child = start(files);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
}

describe("a killed change", () => {
  test("is taken back by the next, files of the user's own excepted", async () => {
    const before = { a: "1", b: "2", gone: "3", edited: "4" };
    put(before);
    await killed({ a: "x", gone: undefined, edited: "x", made: "x", "new/made": "x" });
    expect(tree()).toMatchObject({ a: "x", edited: "x", "new/made": "x" });
    put({ edited: "mine", made: "mine", gone: "mine" });
    const found: Recovery[] = [];
    await write({}, { onRecovery: (recovery) => found.push(recovery) });
    expect(tree()).toEqual({ ...before, edited: "mine", made: "mine", gone: "mine" });
    const sorted = found.map(({ isFound, kept }) => ({ isFound, kept: kept.toSorted() }));
    expect(sorted).toEqual([{ isFound: true, kept: ["made", "edited", "gone"].toSorted() }]);
    expect(existsSync(join(root, "new"))).toBe(false);
  });

  test("of other targets stays until a run decides about them", async () => {
    put({ a: "1" });
    await killed({ a: "x" });
    await write({}, { isTarget: (path) => path !== "a" });
    expect(tree()).toMatchObject({ a: "x" });
    await write({});
    expect(tree()).toEqual({ a: "1" });
  });

  test("by a signal that can be handled is taken back at once", async () => {
    for (const [signal, code] of [
      ["SIGTERM", 143],
      ["SIGHUP", 129],
      ["SIGINT", 130],
    ] as const) {
      put({ a: "1" });
      const child = start({ a: "x", b: "x" });
      await new Promise((resolve) => child.stdout?.once("data", resolve));
      child.kill(signal);
      expect(await new Promise((resolve) => child.once("close", resolve))).toBe(code);
      expect(tree()).toEqual({ a: "1" });
    }
  });
});

describe("what only looks like ours", () => {
  const id = "0123456789abcdefghij";
  const { pid } = spawnSync("true");
  const owner = { machine: "another", pid, start: "1" };
  const header = JSON.stringify({ format: "atlas-files/1", id, owner });
  const table: [string, Record<string, string>][] = [
    ["a folder of a similar name", { [`.atlas-${id}.1/x`]: "mine" }],
    [
      "names of editors and tools",
      { ".bashrc.20240101.old": "mine", ".x.123.new": "", ".config.2023.old/x": "" },
    ],
    ["what a journal without a word does not name", { [`.atlas-${id}.1`]: "mine" }],
    ["a journal of something else", { [`.atlas-${id}.journal`]: '{"id":1}\n', [`.atlas-${id}.1`]: "mine" }],
    [
      "a journal of another name",
      { ".atlas-aaaaaaaaaaaaaaaaaaaa.journal": `${header}\n{"staged":".atlas-${id}.1","target":"a"}\n` },
    ],
    [
      "a journal that names what is not beside a target",
      {
        [`.atlas-${id}.journal`]: `${header}\n{"staged":"mine","target":"a"}\n{"committed":1}\n{"staged":".atlas-${id}.1","target":"../a"}`,
        [`.atlas-${id}.1`]: "mine",
        mine: "mine",
      },
    ],
    [
      "a journal that leads out of the folder",
      {
        [`sub/.atlas-${id}.journal`]: `${header}\n{"aside":"../.atlas-${id}.1","target":"../a"}\n`,
        [`.atlas-${id}.1`]: "mine",
      },
    ],
    [
      "a journal of a process that may be alive elsewhere",
      {
        [`.atlas-${id}.journal`]: `${header}\n{"staged":".atlas-${id}.1","target":"a"}\n`,
        [`.atlas-${id}.1`]: "theirs",
      },
    ],
  ];
  test.each(table)("%s stays", async (name, files) => {
    put(files);
    if (name.includes("without a word")) put({ [`.atlas-${id}.journal`]: "" });
    const old = new Date(Date.now() - 60_000);
    for (const file of Object.keys(files))
      if (!name.includes("alive")) utimesSync(join(root, file), old, old);
    mkdirSync(join(root, "sub"), { recursive: true });
    await write({ other: "1" });
    await changeFiles(join(root, "sub"), () => {});
    expect(tree()).toEqual({ ...files, other: "1" });
  });

  test("what a planted journal names beyond a symbolic link is not touched", async () => {
    const outside = mkdtempSync(join(tmpdir(), "atlas-outside-"));
    writeFileSync(join(outside, "known"), "known");
    symlinkSync(outside, join(root, "link"));
    const wrote = createHash("sha256").update("known").digest("hex");
    put({
      [`.atlas-${id}.1`]: "planted",
      [`.atlas-${id}.journal`]: `${header}
{"made":"link/known","wrote":"${wrote}"}
{"aside":".atlas-${id}.1","target":"link/new"}
{"aside":".atlas-${id}.1","target":"link/known","wrote":"${wrote}"}
{"folder":"link/empty"}
`,
    });
    mkdirSync(join(outside, "empty"));
    const old = new Date(Date.now() - 60_000);
    utimesSync(join(root, `.atlas-${id}.journal`), old, old);
    await write({ other: "1" });
    expect(readdirSync(outside).toSorted()).toEqual(["empty", "known"]);
    expect(readFileSync(join(outside, "known"), "utf8")).toBe("known");
    rmSync(outside, { recursive: true });
  });

  test("a lock's file of another program is refused, and stays", async () => {
    put({ ".atlas-lock": "mine" });
    await expect(write({ a: "1" })).rejects.toThrow("is not a lock of this program");
    expect(tree()).toEqual({ ".atlas-lock": "mine" });
  });

  test("a journal of any text is never taken for one, and never throws", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => parseJournal(text) === undefined));
    fc.assert(
      fc.property(fc.json(), fc.json(), (first, second) => {
        expect(parseJournal(`${first}\n${second}\n`)).toBeUndefined();
        expect(parseJournal(`${header}\n${second}\n`)?.entries).toEqual([]);
      }),
    );
  });
});
