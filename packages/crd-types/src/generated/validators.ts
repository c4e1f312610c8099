// Generated from crds/ by crd-codegen. Do not edit.

import type { AtlasMigration as AtlasMigrationV1alpha1, AtlasMigrationObserved as AtlasMigrationV1alpha1Observed } from "./atlasmigration-v1alpha1.ts";
import type { AtlasSchema as AtlasSchemaV1alpha1, AtlasSchemaObserved as AtlasSchemaV1alpha1Observed } from "./atlasschema-v1alpha1.ts";
import { createValidator, type Validator } from "./runtime/validator.ts";
import * as schemas from "./schemas.ts";

/** Validates AtlasMigration of db.atlasgo.io/v1alpha1. */
export const atlasMigrationV1alpha1: Validator<AtlasMigrationV1alpha1, AtlasMigrationV1alpha1Observed> = /* @__PURE__ */ createValidator(
  schemas.atlasMigrationV1alpha1,
  schemas.definitions,
);

/** Validates AtlasSchema of db.atlasgo.io/v1alpha1. */
export const atlasSchemaV1alpha1: Validator<AtlasSchemaV1alpha1, AtlasSchemaV1alpha1Observed> = /* @__PURE__ */ createValidator(
  schemas.atlasSchemaV1alpha1,
  schemas.definitions,
);

/** A validator for each kind, by apiVersion and kind: `example.com/v1/Example`. */
export const validators: {
  readonly "db.atlasgo.io/v1alpha1/AtlasMigration": typeof atlasMigrationV1alpha1;
  readonly "db.atlasgo.io/v1alpha1/AtlasSchema": typeof atlasSchemaV1alpha1;
} = {
  "db.atlasgo.io/v1alpha1/AtlasMigration": atlasMigrationV1alpha1,
  "db.atlasgo.io/v1alpha1/AtlasSchema": atlasSchemaV1alpha1,
};
