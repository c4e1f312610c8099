// Generated from crds/ by `nx run crd-types:generate`. Do not edit.

export type * from "./atlasmigration-v1alpha1.ts";
export type * from "./atlasschema-v1alpha1.ts";
export type * from "./kubernetes.ts";
