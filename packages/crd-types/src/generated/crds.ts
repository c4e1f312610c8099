// Generated from crds/ by crd-codegen. Do not edit.

/** A CustomResourceDefinition whose full text lies in the file `source`. */
export interface CrdFile {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string };
  readonly source: URL;
  /** How many bytes the file has, which is right as it was generated. */
  readonly size: number;
}

export const atlasMigrationCrd: CrdFile = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "atlasmigrations.db.atlasgo.io" },
  source: new URL("../../manifests/atlasmigrations.db.atlasgo.io.yaml", import.meta.url),
  size: 202939,
};

export const atlasSchemaCrd: CrdFile = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "atlasschemas.db.atlasgo.io" },
  source: new URL("../../manifests/atlasschemas.db.atlasgo.io.yaml", import.meta.url),
  size: 206311,
};

/** All of them. */
export const crds: readonly CrdFile[] = [
  atlasMigrationCrd,
  atlasSchemaCrd,
];
