import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pairsOfFolder, randomPairs, singlePairs } from "../../src/crd-generations/pairs.ts";
import { proveGenerations } from "../../src/crd-generations/proof.ts";
import { isExisting, ownNamespace, quietly, request } from "./cluster.ts";
import { removed } from "./live.ts";

/** Generations of CRDs to try in the place of our own: a folder with a folder for each. */
const given = process.env["ATLAS_E2E_GENERATIONS"];
/** The changes that are excused, and those that are not, by themselves; then several at once. */
const single = new Set([
  "size: enum narrowed",
  "spec: limits beside",
  "spec: a rule that fails without a field",
  "port: a rule that forbids a change",
  "steps: keys",
  "open: closed",
  "status: a default",
]);
const pairs =
  given === undefined
    ? [...singlePairs().filter(({ name }) => single.has(name)), ...randomPairs(5, 3)]
    : pairsOfFolder(given);

// In a cluster that was there before, the CRDs may be somebody's.
describe.skipIf(isExisting)("what is predicted of stored objects when their CRD changes", () => {
  beforeAll(() => quietly("create", "namespace", ownNamespace));
  afterAll(() => removed("namespace", ownNamespace));
  const seen = { objects: 0, pruned: 0, defaulted: 0, refused: 0, tolerated: 0, unchanged: 0 };

  test.each(pairs)("$name", async ({ generations }) => {
    const extent = { objects: 30, seed: 11, touches: 3 };
    const { differences, objects, predicted } = await proveGenerations(
      request,
      generations,
      ownNamespace,
      extent,
    );
    expect(differences).toEqual([]);
    for (const [kind, count] of Object.entries({ ...predicted, objects }))
      seen[kind as keyof typeof seen] += count;
  });

  // Each outcome has to be tried for the agreement to mean something.
  test.skipIf(given !== undefined)("was every sort of prediction", () => {
    const { objects, ...predicted } = seen;
    expect(objects).toBeGreaterThan(200);
    expect(Math.min(...Object.values(predicted))).toBeGreaterThan(5);
  });
});
