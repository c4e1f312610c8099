import { describe, expect, test } from "vitest";
import { isEarlier, type Release } from "@atlas/manifests/releases";
import { checksAfter, downgradeLines, releaseOf } from "../src/commands/upgrade/release.ts";

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

describe("a downgrade", () => {
  test.each<[string, Release, readonly string[]]>([
    ["v0.7.11", "v0.7.37", []],
    ["v0.7.11", "v0.7.11", []],
    [
      "v0.7.11",
      "v0.7.10",
      ["fields that v0.7.10 does not know: atlasmigrations.spec.devDB, atlasschemas.spec.devDB"],
    ],
    [
      "v0.7.36",
      "v0.7.11",
      [
        "fields that v0.7.11 does not know: atlasmigrations.status.observedGeneration, atlasschemas.status.observedGeneration",
        "flags that v0.7.11 does not know: label-selector, leader-election-id, namespace",
        "variables that v0.7.11 does not know: DATA_DIR",
      ],
    ],
    [
      "v0.1.7",
      "v0.1.6",
      [
        "kinds that v0.1.6 does not know: atlasmigrations",
        "variables that v0.1.6 does not know: EXPERIMENTAL",
      ],
    ],
    [
      "v0.7.11",
      "v0.7.11-rc.1",
      ["fields that v0.7.11-rc.1 does not know: atlasmigrations.spec.devDB, atlasschemas.spec.devDB"],
    ],
    ["v0.7.10", "v0.7.9", []],
  ])("from %s to %s", (from, to, lost) => {
    const lines = downgradeLines(from, to);
    expect(lines.slice(1).map((line) => line.slice(0, line.lastIndexOf(": ")))).toEqual(lost);
    expect(lines.slice(0, 1)).toEqual(
      isEarlier(to, from) ? [`${to} is earlier than ${from}: this is a downgrade`] : [],
    );
  });
});
