import type { KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { isObject, type Plain, type PlainObject } from "../src/value/plain.ts";
import type { Definition, Field } from "../src/kubernetes/schema.ts";
import { caseMark } from "./kubectl.ts";
import { few, record } from "./schema-values.ts";

/** A kind of a case's own. */
export const customKind = { apiVersion: "example.com/v1", kind: caseMark };

/** A schema, as random as it gets: objects in lists in maps; lists are merged by no key, by one or by two. */
export const customSchema: Arbitrary<Definition> = fc
  .letrec<{ field: Field; object: Field }>((tie) => ({
    field: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Field>({ type: "string" }, { type: "integer" }, { type: "boolean" }),
      tie("object"),
      tie("field").map((items): Field => ({ type: "list", items })),
      tie("field").map((items): Field => ({ type: "map", items })),
      fc
        .tuple(tie("object"), fc.constantFrom(["id"], ["id", "zone"]))
        .map(([{ definition }, keys]): Field => {
          const stated = keys.map((key): [string, Field] => [
            key,
            { type: key === "id" ? "string" : "integer" },
          ]);
          const fields = new Map([...(definition as Definition).fields, ...stated]);
          return { type: "list", keys, items: { type: "object", definition: { fields } } };
        }),
    ),
    object: fc
      .dictionary(fc.constantFrom("one", "two", "three", "four"), tie("field"), { minKeys: 1, maxKeys: 4 })
      .map((fields): Field => ({ type: "object", definition: { fields: new Map(Object.entries(fields)) } })),
  }))
  .object.map((spec): Definition => ({ fields: new Map([["spec", spec]]) }));

/** The schema as a CRD states it, or as an OpenAPI document for Kustomize does. */
function jsonSchema({ type, definition, items, keys }: Field, form: "CRD" | "OpenAPI"): object {
  if (type === "list") {
    const merged =
      form === "CRD"
        ? { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys }
        : {
            "x-kubernetes-patch-strategy": "merge",
            "x-kubernetes-patch-merge-key": keys?.[0],
            "x-kubernetes-list-map-keys": keys,
          };
    return { type: "array", items: items && jsonSchema(items, form), ...(keys && merged) };
  }
  if (type === "map") return { type: "object", additionalProperties: items && jsonSchema(items, form) };
  if (type !== "object" || typeof definition !== "object") return { type };
  const fields = [...definition.fields].map(([name, field]) => [name, jsonSchema(field, form)]);
  return { type, properties: Object.fromEntries(fields) };
}

/** The CustomResourceDefinition of the case's kind. */
export function crdOf(definition: Definition): KubernetesObject & { spec: object } {
  const schema = { openAPIV3Schema: jsonSchema({ type: "object", definition }, "CRD") };
  const spec = { group: "example.com", names: { kind: caseMark }, versions: [{ name: "v1", schema }] };
  const head = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
  return { ...head, metadata: { name: `${caseMark}.example.com` }, spec };
}

/** The definition of the case's kind for the `openapi` field of a kustomization. */
export function openApiOf(definition: Definition): object {
  const group = "x-kubernetes-group-version-kind";
  const names = [{ group: "example.com", version: "v1", kind: caseMark }];
  return { ...jsonSchema({ type: "object", definition }, "OpenAPI"), [group]: names };
}

const scalars = fc.constantFrom<Plain>("a", "", "yes", "1", "two\nlines\n", 1, 0, true, 0.5);

/** A value of which no schema tells. */
export const freeValue = (depth: number): Arbitrary<Plain> =>
  depth <= 0
    ? scalars
    : fc.oneof(
        scalars,
        fc.array(freeValue(depth - 1), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom("a", "b", "c"), freeValue(depth - 1), { maxKeys: 3 }),
      );

/** An object of a kind without a schema. */
export const freeObject: Arbitrary<KubernetesObject & { spec: PlainObject }> = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d"), freeValue(3))
  .map((spec) => ({ ...customKind, metadata: { name: caseMark }, spec }));

/** A patch that keeps the shapes of the base, and the types of its values. */
export function freePatch(value: PlainObject): Arbitrary<PlainObject> {
  const added = few(["e", "f"], 1).chain((names) => record(names, () => freeValue(2)));
  return few(Object.keys(value), 3).chain((names) =>
    fc
      .tuple(
        record(names, (name) => {
          const inner = value[name] ?? null;
          return fc.oneof(
            { weight: 5, arbitrary: freeChange(inner) },
            { weight: 1, arbitrary: fc.constant(null) },
          );
        }),
        added,
      )
      .map(([changes, others]) => ({ ...changes, ...others })),
  );
}

function freeChange(value: Plain): Arbitrary<Plain> {
  if (isObject(value)) {
    return fc.oneof(
      { weight: 5, arbitrary: freePatch(value) },
      { weight: 1, arbitrary: freePatch(value).map((changes) => ({ ...changes, $patch: "merge" })) },
      { weight: 1, arbitrary: fc.constant({ a: "b", $patch: "replace" }) },
    );
  }
  if (Array.isArray(value)) return fc.array(freeValue(1), { maxLength: 2 });
  return scalars.filter((given) => typeof given === typeof value);
}
