import {
  inlinePassword,
  secretKey,
  type AtlasMigration,
  type AtlasSchema,
  type AtlasSchemaObserved,
} from "@atlas/crd-types";

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

export const observed = (schemaObserved: AtlasSchemaObserved): number | undefined =>
  schemaObserved.spec?.backoffLimit;
const head = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
} as const;
const state = { sql: "CREATE TABLE a (b int);" };
const pod = { spec: { containers: [{ name: "db", image: "postgres:17" }] } };
const password = secretKey("shop", "password");
export const written: AtlasSchema[] = [
  { ...head, spec: { urlFrom: secretKey("shop", "url"), schema: state } },
  {
    ...head,
    spec: { credentials: { scheme: "postgres", host: "db", passwordFrom: password }, schema: state },
  },
  { ...head, spec: { credentials: { host: "db", password: inlinePassword("x") }, schema: state } },
  { ...head, spec: { url: "sqlite://a", schema: { url: "atlas://shop" } } },
  { ...head, spec: { url: "sqlite://a", schema: { configMapKeyRef: { name: "shop", key: "a.hcl" } } } },
  { ...head, spec: { url: "a", devURL: "b", devDB: pod, schema: state } },
  { ...head, spec: { url: "a", devURLFrom: secretKey("dev", "url"), devDB: pod, schema: state } },
];
// @ts-expect-error two targets
export const targets: AtlasSchema = { ...head, spec: { url: "a", urlFrom: password, schema: state } };
// @ts-expect-error no target
export const targetless: AtlasSchema = { ...head, spec: { schema: state } };
// @ts-expect-error two desired states
export const states: AtlasSchema = { ...head, spec: { url: "a", schema: { ...state, hcl: "" } } };
// @ts-expect-error no desired state
export const stateless: AtlasSchema = { ...head, spec: { url: "a", schema: {} } };
// @ts-expect-error no schema
export const schemaless: AtlasSchema = { ...head, spec: { url: "a" } };
// @ts-expect-error no spec
export const specless: AtlasSchema = { ...head };
// @ts-expect-error a dev database that nobody can reach
export const unreachable: AtlasSchema = { ...head, spec: { url: "a", devDB: pod, schema: state } };
// @ts-expect-error the operator reads schemas by atlas:// alone
export const elsewhere: AtlasSchema = { ...head, spec: { url: "a", schema: { url: "file://a" } } };
// @ts-expect-error a password in plain sight
export const inline: AtlasSchema = { ...head, spec: { credentials: { password: "x" }, schema: state } };
const both = { configMapRef: { name: "a" }, local: { "1.sql": "" } };
// @ts-expect-error two directories
export const directories: AtlasMigration["spec"] = { url: "a", dir: both };
// @ts-expect-error no directory
export const directoryless: AtlasMigration["spec"] = { url: "a", dir: {} };
