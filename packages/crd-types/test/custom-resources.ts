import fc from "fast-check";

/** The part of JSON Schema that the generated schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly $defs?: { readonly [name: string]: JsonSchema };
}

const odd = fc.constantFrom<unknown[]>("x", "", 1, -1, 1.5, true, {}, [], ["x"], { x: 1 });

/**
 * Values that mostly have a schema, of which `root` holds the definitions. Fields are there or not, and now and then one
 * is not what it should be.
 */
export function values(schema: JsonSchema, root: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
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
      // Mostly what is required is there.
      const fields = [...new Set([...some, ...(schema.required ?? [])])].map((name) => [
        name,
        values(properties[name] ?? {}, root, depth + 1),
      ]);
      const extra = more.map((name) => [name, fc.constant(1)]);
      return fc.record(Object.fromEntries([...fields, ...extra]), { noNullPrototype: true });
    });
}

/** Custom resources as a person might write them, right and wrong, with the name `shop` and no status. */
export function customResources(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { status: _status, metadata: _metadata, ...properties } = schema.properties ?? {};
  const written = { ...schema, required: ["apiVersion", "kind", "spec"], properties };
  return values(written, schema).map((value) =>
    typeof value === "object" ? { ...value, metadata: { name: "shop" } } : value,
  );
}
