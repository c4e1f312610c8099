// Generated from crds/ by crd-codegen. Do not edit.

import type {
  Condition,
  ConfigMapKeySelector,
  ConfigMapKeySelectorObserved,
  ObjectMeta,
  ObservedObjectMeta,
  PodSpec,
  PodSpecObserved,
  SecretKeySelector,
  SecretKeySelectorObserved,
} from "./kubernetes.ts";

/**
 * A database schema that the operator brings a database to and keeps it at.
 */
export interface AtlasSchema {
  apiVersion: "db.atlasgo.io/v1alpha1";
  kind: "AtlasSchema";
  metadata: ObjectMeta;
  /**
   * The target database, its desired schema, and how changes are made.
   */
  spec?: AtlasSchemaSpec;
}

/**
 * AtlasSchema as the API server returns it.
 */
export interface AtlasSchemaObserved extends AtlasSchema {
  metadata: ObservedObjectMeta;
  /**
   * The target database, its desired schema, and how changes are made.
   */
  spec?: AtlasSchemaSpecObserved;
  /**
   * What the operator last observed.
   */
  status?: AtlasSchemaStatusObserved;
}

/**
 * The target database, its desired schema, and how changes are made.
 */
export interface AtlasSchemaSpec {
  /**
   * How often a failing change is tried again before the operator gives up.
   *
   * @default 20
   */
  backoffLimit?: number;
  /**
   * How the resource is tied to Atlas Cloud.
   */
  cloud?: AtlasSchemaSpecCloud;
  /**
   * Atlas project configuration (HCL); the operator takes it only when it runs with ALLOW_CUSTOM_CONFIG.
   */
  config?: string;
  /**
   * The project configuration, read from a Secret.
   */
  configFrom?: AtlasSchemaSpecConfigFrom;
  /**
   * The target database as separate parts, in place of url or urlFrom.
   */
  credentials?: AtlasSchemaSpecCredentials;
  /**
   * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
   */
  devDB?: AtlasSchemaSpecDevDB;
  /**
   * URL of an empty database on which changes are planned; without it the operator starts one for the purpose.
   */
  devURL?: string;
  /**
   * The dev database's URL, read from a Secret.
   */
  devURLFrom?: AtlasSchemaSpecDevURLFrom;
  /**
   * The env block of the project configuration that applies; k8s when left out.
   */
  envName?: string;
  /**
   * Glob patterns of the database objects that Atlas leaves alone.
   */
  exclude?: string[];
  /**
   * Which changes are allowed and how they are written.
   */
  policy?: AtlasSchemaSpecPolicy;
  /**
   * The desired state of the schema: exactly one of its fields.
   */
  schema?: AtlasSchemaSpecSchema;
  /**
   * Names of the schemas that are managed in a database that has several.
   */
  schemas?: string[];
  /**
   * Whether a change runs in one transaction a file, in one for everything, or in none.
   *
   * - one of: "file", "all", "none"
   *
   * @default "file"
   */
  txMode?: "file" | "all" | "none";
  /**
   * URL of the target database; it may hold a password, so prefer urlFrom.
   */
  url?: string;
  /**
   * The target database's URL, read from a Secret.
   */
  urlFrom?: AtlasSchemaSpecUrlFrom;
  /**
   * Values for the input variables of the project configuration.
   */
  vars?: AtlasSchemaSpecVarsItem[];
}

/**
 * AtlasSchemaSpec as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecObserved extends AtlasSchemaSpec {
  /**
   * How often a failing change is tried again before the operator gives up.
   *
   * @default 20
   */
  backoffLimit: number;
  /**
   * How the resource is tied to Atlas Cloud.
   */
  cloud?: AtlasSchemaSpecCloudObserved;
  /**
   * The project configuration, read from a Secret.
   */
  configFrom?: AtlasSchemaSpecConfigFromObserved;
  /**
   * The target database as separate parts, in place of url or urlFrom.
   */
  credentials?: AtlasSchemaSpecCredentialsObserved;
  /**
   * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
   */
  devDB?: AtlasSchemaSpecDevDBObserved;
  /**
   * The dev database's URL, read from a Secret.
   */
  devURLFrom?: AtlasSchemaSpecDevURLFromObserved;
  /**
   * The desired state of the schema: exactly one of its fields.
   */
  schema?: AtlasSchemaSpecSchemaObserved;
  /**
   * Whether a change runs in one transaction a file, in one for everything, or in none.
   *
   * - one of: "file", "all", "none"
   *
   * @default "file"
   */
  txMode: "file" | "all" | "none";
  /**
   * The target database's URL, read from a Secret.
   */
  urlFrom?: AtlasSchemaSpecUrlFromObserved;
  /**
   * Values for the input variables of the project configuration.
   */
  vars?: AtlasSchemaSpecVarsItemObserved[];
}

/**
 * What the operator last observed.
 */
