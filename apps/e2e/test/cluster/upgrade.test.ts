import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, inject, test } from "vitest";
import { applicable, kubectl } from "./cluster.ts";
import { apply, liveObjects, nameOf, remove, statedObjects } from "./live.ts";

const rendered = inject("environments").find(({ name }) => name === "dev")?.folder ?? "";
const dev = applicable(rendered);
const handWritten = applicable(fileURLToPath(new URL("hand-written", import.meta.url)));

/** A Kustomize directory that `dev` replaces in a real cluster; the one that is tried here was written for it. */
const original = process.env["ATLAS_E2E_ORIGINAL"];

const server = ["--server-side"];
/** The ways of one folder over the other: how the first was applied, and how the second is. */
const ways: [way: string, first: string[], second: string[]][] = [
  ["client side over client side", [], []],
  // Client-side apply owns the defaults of what it created, too; kubectl takes over by itself only what was stated.
  ["server side over client side", [], [...server, "--force-conflicts"]],
  ["server side over server side", server, server],
];

const directories: [name: string, folder: string, ways: typeof ways][] = [
  ["a hand-written directory", handWritten, ways],
  // CRDs with their prose are too large for client-side apply.
  ...(original
    ? [["ATLAS_E2E_ORIGINAL", applicable(original), ways.slice(2)] as (typeof directories)[0]]
    : []),
];

describe.each(directories)("%s", (_name, folder, possible) => {
  afterEach(async () => {
    await remove(dev);
    await remove(folder);
  });

  test("holds the objects of dev and no other", async () => {
    await apply(folder, ...server);
    const names = (await liveObjects(folder)).map(nameOf);
    await remove(folder);
    await apply(dev, ...server);
    expect(names.toSorted()).toEqual((await liveObjects(dev)).map(nameOf).toSorted());
  });

  describe.each(possible)("%s", (_way, first, second) => {
    test("dev over it is what a fresh install is", () => endsFresh(folder, first, dev, second));
    test("it over dev is what a fresh install is", () => endsFresh(dev, first, folder, second));
  });
});

/** Applies one folder over the other, and expects that nothing of the first is left in what the second states. */
async function endsFresh(first: string, how: string[], second: string, flags: string[]): Promise<void> {
  const want = await freshInstall(second, flags);
  await apply(first, ...how);
  await apply(second, ...flags);
  expect(await kubectl("diff", "-k", second, ...flags)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect(await statedObjects(second)).toEqual(want);
}

const installed = new Map<string, Record<string, unknown>>();

/** What a folder is in a cluster that had nothing of it before. */
async function freshInstall(folder: string, flags: string[]): Promise<Record<string, unknown>> {
  const key = [folder, ...flags].join(" ");
  if (!installed.has(key)) {
    await apply(folder, ...flags);
    installed.set(key, await statedObjects(folder));
    await remove(folder);
  }
  return installed.get(key) ?? {};
}

describe("what another tool applied", () => {
  afterEach(() => remove(dev));

  test("is not overwritten unless that is asked for, and then no value of it is left where dev states one", async () => {
    await apply(handWritten, ...server, "--field-manager=another-tool");
    const before = await statedObjects(handWritten);
    const refused = await kubectl("apply", "-k", dev, ...server);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/conflicts with "another-tool":\n- \.spec\.replicas\n/);
    const after = await statedObjects(dev);
    const deployment = Object.keys(before).find((name) => name.startsWith("apps/v1 Deployment")) ?? "";
    expect(after[deployment]).toEqual(before[deployment]);

    await apply(dev, ...server, "--force-conflicts");
    const diff = await kubectl("diff", "-k", dev, ...server, "--force-conflicts");
    expect(diff).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });
});
