import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validators } from "../src/generated/validators.ts";
import { customResources } from "./custom-resources.ts";

/*
 * The validators and the JSON Schemas come from the same CRDs by two ways: one is held to the API server by what that was
 * seen to accept, the other to the first by a JSON Schema engine that knows nothing of either.
 */

const ajv = () => new Ajv2020({ strict: false, validateFormats: false, useDefaults: true, allErrors: true });

describe.each([
  ["atlasschema", validators["db.atlasgo.io/v1alpha1/AtlasSchema"]],
  ["atlasmigration", validators["db.atlasgo.io/v1alpha1/AtlasMigration"]],
] as const)("%s: the validator and the JSON Schema", (name, validator) => {
  const schema = JSON.parse(
    readFileSync(new URL(`../schemas/${name}-v1alpha1.json`, import.meta.url), "utf8"),
  );
  const engine = ajv().compile(schema);

  test("agree on a few thousand objects, and on their defaults", () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(customResources(schema), (object) => {
        // No JSON Schema can say that elements differ in their keys.
        const issues = validator
          .validate(object)
          .filter(({ message }) => message !== "the element stands twice");
        const completed = structuredClone(object);
        const isAccepted = engine(completed);
        expect(issues.length === 0, JSON.stringify([issues, engine.errors?.slice(0, 3)])).toBe(isAccepted);
        seen[isAccepted ? "accepted" : "refused"]++;
        if (isAccepted) expect(validator.complete(object as never)).toEqual(completed);
      }),
      { numRuns: 1500, seed: 7 },
    );
    // Both outcomes have to be tried for the agreement to mean something.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(200);
  }, 60_000);
});