export interface AtlasSchemaStatus {
  /**
   * Ready and its reason tell how far the last change came.
   */
  conditions?: Condition[];
  /**
   * How often the current change has failed in a row.
   *
   * @default 0
   */
  failed?: number;
  /**
   * When the last change was applied, in seconds since 1970.
   *
   * - format: int64
   */
  last_applied: number;
  /**
   * Hash of the desired state that was last applied.
   */
  observed_hash: string;
  /**
   * Link to the plan in Atlas Cloud that waits for approval.
   */
  planLink?: string;
  /**
   * The same plan as an atlas:// URL.
   */
  planURL?: string;
}

/**
 * AtlasSchemaStatus as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaStatusObserved extends AtlasSchemaStatus {
  /**
   * How often the current change has failed in a row.
   *
   * @default 0
   */
  failed: number;
}

/**
 * How the resource is tied to Atlas Cloud.
 */
export interface AtlasSchemaSpecCloud {
  /**
   * Repository in Atlas Cloud that the schema belongs to.
   */
  repo?: string;
  /**
   * Where the Atlas Cloud token is kept.
   */
  tokenFrom?: AtlasSchemaSpecCloudTokenFrom;
}

/**
 * AtlasSchemaSpecCloud as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCloudObserved extends AtlasSchemaSpecCloud {
  /**
   * Where the Atlas Cloud token is kept.
   */
  tokenFrom?: AtlasSchemaSpecCloudTokenFromObserved;
}

/**
 * The project configuration, read from a Secret.
 */
export interface AtlasSchemaSpecConfigFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecConfigFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecConfigFromObserved extends AtlasSchemaSpecConfigFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The target database as separate parts, in place of url or urlFrom.
 */
export interface AtlasSchemaSpecCredentials {
  /**
   * Name of the database.
   */
  database?: string;
  /**
   * Host name or address of the database server.
   */
  host?: string;
  /**
   * The host, read from a Secret.
   */
  hostFrom?: AtlasSchemaSpecCredentialsHostFrom;
  /**
   * Query parameters appended to the connection URL.
   */
  parameters?: { [name: string]: string };
  /**
   * The password in plain text; prefer passwordFrom, which keeps it out of the manifest.
   */
  password?: string;
  /**
   * The password, read from a Secret.
   */
  passwordFrom?: AtlasSchemaSpecCredentialsPasswordFrom;
  /**
   * TCP port of the database server.
   */
  port?: number;
  /**
   * Driver of the connection URL, such as postgres, mysql, sqlite or sqlserver.
   */
  scheme?: string;
  /**
   * Name of the database user.
   */
  user?: string;
  /**
   * The user's name, read from a Secret.
   */
  userFrom?: AtlasSchemaSpecCredentialsUserFrom;
}

/**
 * AtlasSchemaSpecCredentials as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCredentialsObserved extends AtlasSchemaSpecCredentials {
  /**
   * The host, read from a Secret.
   */
  hostFrom?: AtlasSchemaSpecCredentialsHostFromObserved;
  /**
   * The password, read from a Secret.
   */
  passwordFrom?: AtlasSchemaSpecCredentialsPasswordFromObserved;
  /**
   * The user's name, read from a Secret.
   */
  userFrom?: AtlasSchemaSpecCredentialsUserFromObserved;
}

/**
 * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
 */
export interface AtlasSchemaSpecDevDB {
  /**
   * The pod that runs the dev database.
   */
  spec?: PodSpec;
}

/**
 * AtlasSchemaSpecDevDB as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecDevDBObserved extends AtlasSchemaSpecDevDB {
  /**
   * The pod that runs the dev database.
   */
  spec?: PodSpecObserved;
}

/**
 * The dev database's URL, read from a Secret.
 */
export interface AtlasSchemaSpecDevURLFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecDevURLFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecDevURLFromObserved extends AtlasSchemaSpecDevURLFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * Which changes are allowed and how they are written.
 */
export interface AtlasSchemaSpecPolicy {
  /**
   * How the difference between the schemas is turned into statements.
   */
  diff?: AtlasSchemaSpecPolicyDiff;
  /**
   * What is checked in a plan before it is applied.
   */
  lint?: AtlasSchemaSpecPolicyLint;
}

/**
 * The desired state of the schema: exactly one of its fields.
 */
export interface AtlasSchemaSpecSchema {
  /**
   * A ConfigMap's key that ends in .hcl or .sql and holds the schema.
   */
  configMapKeyRef?: ConfigMapKeySelector;
  /**
   * The schema in Atlas' HCL.
   */
  hcl?: string;
  /**
   * The schema as SQL statements.
   */
  sql?: string;
  /**
   * The schema in Atlas Cloud, as an atlas:// URL.
   */
  url?: string;
}

/**
 * AtlasSchemaSpecSchema as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecSchemaObserved extends AtlasSchemaSpecSchema {
  /**
   * A ConfigMap's key that ends in .hcl or .sql and holds the schema.
   */
  configMapKeyRef?: ConfigMapKeySelectorObserved;
}

/**
 * The target database's URL, read from a Secret.
 */
export interface AtlasSchemaSpecUrlFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecUrlFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecUrlFromObserved extends AtlasSchemaSpecUrlFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * Where the Atlas Cloud token is kept.
 */
export interface AtlasSchemaSpecCloudTokenFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecCloudTokenFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCloudTokenFromObserved extends AtlasSchemaSpecCloudTokenFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The host, read from a Secret.
 */
export interface AtlasSchemaSpecCredentialsHostFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecCredentialsHostFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCredentialsHostFromObserved extends AtlasSchemaSpecCredentialsHostFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The password, read from a Secret.
 */
export interface AtlasSchemaSpecCredentialsPasswordFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecCredentialsPasswordFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCredentialsPasswordFromObserved extends AtlasSchemaSpecCredentialsPasswordFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The user's name, read from a Secret.
 */
export interface AtlasSchemaSpecCredentialsUserFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecCredentialsUserFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecCredentialsUserFromObserved extends AtlasSchemaSpecCredentialsUserFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * How the difference between the schemas is turned into statements.
 */
export interface AtlasSchemaSpecPolicyDiff {
  /**
   * Whether indexes are built and dropped without locking the table (PostgreSQL).
   */
  concurrent_index?: AtlasSchemaSpecPolicyDiffConcurrentIndex;
  /**
   * Kinds of change that are left out of every plan.
   */
  skip?: AtlasSchemaSpecPolicyDiffSkip;
}

/**
 * What is checked in a plan before it is applied.
 */
export interface AtlasSchemaSpecPolicyLint {
  /**
   * Checks for changes that lose data.
   */
  destructive?: AtlasSchemaSpecPolicyLintDestructive;
  /**
   * Which plans wait for a person's approval: all, those with warnings, or those with errors.
   *
   * - one of: "ALWAYS", "WARNING", "ERROR"
   */
  review?: "ALWAYS" | "WARNING" | "ERROR";
}

export interface AtlasSchemaSpecVarsItem {
  /**
   * Name of the variable.
   */
  key?: string;
  /**
   * Its value, given here.
   */
  value?: string;
  /**
   * Its value, read from a ConfigMap or a Secret.
   */
  valueFrom?: AtlasSchemaSpecVarsItemValueFrom;
}

/**
 * AtlasSchemaSpecVarsItem as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecVarsItemObserved extends AtlasSchemaSpecVarsItem {
  /**
   * Its value, read from a ConfigMap or a Secret.
   */
  valueFrom?: AtlasSchemaSpecVarsItemValueFromObserved;
}

/**
 * Whether indexes are built and dropped without locking the table (PostgreSQL).
 */
export interface AtlasSchemaSpecPolicyDiffConcurrentIndex {
  /**
   * Build indexes concurrently.
   */
  create?: boolean;
  /**
   * Drop indexes concurrently.
   */
  drop?: boolean;
}

/**
 * Kinds of change that are left out of every plan.
 */
export interface AtlasSchemaSpecPolicyDiffSkip {
  /**
   * Leave out changes that add a column.
   */
  add_column?: boolean;
  /**
   * Leave out changes that add a foreign key.
   */
  add_foreign_key?: boolean;
  /**
   * Leave out changes that add an index.
   */
  add_index?: boolean;
  /**
   * Leave out changes that add a schema.
   */
  add_schema?: boolean;
  /**
   * Leave out changes that add a table.
   */
  add_table?: boolean;
  /**
   * Leave out changes that drop a column.
   */
  drop_column?: boolean;
  /**
   * Leave out changes that drop a foreign key.
   */
  drop_foreign_key?: boolean;
  /**
   * Leave out changes that drop an index.
   */
  drop_index?: boolean;
  /**
   * Leave out changes that drop a schema.
   */
  drop_schema?: boolean;
  /**
   * Leave out changes that drop a table.
   */
  drop_table?: boolean;
  /**
   * Leave out changes that modify a column.
   */
  modify_column?: boolean;
  /**
   * Leave out changes that modify a foreign key.
   */
  modify_foreign_key?: boolean;
  /**
   * Leave out changes that modify an index.
   */
  modify_index?: boolean;
  /**
   * Leave out changes that modify a schema.
   */
  modify_schema?: boolean;
  /**
   * Leave out changes that modify a table.
   */
  modify_table?: boolean;
}

/**
 * Checks for changes that lose data.
 */
export interface AtlasSchemaSpecPolicyLintDestructive {
  /**
   * Refuse a plan that would lose data.
   */
  error?: boolean;
}

/**
 * Its value, read from a ConfigMap or a Secret.
 */
export interface AtlasSchemaSpecVarsItemValueFrom {
  /**
   * The ConfigMap and the key in it.
   */
  configMapKeyRef?: ConfigMapKeySelector;
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasSchemaSpecVarsItemValueFrom as the API server returns it: defaults are in place.
 */
export interface AtlasSchemaSpecVarsItemValueFromObserved extends AtlasSchemaSpecVarsItemValueFrom {
  /**
   * The ConfigMap and the key in it.
   */
  configMapKeyRef?: ConfigMapKeySelectorObserved;
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}
