import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fieldsModule } from "../scripts/fields-module.ts";
import { gatesModule } from "../scripts/gates-module.ts";
import { filesOf, servedReleases } from "../scripts/kubernetes-module.ts";
import { minorOf, releases } from "../scripts/kubernetes-releases.ts";
import { apiOf } from "../scripts/release-api.ts";
import { apiFields } from "../src/kubernetes/api-fields.ts";
import { fieldsIn } from "../src/problems/version-problems.ts";
import { knownVersions } from "../src/kubernetes/known-versions.ts";
import { isClusterScoped } from "../src/kubernetes/scope.ts";
import { builtInKind, builtInKinds } from "../src/kubernetes/schema.ts";

const served = await servedReleases().catch(() => undefined);
const withoutProxy = served === undefined ? "Go is not installed, or its proxy is out of reach" : undefined;

test("the table is small, and holds the versions that a layer may name", () => {
  expect(Buffer.byteLength(apiFields)).toBeLessThan(150_000);
  expect(releases.slice(1).map((release) => `1.${minorOf(release)}`)).toEqual(knownVersions);
});

test("which kinds stand in no namespace is as the paths say", () => {
  const wrong = builtInKinds().filter(({ apiVersion, kind }) => {
    const said = builtInKind(apiVersion, kind)?.isClusterScoped;
    return said !== isClusterScoped({ apiVersion, kind, metadata: { name: "a" } });
  });
  expect(wrong).toEqual([]);
});

describe.skipIf(withoutProxy)("the table, where Go's proxy is at hand", () => {
  test(
    "is what the documents give: else run packages/compose/scripts/api-fields.ts",
    { timeout: 600_000 },
    async () => {
      expect(
        readFileSync(new URL("../src/kubernetes/api-fields.ts", import.meta.url), "utf8") ===
          (await fieldsModule()),
      ).toBe(true);
    },
  );

  test(
    "of feature gates is what the sources give: else run packages/compose/scripts/feature-gates.ts",
    { timeout: 600_000 },
    async () => {
      const file = new URL("../src/kubernetes/feature-gates.ts", import.meta.url);
      expect(readFileSync(file, "utf8") === (await gatesModule())).toBe(true);
    },
  );

  test("has no version of Kubernetes left out: else add it to scripts/kubernetes-releases.ts", () => {
    const newest = Math.max(...releases.map(minorOf));
    expect(served?.filter((release) => minorOf(release) > newest)).toEqual([]);
  });

  test.each(releases)(
    "read for %s has the fields and values of its document",
    { timeout: 600_000 },
    async (release) => {
      const version = `1.${minorOf(release)}`;
      const differing = [...apiOf(await filesOf(release))].filter(([name, { fields, scope }]) => {
        const known = fieldsIn(name, version);
        const ours = [...(known?.fields ?? [])]
          .map(([field, { type }]) => `${field} ${type === "any"}`)
          .toSorted();
        const theirs = [...fields].map(([field, { type }]) => `${field} ${type === "a"}`).toSorted();
        return ours.join() !== theirs.join() || (scope && known?.isClusterScoped !== (scope === "C"));
      });
      expect(differing.map(([name]) => name)).toEqual([]);
    },
  );
});
