// Generated from crds/ by crd-codegen. Do not edit.

import type {
  Condition,
  ConfigMapKeySelector,
  ConfigMapKeySelectorObserved,
  LocalObjectReference,
  LocalObjectReferenceObserved,
  ObjectMeta,
  ObservedObjectMeta,
  PodSpec,
  PodSpecObserved,
  SecretKeySelector,
  SecretKeySelectorObserved,
} from "./kubernetes.ts";

/**
 * A directory of versioned migrations that the operator applies to a database.
 */
export interface AtlasMigration {
  apiVersion: "db.atlasgo.io/v1alpha1";
  kind: "AtlasMigration";
  metadata: ObjectMeta;
  /**
   * The target database, the migrations, and how they are applied.
   */
  spec?: AtlasMigrationSpec;
}

/**
 * AtlasMigration as the API server returns it.
 */
export interface AtlasMigrationObserved extends AtlasMigration {
  metadata: ObservedObjectMeta;
  /**
   * The target database, the migrations, and how they are applied.
   */
  spec?: AtlasMigrationSpecObserved;
  /**
   * What the operator last observed.
   */
  status?: AtlasMigrationStatusObserved;
}

/**
 * The target database, the migrations, and how they are applied.
 */
export interface AtlasMigrationSpec {
  /**
   * How often a failing migration is tried again before the operator gives up.
   *
   * @default 20
   */
  backoffLimit?: number;
  /**
   * Version that a database which was there before counts as being at.
   */
  baseline?: string;
  /**
   * How the resource is tied to Atlas Cloud.
   */
  cloud?: AtlasMigrationSpecCloud;
  /**
   * Atlas project configuration (HCL); the operator takes it only when it runs with ALLOW_CUSTOM_CONFIG.
   */
  config?: string;
  /**
   * The project configuration, read from a Secret.
   */
  configFrom?: AtlasMigrationSpecConfigFrom;
  /**
   * The target database as separate parts, in place of url or urlFrom.
   */
  credentials?: AtlasMigrationSpecCredentials;
  /**
   * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
   */
  devDB?: AtlasMigrationSpecDevDB;
  /**
   * URL of an empty database on which changes are planned; without it the operator starts one for the purpose.
   */
  devURL?: string;
  /**
   * The dev database's URL, read from a Secret.
   */
  devURLFrom?: AtlasMigrationSpecDevURLFrom;
  /**
   * The migration directory: exactly one of its fields.
   */
  dir: AtlasMigrationSpecDir;
  /**
   * The env block of the project configuration that applies; k8s when left out.
   */
  envName?: string;
  /**
   * What to do with files older than the last one applied: refuse them, skip them, or run them.
   *
   * - one of: "linear", "linear-skip", "non-linear"
   *
   * @default "linear"
   */
  execOrder?: "linear" | "linear-skip" | "non-linear";
  /**
   * Operations that are off unless they are allowed here.
   */
  protectedFlows?: AtlasMigrationSpecProtectedFlows;
  /**
   * Database schema that holds the table of applied revisions.
   */
  revisionsSchema?: string;
  /**
   * URL of the target database; it may hold a password, so prefer urlFrom.
   */
  url?: string;
  /**
   * The target database's URL, read from a Secret.
   */
  urlFrom?: AtlasMigrationSpecUrlFrom;
  /**
   * Values for the input variables of the project configuration.
   */
  vars?: AtlasMigrationSpecVarsItem[];
}

