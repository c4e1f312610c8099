import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, test } from "vitest";
import { readPlan } from "../src/plan.ts";

const integrity = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const entry = (name: string, tarball?: object): object => ({
  kind: "publish",
  name,
  version: "1.0.0",
  access: "public",
  tag: "latest",
  tarball,
});
const packed = (name: string): object =>
  entry(name, { path: `packages/${name}.tgz`, integrity: integrity(name) });

/** A folder as `changeset pack` leaves it; a tarball's content is the package's name. */
function folderOf(plan: readonly (readonly object[])[], tarballs: readonly string[], version = 1): string {
  const folder = temporaryFolder("release-");
  mkdirSync(join(folder, "packages"));
  for (const name of tarballs) writeFileSync(join(folder, "packages", `${name}.tgz`), name);
  writeFileSync(join(folder, "publish-plan.json"), JSON.stringify({ version, plan }));
  return folder;
}

test("what is packed, in the order of the plan", () => {
  const tagOnly = { kind: "tag-only", name: "private", version: "1.0.0" };
  const folder = folderOf([[packed("b"), tagOnly], [packed("a")]], ["a", "b"]);
  const release = (name: string): object => ({
    name,
    version: "1.0.0",
    tag: "latest",
    tarball: join(folder, "packages", `${name}.tgz`),
  });
  expect(readPlan(folder)).toEqual([release("b"), release("a")]);
});

describe("what is refused before anything is published", () => {
  test.each<[string, string, RegExp]>([
    ["no plan", temporaryFolder("release-"), /publish-plan\.json does not exist.*release:pack/],
    ["another version of the plan", folderOf([], [], 2), /of version 2, expected 1/],
    ["no tarball in the plan", folderOf([[entry("a")]], []), /a@1\.0\.0: the plan names no tarball/],
    [
      "a tarball that is not there",
      folderOf([[packed("a")]], []),
      /a\.tgz: the tarball of a@1\.0\.0 is missing/,
    ],
    [
      "a tarball that is another",
      folderOf([[entry("a", { path: "packages/a.tgz", integrity: integrity("b") })]], ["a"]),
      /a\.tgz: not the tarball of a@1\.0\.0 that was packed/,
    ],
    ["all of them", folderOf([[entry("a")], [packed("b")]], []), /a@1\.0\.0[^]*b@1\.0\.0/],
  ])("%s", (_name, folder, message) => expect(() => readPlan(folder)).toThrow(message));
});

test.each<[string, string[], number, RegExp]>([
  ["no folder", [], 2, /^Usage/],
  ["an option in its place", ["--no-provenance"], 2, /^Usage/],
  ["--help", ["--help"], 0, /^Usage/],
  ["a folder without a plan", ["nowhere"], 2, /^nowhere\/publish-plan\.json does not exist/],
])("the command line: %s", (_name, args, status, stderr) => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  expect(spawnSync("node", [main, ...args], { encoding: "utf8" })).toMatchObject({
    status,
    stdout: "",
    stderr: expect.stringMatching(stderr),
  });
});
