import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createValidator, type KindSchema } from "@atlas/crd-codegen/kind-validator";
import { validatorsOf } from "@atlas/crd-codegen/validators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { istioSchemas } from "../scripts/istio-module.ts";
import { istioRules, runIstioRules } from "../src/validate/istio-rules.ts";
import type { IstioSchema } from "../src/validate/istio-schema.ts";

type Schema = KindSchema["schema"];

const folder = fileURLToPath(new URL("../schemas/istio/", import.meta.url));
const files = globSync("*/*.json", { cwd: folder }).toSorted();
const schemas = files.map((file): IstioSchema => JSON.parse(readFileSync(folder + file, "utf8")));

/** Every schema in one that states rules. */
function ruled(schema: Schema): readonly Schema[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...[schema.items, schema.additionalProperties].filter((each) => typeof each === "object"),
  ];
  return [...(schema["x-kubernetes-validations"] ? [schema] : []), ...inner.flatMap(ruled)];
}
const nodes = schemas.flatMap(({ schema }) => ruled(schema));
const byRule = new Map(
  nodes.flatMap((node) => (node["x-kubernetes-validations"] ?? []).map(({ rule }) => [rule, node] as const)),
);

test("each rule of Istio's definitions is known, and no other", () => {
  expect([...istioRules.keys()].toSorted()).toEqual([...byRule.keys()].toSorted());
});

const texts = fc.constantFrom(
  ..."|*|a|a*b|x-y|-x|0|80|65536|+80|HTTP|HTTPS|TCP|10.0.0.0/8|unix://|unix:///x|unix://@x|unix:///x/".split(
    "|",
  ),
  ..."unix://x|/path|http://a|https://a.b/c|oci://x/y|ftp://x|file:///x|no url|a:80|a.b/c|1ms|1s|0s|500us".split(
    "|",
  ),
  ..."-1s|1.5h|1h30m|1000us|0.5ms|b".split("|"),
  "a".repeat(63),
);

/** Values of a schema, of fields those that a rule names. */
function valuesOf(schema: Schema, rule = ""): fc.Arbitrary<unknown> {
  const { type, properties, additionalProperties, items } = schema;
  const known = schema.enum;
  if (Array.isArray(known) && known.length > 0) return fc.constantFrom(...known);
  if (type === "integer") return fc.constantFrom(-1, 0, 1, 80, 65_535, 65_536);
  if (type === "array" && items) return fc.array(valuesOf(items, rule), { maxLength: 3 });
  if (type !== "object") return type === "boolean" ? fc.boolean() : texts;
  if (typeof additionalProperties === "object")
    return fc.dictionary(texts, valuesOf(additionalProperties), { maxKeys: 3 });
  const named = Object.entries(properties ?? {}).filter(([name]) => new RegExp(`\\b${name}\\b`).test(rule));
  const fields = named.map(([name, inner]) => [name, valuesOf(inner, rule)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

/** A schema without what could be wrong besides, but with limits that all values keep, so that no rule takes too long. */
function typesOf({ type, properties, items, additionalProperties }: Schema): Schema {
  const inner = Object.entries(properties ?? {}).map(([name, each]) => [name, typesOf(each)]);
  return {
    ...(type !== undefined && { type }),
    ...(type === "string" && { maxLength: 63 }),
    ...(items && { maxItems: 3 }),
    ...(typeof additionalProperties === "object" && { maxProperties: 3 }),
    ...(properties && { properties: Object.fromEntries(inner) }),
    ...(items && { items: typesOf(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: typesOf(additionalProperties) }),
  };
}

describe("each rule is kept by what keeps it in CEL", () => {
  test.each([...byRule])("%s", (rule, node) => {
    const only = (node["x-kubernetes-validations"] ?? []).filter((each) => each.rule === rule);
    const spec: Schema = { ...typesOf(node), "x-kubernetes-validations": only };
    const schema: Schema = { type: "object", properties: { spec } };
    const crd = {
      spec: {
        group: "a.b",
        scope: "Namespaced",
        names: { kind: "A" },
        versions: [{ name: "v1", schema: { openAPIV3Schema: schema } }],
      },
    };
    const theirs = validatorsOf(crd).get("v1");
    const kind = { apiVersion: "a.b/v1", kind: "A", scope: "Namespaced", hasStatus: false, schema };
    const ours = createValidator(kind, {}, { runRules: runIstioRules });
    const message = only[0]?.message ?? rule;
    const isKept = (issues: readonly { readonly message: string }[] | undefined): boolean =>
      issues?.every((each) => each.message !== message && !each.message.startsWith("the rule cannot")) ??
      true;
    const verdicts = new Set<boolean>();
    const property = fc.property(valuesOf(node, rule), (value) => {
      const object = { apiVersion: "a.b/v1", kind: "A", metadata: { name: "a" }, spec: value };
      const kept = isKept(ours.validate(object));
      verdicts.add(kept);
      expect(kept).toBe(isKept(theirs?.validate(object)));
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
    expect(verdicts.size).toBe(2);
  });
});

const fromModule = await istioSchemas().catch(() => undefined);
describe.skipIf(!fromModule)("the schemas, where Go's proxy is at hand", () => {
  test("are what Istio's release says: else run apps/render/scripts/istio-schemas.ts", () => {
    const ours = files.map((file) => [file, readFileSync(folder + file, "utf8")] as const);
    expect(new Map(ours)).toEqual(fromModule);
  });
});
