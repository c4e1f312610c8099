import { kindSchemaOf } from "./model/kind-schema.ts";
import { isObject, type Json, type Schema, wordIn } from "./model/schema.ts";
import { InputError, type Problem } from "./problem.ts";
import type { RuleProblems } from "./read/rule-problems.ts";
import { structuralProblems } from "./read/structural.ts";
import { createValidator, type Validator } from "./runtime/validator.ts";

/** Validators by version. */
export type Validators = ReadonlyMap<string, Validator<unknown, unknown> | undefined>;

/**
 * The validators of `validatorsOf`, with what reads and runs rules as it is given: the language of these takes as long to load
 * as a small render.
 */
export function validatorsWith(
  crd: Json,
  ruleProblems: RuleProblems,
  tools: Parameters<typeof createValidator>[2],
): Validators {
  const spec = objectIn(crd, "spec");
  const kind = wordIn(objectIn(spec, "names"), "kind");
  const scope = wordIn(spec, "scope");
  const problems: Problem[] = [];
  const served = listIn(spec, "versions").flatMap((version, index) =>
    version["served"] === false ? [] : [{ version, index }],
  );
  const validators = served.map(({ version, index }) => {
    const name = wordIn(version, "name");
    const { openAPIV3Schema: schema } = objectIn(version, "schema");
    if (schema === undefined) return [name, undefined] as const;
    const faults = structuralProblems(
      schema,
      ["spec", "versions", index, "schema", "openAPIV3Schema"],
      {
        file: wordIn(objectIn(crd, "metadata"), "name"),
        value: crd,
        lineOf: () => undefined,
        placeOf: () => undefined,
      },
      { references: false, ruleProblems },
    );
    problems.push(...faults);
    if (faults.length > 0) return [name, undefined] as const;
    const stated = kindSchemaOf({ group: wordIn(spec, "group"), scope, kind }, version, schema as Schema);
    return [name, createValidator<unknown, unknown>(stated, {}, tools)] as const;
  });
  if (problems.length > 0) throw new InputError(problems);
  return new Map(validators);
}

const objectIn = (holder: Json, field: string): Json => {
  const value = holder[field];
  return isObject(value) ? value : {};
};
const listIn = (holder: Json, field: string): Json[] => {
  const value = holder[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
