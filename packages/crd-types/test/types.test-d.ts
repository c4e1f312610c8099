import type { AtlasMigration, AtlasSchema, AtlasSchemaObserved } from "@atlas/crd-types";

export const schema: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: {
    urlFrom: { secretKeyRef: { name: "shop", key: "url" } },
    schema: { sql: "CREATE TABLE a (b int);" },
    txMode: "all",
  },
};
export const migration: AtlasMigration = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasMigration",
  metadata: { name: "shop" },
  spec: { url: "sqlite://shop.db", dir: { configMapRef: { name: "migrations" } } },
};
export const hash = (observed: AtlasSchemaObserved): string | undefined => observed.status?.observed_hash;

// @ts-expect-error the API's own kind, spelt as it is
export const kind: AtlasSchema["kind"] = "AtlasSchemas";
// @ts-expect-error a misspelt field
export const misspelt: AtlasSchema["spec"] = { txmode: "all" };
// @ts-expect-error a value that the CRD does not allow
export const value: AtlasSchema["spec"] = { txMode: "some" };
// @ts-expect-error text for a number
export const type: AtlasSchema["spec"] = { backoffLimit: "20" };
// @ts-expect-error a migration without its directory
export const incomplete: AtlasMigration["spec"] = { url: "sqlite://shop.db" };
export const nameless: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  // @ts-expect-error an object without a name
  metadata: {},
};
