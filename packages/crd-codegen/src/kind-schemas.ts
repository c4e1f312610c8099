import { plainSchema } from "./emit/validators.ts";
import { kindSchemaOf } from "./model/kind-schema.ts";
import { isObject, type Json, type Schema, wordIn } from "./model/schema.ts";
import type { KindSchema } from "./runtime/validator.ts";

/**
 * What `createValidator` has to know of the kind that a CustomResourceDefinition declares, of each version that is served:
 * plain data, without what a schema says to people.
 *
 * @example
 * const [schema] = kindSchemasOf(crd);
 * createValidator(schema, {}).validate(object);
 */
export function kindSchemasOf(crd: Json): readonly KindSchema[] {
  const spec = isObject(crd["spec"]) ? crd["spec"] : {};
  const names = isObject(spec["names"]) ? spec["names"] : {};
  const versions = Array.isArray(spec["versions"]) ? spec["versions"].filter(isObject) : [];
  const of = { group: wordIn(spec, "group"), scope: wordIn(spec, "scope"), kind: wordIn(names, "kind") };
  return versions
    .filter(({ served }) => served !== false)
    .map((version) => {
      const { openAPIV3Schema: schema } = isObject(version["schema"]) ? version["schema"] : {};
      return kindSchemaOf(of, version, plainSchema(schema as Schema));
    });
}
