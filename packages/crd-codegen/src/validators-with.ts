import { kindSchemaOf } from "./model/kind-schema.ts";
import { isObject, type Json, type Schema, wordIn } from "./model/schema.ts";
import { InputError } from "./problem.ts";
import { formatPath } from "./read/documents.ts";
import type { RuleProblems } from "./read/rule-problems.ts";
import { definitionRefusals } from "./read/refused-definition.ts";
import { formProblems } from "./read/schema-form.ts";
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
  const served = listIn(spec, "versions").flatMap((version, index) => {
    const { openAPIV3Schema: schema } = objectIn(version, "schema");
    const path = ["spec", "versions", index, "schema", "openAPIV3Schema"];
    return version["served"] === false ? [] : [{ version, schema, path }];
  });
  const ofForm = served.flatMap(({ schema, path }) =>
    schema === undefined ? [] : formProblems(schema, path),
  );
  const paths = served.flatMap(({ schema, path }) => (schema === undefined ? [] : formatPath(path)));
  const known = new Set(ofForm.map(({ path }) => formatPath(path)));
  const refusals = definitionRefusals(crd, ofForm.length > 0 ? () => [] : ruleProblems);
  const problems = [...ofForm, ...refusals.filter(({ path }) => !known.has(formatPath(path)))]
    .map(({ path, ...problem }) => ({ ...problem, path: formatPath(path) }))
    .filter(({ path }) => paths.some((schema) => path.startsWith(schema)));
  if (problems.length > 0) {
    const file = wordIn(objectIn(crd, "metadata"), "name");
    throw new InputError(
      problems.map(({ fix, ...problem }) => ({ file, ...problem, ...(fix !== undefined && { fix }) })),
    );
  }
  return new Map(
    served.map(({ version, schema }) => {
      const name = wordIn(version, "name");
      if (schema === undefined) return [name, undefined];
      const stated = kindSchemaOf({ group: wordIn(spec, "group"), scope, kind }, version, schema as Schema);
      return [name, createValidator<unknown, unknown>(stated, {}, tools)];
    }),
  );
}

const objectIn = (holder: Json, field: string): Json => {
  const value = holder[field];
  return isObject(value) ? value : {};
};
const listIn = (holder: Json, field: string): Json[] => {
  const value = holder[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
