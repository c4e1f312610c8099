import { kindSchemaOf } from "./model/kind-schema.ts";
import { InputError, type Problem } from "./problem.ts";
import { createValidator, type Validator } from "./runtime/validator.ts";
import { definitionTools } from "./definition-tools.ts";
import { isObject, type Json, type Schema } from "./model/schema.ts";
import { structuralProblems } from "./read/structural.ts";

export { InputError } from "./problem.ts";

/**
 * Validators of the kind that a CustomResourceDefinition declares, as a cluster takes it, by version: what the generated
 * ones do, for a definition that is known only at run time. A version that the API server does not serve has none, and
 * one that states no schema stands for itself.
 *
 * @throws InputError with every place at which a schema is none that an API server takes.
 * @example
 * validatorsOf(crd).get("v1")?.validate(object);
 */
export function validatorsOf(crd: Json): ReadonlyMap<string, Validator<unknown, unknown> | undefined> {
  const spec = objectWithin(crd, "spec");
  const kind = String(objectWithin(spec, "names")["kind"]);
  const scope = String(spec["scope"]);
  const problems: Problem[] = [];
  const served = listIn(spec, "versions").flatMap((version, index) =>
    version["served"] === false ? [] : [{ version, index }],
  );
  const validators = served.map(({ version, index }) => {
    const name = String(version["name"]);
    const { openAPIV3Schema: schema } = objectWithin(version, "schema");
    if (schema === undefined) return [name, undefined] as const;
    const faults = structuralProblems(
      schema,
      ["spec", "versions", index, "schema", "openAPIV3Schema"],
      {
        file: String(objectWithin(crd, "metadata")["name"]),
        value: crd,
        lineOf: () => undefined,
        placeOf: () => undefined,
      },
      false,
    );
    problems.push(...faults);
    if (faults.length > 0) return [name, undefined] as const;
    const stated = kindSchemaOf({ group: String(spec["group"]), scope, kind }, version, schema as Schema);
    return [name, createValidator<unknown, unknown>(stated, {}, definitionTools)] as const;
  });
  if (problems.length > 0) throw new InputError(problems);
  return new Map(validators);
}

const objectWithin = (holder: Json, field: string): Json => {
  const value = holder[field];
  return isObject(value) ? value : {};
};
const listIn = (holder: Json, field: string): Json[] => {
  const value = holder[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
