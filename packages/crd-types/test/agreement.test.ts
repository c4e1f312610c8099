import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validators } from "../src/generated/validators.ts";

/*
 * The validators and the JSON Schemas come from the same CRDs by two ways: one is held to the API server by what that was
 * seen to accept, the other to the first by a JSON Schema engine that knows nothing of either.
 */

interface JsonSchema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly $defs?: { readonly [name: string]: JsonSchema };
}

const odd = fc.constantFrom<unknown[]>("x", "", 1, -1, 1.5, true, {}, [], ["x"], { x: 1 });

/** Values that mostly have the schema. Fields are there or not, and now and then one is not what it should be. */
function values(schema: JsonSchema, root: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  const good = goodValues(schema, root, depth);
  return fc.oneof({ arbitrary: good, weight: 60 }, { arbitrary: odd, weight: 1 });
}

function goodValues(schema: JsonSchema, root: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {};
    return depth > 6 ? fc.constant({}) : values(target, root, depth + 1);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const [type] = [schema.type ?? []].flat();
  if (type === "object") return objects(schema, root, depth);
  if (type === "array") return fc.array(values(schema.items ?? {}, root, depth + 1), { maxLength: 2 });
  if (type === "integer") return fc.integer({ min: 0, max: 9 });
  if (type === "boolean") return fc.boolean();
  return fc.constantFrom("a", "10Mi", "2026-01-01T00:00:00Z");
}

function objects(schema: JsonSchema, root: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const { properties, additionalProperties } = schema;
  if (properties === undefined) {
    const inner =
      typeof additionalProperties === "object" ? values(additionalProperties, root, depth + 1) : odd;
    return fc.dictionary(fc.constantFrom("a", "b"), inner, { noNullPrototype: true });
  }
  const names = Object.keys(properties);
  const unknown = fc.oneof(
    { arbitrary: fc.constant([]), weight: 40 },
    { arbitrary: fc.constant(["unheardOf"]), weight: 1 },
  );
  return fc
    .tuple(fc.subarray(names, { maxLength: depth < 2 ? names.length : Math.min(3, names.length) }), unknown)
    .chain(([some, more]) => {
      const fields = [...new Set([...some, ...required(schema)])].map((name) => [
        name,
        values(properties[name] ?? {}, root, depth + 1),
      ]);
      const extra = more.map((name) => [name, fc.constant(1)]);
      return fc.record(Object.fromEntries([...fields, ...extra]), { noNullPrototype: true });
    });
}

/** Mostly what is required is there. */
const required = (schema: JsonSchema & { readonly required?: readonly string[] }): readonly string[] =>
  schema.required ?? [];

const ajv = () => new Ajv2020({ strict: false, validateFormats: false, useDefaults: true, allErrors: true });

describe.each([
  ["atlasschema", validators["db.atlasgo.io/v1alpha1/AtlasSchema"]],
  ["atlasmigration", validators["db.atlasgo.io/v1alpha1/AtlasMigration"]],
] as const)("%s: the validator and the JSON Schema", (name, validator) => {
  const schema = JSON.parse(
    readFileSync(new URL(`../schemas/${name}-v1alpha1.json`, import.meta.url), "utf8"),
  );
  const { status: _status, metadata: _metadata, ...properties } = schema.properties;
  const engine = ajv().compile(schema);

  test("agree on a few thousand objects, and on their defaults", () => {
    const seen = { accepted: 0, refused: 0 };
    const objectsOfKind = values({ ...schema, required: ["apiVersion", "kind", "spec"], properties }, schema);
    fc.assert(
      fc.property(objectsOfKind, (value) => {
        const object = typeof value === "object" ? { ...value, metadata: { name: "shop" } } : value;
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
