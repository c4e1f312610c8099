import { describe, expect, test } from "vitest";
import { operator } from "../src/operator.ts";
import {
  behaviourNotes,
  faultsOf,
  isEarlier,
  kindsOf,
  otherReleaseOf,
  releases,
  type Release,
  type ReleaseFacts,
} from "../src/releases.ts";

const rows: readonly ReleaseFacts[] = releases;

describe("the releases", () => {
  test.each([
    ["rows", rows.map(({ from }) => from)],
    ["notes", behaviourNotes.map(({ since }) => since)],
  ])("stand in order: %s", (_name, versions) =>
    expect(versions).toEqual(versions.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))),
  );

  test.each(["flags", "variables", "kinds"] as const)("state each of their %s once", (field) => {
    const stated = rows.flatMap((row) => row[field] ?? []);
    expect(stated).toEqual([...new Set(stated)]);
  });

  test.each<[Release, readonly string[] | undefined]>([
    ["v0.1.6", ["atlasschemas"]],
    ["v0.1.7", ["atlasschemas", "atlasmigrations"]],
    ["v0.7.37", ["atlasschemas", "atlasmigrations"]],
    ["v0.7.38", undefined],
    ["v0.8.0", undefined],
  ])("%s has the kinds %j", (release, want) => expect(kindsOf(release)).toEqual(want));

  test.each([
    ["v0.7.11", ["v0.7.21", "v0.7.31"]],
    ["0.7.20", ["v0.7.21", "v0.7.31"]],
    ["v0.7.21", ["v0.7.31"]],
    ["v0.7.31-rc.1", ["v0.7.31"]],
    ["v0.7.31", []],
    ["v0.10.0", []],
    ["latest", []],
    ["", []],
  ])("%s has faults up to %j", (version, want) =>
    expect(faultsOf(version).map(({ before }) => before)).toEqual(want),
  );

  const { version, digest } = operator.image;
  test.each([
    ["v99.0.0", digest, version],
    ["99.0.0", digest, version],
    [`${version}-rc.1`, digest, version],
    [version, digest, undefined],
    [version.slice(1), digest, undefined],
    ["v99.0.0", `sha256:${"0".repeat(64)}`, undefined],
  ])("%s with %s is the image of %j, if of another", (stated, its, want) =>
    expect(otherReleaseOf(stated, its)).toBe(want),
  );
});
