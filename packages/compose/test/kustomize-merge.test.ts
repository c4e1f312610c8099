import fc, { type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Case } from "./cases.ts";
import { builtInMerges } from "./built-in-merges.ts";
import { customKind, customSchema, freeObject, freePatch } from "./custom-kinds.ts";
import { holdAgainstKustomize } from "./differential.ts";
import { awkwardObject, operationsOn } from "./json-operations.ts";
import { builtInKinds } from "./kinds.ts";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { caseMark } from "./kubectl.ts";
import { patchOf, withContent } from "./schema-patches.ts";
import { valueOf, type Site } from "./schema-values.ts";

const builtIn: Arbitrary<Case> = builtInMerges.map(({ target, merge }) => ({
  layers: [{ resources: [target] }, { patches: [{ target, merge }] }],
}));

const withSchema: Arbitrary<Case> = customSchema.chain((schema) => {
  const site: Site = { field: { type: "object", definition: schema }, depth: 9, isNewer: false };
  return valueOf(site)
    .map((fields) => ({ ...customKind, metadata: { name: caseMark }, ...(fields as object) }))
    .chain((target) =>
      patchOf(target, site).map((merge) => ({
        schema,
        layers: [{ resources: [target] }, { patches: [{ target, merge }] }],
      })),
    );
});

const withoutSchema: Arbitrary<Case> = freeObject.chain((target) =>
  freePatch(target.spec).map((spec) => ({
    layers: [{ resources: [target] }, { patches: [{ target, merge: withContent({ spec }) }] }],
  })),
);

const operations: Arbitrary<Case> = fc
  .tuple(awkwardObject, fc.integer({ min: 1, max: 3 }))
  .chain(([target, count]) =>
    operationsOn(target, count).map((list) => ({
      layers: [{ resources: [target], patches: [{ target, operations: list }] }],
    })),
  );

/** What the cases say somewhere, so that none of it goes untested unnoticed. */
const reaches = (cases: readonly Case[], ...texts: readonly string[]): void => {
  const said = JSON.stringify(cases);
  expect(texts.filter((text) => !said.includes(text))).toEqual([]);
};

const directives = ["delete", "replace", "merge"].map((directive) => `"$patch":"${directive}"`);

describe.skipIf(withoutKubectl)("what Kustomize makes of random objects and patches is what we make:", () => {
  test("strategic merges of every built-in kind", { timeout: 600_000 }, () => {
    const cases = holdAgainstKustomize(builtIn, 1500);
    const all = builtInKinds.map(({ kind }) => `"kind":"${kind}"`);
    const lists = [
      "containers",
      "env",
      "ports",
      "topologySpreadConstraints",
      "volumes",
      "webhooks",
      "subjects",
    ];
    const names = [
      ...lists,
      "secrets",
      "imagePullSecrets",
      "finalizers",
      "ownerReferences",
      "data",
      "labels",
    ];
    reaches(cases, ...all, ...names.map((name) => `"${name}":`), ...directives, ":null");
  });

  test("strategic merges of custom kinds with a schema", { timeout: 600_000 }, () => {
    reaches(holdAgainstKustomize(withSchema, 500), ...directives, '"zone":', ":null");
  });

  test("strategic merges of custom kinds without one", { timeout: 600_000 }, () => {
    reaches(holdAgainstKustomize(withoutSchema, 300), '"$patch":"replace"', '"$patch":"merge"', ":null");
  });

  test("JSON patches", { timeout: 600_000 }, () => {
    const names = ["add", "remove", "replace", "move", "copy", "test"].map((name) => `"op":"${name}"`);
    reaches(holdAgainstKustomize(operations, 300), ...names, "~0", "~1", "/-");
  });
});
