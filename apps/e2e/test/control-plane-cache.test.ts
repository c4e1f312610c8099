import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";

const cacheModule = JSON.stringify(
  new URL("../src/control-plane/control-plane-cache.ts", import.meta.url).href,
);
let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cache-"));
  folder = join(home, "atlas-e2e");
});
afterEach(() => rmSync(home, { recursive: true }));

/** A process that needs the entry `thing`, which takes a while to make, and prints the file in it. */
const fill = (name: string, make = `writeFileSync(folder + "/file", ${JSON.stringify(name)});`) =>
  execa(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { readFileSync, writeFileSync } from "node:fs";
       import { setTimeout as sleep } from "node:timers/promises";
       import { fillCache } from ${cacheModule};
       const entry = await fillCache("thing", async (folder) => { await sleep(1000); ${make} });
       console.log(readFileSync(entry + "/file", "utf8"));`,
    ],
    { env: { XDG_CACHE_HOME: home }, reject: false },
  );

test("two processes at once make an entry once", async () => {
  const [one, other] = await Promise.all([fill("one"), fill("other")]);
  expect(one.stdout).toMatch(/^(?:one|other)$/);
  expect(other.stdout).toBe(one.stdout);
  expect(readdirSync(folder)).toEqual(["thing"]);
});

test("what fails leaves no entry, and the next makes it", async () => {
  const { stderr } = await fill("", `writeFileSync(folder + "/half", ""); throw new Error("broken");`);
  expect(stderr).toContain("broken");
  expect(readdirSync(folder)).toEqual([]);
  expect((await fill("again")).stdout).toBe("again");
});

test("what a killed process left is not taken for an entry", async () => {
  for (const left of ["thing.lock", "thing.unfinished-1"]) mkdirSync(join(folder, left), { recursive: true });
  utimesSync(join(folder, "thing.lock"), 0, 0);
  expect((await fill("whole")).stdout).toBe("whole");
  expect(existsSync(join(folder, "thing.unfinished-1"))).toBe(false);
  expect(readFileSync(join(folder, "thing", "file"), "utf8")).toBe("whole");
});
