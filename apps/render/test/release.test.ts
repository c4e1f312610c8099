import { describe, expect, test } from "vitest";
import type { Release } from "@atlas/manifests/releases";
import { checksAfter, releaseOf } from "../src/commands/upgrade/release.ts";

describe("a release", () => {
  test.each([
    ["v0.7.37", "v0.7.37"],
    ["0.7.37", "v0.7.37"],
    ["v1.0.0-rc.1", "v1.0.0-rc.1"],
  ])("%s is %s", (given, want) => expect(releaseOf(given)).toBe(want));

  test.each(["0.7", "latest", "", "v1.2.3@sha256:0", "../v1.2.3"])("%j is none", (given) =>
    expect(() => releaseOf(given)).toThrow("is not a version of the operator"),
  );
});

describe("what to check after a step", () => {
  const flags = "--label-selector";
  test.each<[string, Release, boolean, string?]>([
    ["v0.7.11", "v0.7.35", false],
    ["v0.7.35", "v0.7.36", true, "from v0.7.36 on"],
    ["v0.7.11", "v0.8.0", true, "from v0.7.36 on"],
    ["v0.7.36", "v0.7.37", false],
    ["v0.7.36-rc.1", "v0.7.36", true, "from v0.7.36 on"],
    ["v0.10.0", "v0.7.35", true, "before v0.7.36"],
  ])("from %s to %s: the flags %s", (from, to, isSaid, words = "") => {
    const said = checksAfter(from, to).find((line) => line.includes(flags));
    expect(said !== undefined).toBe(isSaid);
    expect(said ?? "").toContain(words);
  });
});