/**
 * AtlasMigrationSpec as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecObserved extends AtlasMigrationSpec {
  /**
   * How often a failing migration is tried again before the operator gives up.
   *
   * @default 20
   */
  backoffLimit: number;
  /**
   * How the resource is tied to Atlas Cloud.
   */
  cloud?: AtlasMigrationSpecCloudObserved;
  /**
   * The project configuration, read from a Secret.
   */
  configFrom?: AtlasMigrationSpecConfigFromObserved;
  /**
   * The target database as separate parts, in place of url or urlFrom.
   */
  credentials?: AtlasMigrationSpecCredentialsObserved;
  /**
   * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
   */
  devDB?: AtlasMigrationSpecDevDBObserved;
  /**
   * The dev database's URL, read from a Secret.
   */
  devURLFrom?: AtlasMigrationSpecDevURLFromObserved;
  /**
   * The migration directory: exactly one of its fields.
   */
  dir: AtlasMigrationSpecDirObserved;
  /**
   * What to do with files older than the last one applied: refuse them, skip them, or run them.
   *
   * - one of: "linear", "linear-skip", "non-linear"
   *
   * @default "linear"
   */
  execOrder: "linear" | "linear-skip" | "non-linear";
  /**
   * Operations that are off unless they are allowed here.
   */
  protectedFlows?: AtlasMigrationSpecProtectedFlowsObserved;
  /**
   * The target database's URL, read from a Secret.
   */
  urlFrom?: AtlasMigrationSpecUrlFromObserved;
  /**
   * Values for the input variables of the project configuration.
   */
  vars?: AtlasMigrationSpecVarsItemObserved[];
}

/**
 * What the operator last observed.
 */
export interface AtlasMigrationStatus {
  /**
   * Where a migration that waits can be approved.
   */
  approvalUrl?: string;
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
   * When the last migration was applied, in seconds since 1970.
   *
   * - format: int64
   */
  lastApplied: number;
  /**
   * Version of the last migration that was applied.
   */
  lastAppliedVersion?: string;
  /**
   * The last deployment in Atlas Cloud.
   */
  lastDeploymentUrl?: string;
  /**
   * Hash of the desired state that was last applied.
   */
  observed_hash: string;
}

/**
 * AtlasMigrationStatus as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationStatusObserved extends AtlasMigrationStatus {
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
export interface AtlasMigrationSpecCloud {
  /**
   * Project in Atlas Cloud that the migrations belong to.
   */
  project?: string;
  /**
   * Where the Atlas Cloud token is kept.
   */
  tokenFrom?: AtlasMigrationSpecCloudTokenFrom;
  /**
   * Address of Atlas Cloud, where it is not the public one.
   */
  url?: string;
}

/**
 * AtlasMigrationSpecCloud as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCloudObserved extends AtlasMigrationSpecCloud {
  /**
   * Where the Atlas Cloud token is kept.
   */
  tokenFrom?: AtlasMigrationSpecCloudTokenFromObserved;
}

/**
 * The project configuration, read from a Secret.
 */
export interface AtlasMigrationSpecConfigFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecConfigFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecConfigFromObserved extends AtlasMigrationSpecConfigFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The target database as separate parts, in place of url or urlFrom.
 */
export interface AtlasMigrationSpecCredentials {
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
  hostFrom?: AtlasMigrationSpecCredentialsHostFrom;
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
  passwordFrom?: AtlasMigrationSpecCredentialsPasswordFrom;
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
  userFrom?: AtlasMigrationSpecCredentialsUserFrom;
}

/**
 * AtlasMigrationSpecCredentials as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCredentialsObserved extends AtlasMigrationSpecCredentials {
  /**
   * The host, read from a Secret.
   */
  hostFrom?: AtlasMigrationSpecCredentialsHostFromObserved;
  /**
   * The password, read from a Secret.
   */
  passwordFrom?: AtlasMigrationSpecCredentialsPasswordFromObserved;
  /**
   * The user's name, read from a Secret.
   */
  userFrom?: AtlasMigrationSpecCredentialsUserFromObserved;
}

/**
 * A dev database of your own making that the operator starts; devURL or devURLFrom must say how to reach it.
 */
export interface AtlasMigrationSpecDevDB {
  /**
   * The pod that runs the dev database.
   */
  spec?: PodSpec;
}

/**
 * AtlasMigrationSpecDevDB as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecDevDBObserved extends AtlasMigrationSpecDevDB {
  /**
   * The pod that runs the dev database.
   */
  spec?: PodSpecObserved;
}

/**
 * The dev database's URL, read from a Secret.
 */
export interface AtlasMigrationSpecDevURLFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecDevURLFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecDevURLFromObserved extends AtlasMigrationSpecDevURLFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The migration directory: exactly one of its fields.
 */
export interface AtlasMigrationSpecDir {
  /**
   * A ConfigMap with one key for each migration file, atlas.sum included.
   */
  configMapRef?: LocalObjectReference;
  /**
   * The files themselves, by name.
   */
  local?: { [name: string]: string };
  /**
   * A directory in the Atlas Cloud registry.
   */
  remote?: AtlasMigrationSpecDirRemote;
}

