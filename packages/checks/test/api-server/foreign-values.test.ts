import { accepted } from "@atlas/checks/api-server";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bases } from "./bases/index.ts";
import { changed, type Change, type Steps } from "./change.ts";

const ways = (value: unknown, steps: Steps = []): readonly Steps[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([step, inner]) => {
        const way = [...steps, Array.isArray(value) ? Number(step) : step];
        return [way, ...ways(inner, way)];
      })
    : [];

const foreign = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    1n,
    "",
    "a",
    Number.NaN,
    [],
    {},
    [null],
    [[]],
    { a: null },
    { __proto__: 1 },
    // What cannot be made text of.
    { toString: null },
    [{ toString: "a", valueOf: 1 }],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const changes = fc.constantFrom(...Object.entries(bases)).chain(([name, object]) => {
  const change = fc.tuple(fc.constantFrom(...ways(object)), foreign).map((each): Change => each);
  return fc.tuple(fc.constant(name), fc.array(change, { minLength: 1, maxLength: 4 }));
});

test("whatever stands in an object, it is answered, and findings point into it", () => {
  const property = fc.property(changes, ([name, made]) => {
    for (const { path, what, code } of accepted(changed(bases[name] ?? {}, made))) {
      expect([typeof what, typeof code]).toEqual(["string", "string"]);
      for (const step of path) expect(["string", "number"]).toContain(typeof step);
    }
  });
  fc.assert(property, { seed: 1, numRuns: 3000 });
});

test.each([null, undefined, 1, "a", [], {}, { apiVersion: 1, kind: [] }, { apiVersion: "v1", kind: "Pod" }])(
  "%j is answered",
  (object) => {
    expect(Array.isArray(accepted(object))).toBe(true);
  },
);
