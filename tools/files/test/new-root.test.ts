import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { changeFiles, replaceFiles } from "@atlas/files";

const all = mkdtempSync(join(tmpdir(), "atlas-files-"));
afterAll(() => rmSync(all, { recursive: true }));
const temporaryFolder = (): string => mkdtempSync(join(all, "base-"));

const script = fileURLToPath(new URL("killed-at-step.ts", import.meta.url));

/** Changes a folder in a process that something happens to before a call of the file system. */
function run(folder: string, step: number, act: "write" | "fail" | "cleared") {
  const given = ["--conditions=@atlas/source", script, folder, String(step), act];
  return spawnSync(process.execPath, given, { encoding: "utf8" });
}

/** Changes a folder in a process that is killed before a call of the file system; whether it came to that. */
const isKilled = (folder: string, step: number, act: "write" | "fail" = "write"): boolean =>
  run(folder, step, act).signal === "SIGKILL";

const namesIn = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).toSorted();

const write = (folder: string): Promise<void> =>
  changeFiles(folder, (changes) => replaceFiles(changes, [{ path: "sub/file", content: "later" }]));

const fail = (folder: string): Promise<void> =>
  changeFiles(folder, () => {
    throw new Error("on purpose");
  });

const whole = ["a", "a/b", "a/b/sub", "a/b/sub/file"];

describe("a change of a folder that is not there", () => {
  test("makes it, with those around it", async () => {
    const base = temporaryFolder();
    await write(join(base, "a/b"));
    expect(namesIn(base)).toEqual(["a", "a/b", "a/b/sub", "a/b/sub/file"]);
  });

  test("leaves none of them when it fails", async () => {
    const base = temporaryFolder();
    await expect(fail(join(base, "a/b"))).rejects.toThrow("on purpose");
    expect(namesIn(base)).toEqual([]);
  });

  test("leaves a folder that somebody has put something into", async () => {
    const base = temporaryFolder();
    const change = changeFiles(join(base, "a/b/c"), () => {
      writeFileSync(join(base, "a/theirs"), "theirs");
      throw new Error("on purpose");
    });
    await expect(change).rejects.toThrow("on purpose");
    expect(namesIn(base)).toEqual(["a", "a/theirs"]);
  });

  test("leaves an empty folder that was there before", async () => {
    const base = temporaryFolder();
    mkdirSync(join(base, "a"));
    await expect(fail(join(base, "a/b"))).rejects.toThrow("on purpose");
    await expect(fail(join(base, "a"))).rejects.toThrow("on purpose");
    expect(namesIn(base)).toEqual(["a"]);
  });

  test.each([
    ["below a file", "file/a", /ENOTDIR.*file\/a'/],
    ["in a file", "file", /ENOTDIR.*file'/],
    ["where a link leads nowhere", "link", /ENOTDIR.*link'/],
    ["where no folder can be", "/proc/atlas/a", /ENOENT.*\/proc\/atlas'/],
  ])("says that it cannot be made %s", async (_where, path, said) => {
    const base = temporaryFolder();
    writeFileSync(join(base, "file"), "");
    symlinkSync("gone", join(base, "link"));
    const folder = path.startsWith("/") ? path : join(base, path);
    await expect(write(folder)).rejects.toThrow(said);
    expect(namesIn(base)).toEqual(["file", "link"]);
  });

  test("is made once by two that do it at the same time", async () => {
    const folder = join(temporaryFolder(), "a/b");
    const changes = Array.from({ length: 20 }, (_, index) =>
      changeFiles(folder, (change) => replaceFiles(change, [{ path: `f${index}`, content: "x" }])),
    );
    await Promise.all(changes);
    expect(namesIn(folder)).toHaveLength(20);
  });
});

test("one beside which another process clears up before any of its calls of the file system is done", () => {
  for (let step = 0; step < 30; step++) {
    const base = temporaryFolder();
    const { status, stderr } = run(join(base, "a/b"), step, "cleared");
    expect([step, status, stderr, namesIn(base)]).toEqual([step, 0, "", whole]);
  }
});

describe("one that is killed before any of its calls of the file system", () => {
  const steps = Array.from({ length: 40 }, (_, step) => step);

  test("is done by the next", async () => {
    let kills = 0;
    for (const step of steps) {
      const base = temporaryFolder();
      if (isKilled(join(base, "a/b"), step)) kills++;
      await write(join(base, "a/b"));
      expect([step, namesIn(base)]).toEqual([step, whole]);
    }
    expect(kills).toBeGreaterThan(10);
  });

  test("leaves what is whole or, after a next one that fails, nothing", async () => {
    for (const step of steps) {
      const base = temporaryFolder();
      isKilled(join(base, "a/b"), step);
      await expect(fail(join(base, "a/b"))).rejects.toThrow("on purpose");
      const left = namesIn(base);
      expect([step, left]).toEqual([step, left.length === 0 ? [] : whole]);
      if (left.length > 0) expect(readFileSync(join(base, "a/b/sub/file"), "utf8")).toBe("new");
    }
  });

  test("while it takes itself back leaves nothing after the next", async () => {
    for (const step of steps.slice(0, 30)) {
      const base = temporaryFolder();
      isKilled(join(base, "a/b"), step, "fail");
      await expect(fail(join(base, "a/b"))).rejects.toThrow("on purpose");
      expect([step, namesIn(base)]).toEqual([step, []]);
    }
  });
});
