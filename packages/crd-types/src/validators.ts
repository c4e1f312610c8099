import { constraintIssues } from "./constraint-issues.ts";
import type { AtlasMigration, AtlasSchema } from "./constraints.ts";
import type { AtlasMigrationObserved, AtlasSchemaObserved } from "./generated/types.ts";
import { validatorOf, type Validator } from "./generated/runtime/validator.ts";
import { validators as generated } from "./generated/validators.ts";

export type { ValidationIssue } from "./generated/runtime/issue.ts";
export type { StandardProperties, StandardResult, Validator } from "./generated/runtime/validator.ts";

/**
 * Validates an AtlasSchema: everything that is wrong at once, what the CRD refuses, unknown fields, and what the operator
 * refuses or overlooks although the CRD allows it.
 */
export const atlasSchema: Validator<AtlasSchema, AtlasSchemaObserved> = /* @__PURE__ */ withConstraints(
  generated["db.atlasgo.io/v1alpha1/AtlasSchema"],
);

/** Validates an AtlasMigration, as {@link atlasSchema} does an AtlasSchema. */
export const atlasMigration: Validator<AtlasMigration, AtlasMigrationObserved> =
  /* @__PURE__ */ withConstraints(generated["db.atlasgo.io/v1alpha1/AtlasMigration"]);

/** A validator for each kind, by apiVersion and kind; a kind that has no rules of its own here is held against its CRD. */
export const validators: Omit<
  typeof generated,
  "db.atlasgo.io/v1alpha1/AtlasSchema" | "db.atlasgo.io/v1alpha1/AtlasMigration"
> & {
  readonly "db.atlasgo.io/v1alpha1/AtlasSchema": typeof atlasSchema;
  readonly "db.atlasgo.io/v1alpha1/AtlasMigration": typeof atlasMigration;
} = {
  ...generated,
  "db.atlasgo.io/v1alpha1/AtlasSchema": atlasSchema,
  "db.atlasgo.io/v1alpha1/AtlasMigration": atlasMigration,
};

/** A generated validator; what it takes is wider than what the operator does. */
type Generated = Pick<Validator<unknown, unknown>, "apiVersion" | "kind" | "validate"> & {
  readonly complete: (value: never) => unknown;
};

function withConstraints<Written, Observed>(kind: Generated): Validator<Written, Observed> {
  return validatorOf<Written, Observed>({
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    validate: (value, old) => [
      ...kind.validate(value, old),
      ...constraintIssues(`${kind.apiVersion}/${kind.kind}`, value),
    ],
    complete: kind.complete as Validator<Written, Observed>["complete"],
  });
}