/**
 * AtlasMigrationSpecDir as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecDirObserved extends AtlasMigrationSpecDir {
  /**
   * A ConfigMap with one key for each migration file, atlas.sum included.
   */
  configMapRef?: LocalObjectReferenceObserved;
}

/**
 * Operations that are off unless they are allowed here.
 */
export interface AtlasMigrationSpecProtectedFlows {
  /**
   * Going back to an earlier version when files were removed.
   */
  migrateDown?: AtlasMigrationSpecProtectedFlowsMigrateDown;
}

/**
 * AtlasMigrationSpecProtectedFlows as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecProtectedFlowsObserved extends AtlasMigrationSpecProtectedFlows {
  /**
   * Going back to an earlier version when files were removed.
   */
  migrateDown?: AtlasMigrationSpecProtectedFlowsMigrateDownObserved;
}

/**
 * The target database's URL, read from a Secret.
 */
export interface AtlasMigrationSpecUrlFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecUrlFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecUrlFromObserved extends AtlasMigrationSpecUrlFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * Where the Atlas Cloud token is kept.
 */
export interface AtlasMigrationSpecCloudTokenFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecCloudTokenFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCloudTokenFromObserved extends AtlasMigrationSpecCloudTokenFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The host, read from a Secret.
 */
export interface AtlasMigrationSpecCredentialsHostFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecCredentialsHostFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCredentialsHostFromObserved extends AtlasMigrationSpecCredentialsHostFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The password, read from a Secret.
 */
export interface AtlasMigrationSpecCredentialsPasswordFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecCredentialsPasswordFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCredentialsPasswordFromObserved extends AtlasMigrationSpecCredentialsPasswordFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * The user's name, read from a Secret.
 */
export interface AtlasMigrationSpecCredentialsUserFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelector;
}

/**
 * AtlasMigrationSpecCredentialsUserFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecCredentialsUserFromObserved extends AtlasMigrationSpecCredentialsUserFrom {
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}

/**
 * A directory in the Atlas Cloud registry.
 */
export interface AtlasMigrationSpecDirRemote {
  /**
   * Name of the directory.
   */
  name?: string;
  /**
   * Its tag; the latest when left out.
   */
  tag?: string;
}

/**
 * Going back to an earlier version when files were removed.
 */
export interface AtlasMigrationSpecProtectedFlowsMigrateDown {
  /**
   * Whether going back is allowed at all.
   *
   * @default false
   */
  allow?: boolean;
  /**
   * Whether it goes ahead without a person's approval.
   *
   * @default false
   */
  autoApprove?: boolean;
}

/**
 * AtlasMigrationSpecProtectedFlowsMigrateDown as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecProtectedFlowsMigrateDownObserved extends AtlasMigrationSpecProtectedFlowsMigrateDown {
  /**
   * Whether going back is allowed at all.
   *
   * @default false
   */
  allow: boolean;
  /**
   * Whether it goes ahead without a person's approval.
   *
   * @default false
   */
  autoApprove: boolean;
}

export interface AtlasMigrationSpecVarsItem {
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
  valueFrom?: AtlasMigrationSpecVarsItemValueFrom;
}

/**
 * AtlasMigrationSpecVarsItem as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecVarsItemObserved extends AtlasMigrationSpecVarsItem {
  /**
   * Its value, read from a ConfigMap or a Secret.
   */
  valueFrom?: AtlasMigrationSpecVarsItemValueFromObserved;
}

/**
 * Its value, read from a ConfigMap or a Secret.
 */
export interface AtlasMigrationSpecVarsItemValueFrom {
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
 * AtlasMigrationSpecVarsItemValueFrom as the API server returns it: defaults are in place.
 */
export interface AtlasMigrationSpecVarsItemValueFromObserved extends AtlasMigrationSpecVarsItemValueFrom {
  /**
   * The ConfigMap and the key in it.
   */
  configMapKeyRef?: ConfigMapKeySelectorObserved;
  /**
   * The Secret and the key in it.
   */
  secretKeyRef?: SecretKeySelectorObserved;
}
