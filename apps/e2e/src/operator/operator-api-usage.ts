/** An API call that the operator makes. */
export interface ApiCall {
  readonly verb: "create" | "delete" | "get" | "list" | "patch" | "update" | "watch";
  /** Empty for the core group. */
  readonly apiGroup: string;
  /** With its subresource, as rules name it: `atlasschemas/status`. */
  readonly resource: string;
  /**
   * Where the call is made: in all namespaces at once, in that of the AtlasSchema or AtlasMigration, or in the
   * operator's own.
   */
  readonly scope: "cluster" | "namespace" | "own namespace";
}

type UsageRow = readonly [
  apiGroup: string,
  resource: string,
  scope: ApiCall["scope"],
  ...verbs: ApiCall["verb"][],
];

/**
 * The API calls that Atlas Operator v0.7.11 was seen to make, by the audit log of kube-apiserver v1.34.4, while it elected
 * a leader and failed over, reconciled AtlasSchema and AtlasMigration objects against sqlite and PostgreSQL, and made dev
 * databases. None was refused. A release with other needs gets a list of its own.
 */
export const operatorApiUsage: readonly ApiCall[] = calls([
  ["", "configmaps", "cluster", "list", "watch"],
  ["", "events", "namespace", "create", "patch"],
  ["", "pods", "cluster", "list", "watch"],
  ["", "pods", "namespace", "delete"],
  ["", "secrets", "cluster", "list", "watch"],
  ["", "secrets", "namespace", "create", "update"],
  ["apps", "deployments", "cluster", "list", "watch"],
  ["apps", "deployments", "namespace", "create", "update"],
  ["coordination.k8s.io", "leases", "own namespace", "create", "get", "update"],
  ["db.atlasgo.io", "atlasmigrations", "cluster", "list", "watch"],
  ["db.atlasgo.io", "atlasmigrations/status", "namespace", "update"],
  ["db.atlasgo.io", "atlasschemas", "cluster", "list", "watch"],
  ["db.atlasgo.io", "atlasschemas/status", "namespace", "update"],
]);

/**
 * What no request names and the admission plugin OwnerReferencesPermissionEnforcement asks all the same (off by default,
 * on in OpenShift): without it, the operator's dev databases and migration states, which belong to their AtlasSchema or
 * AtlasMigration, are refused.
 */
export const ownerReferenceUsage: readonly ApiCall[] = calls([
  ["db.atlasgo.io", "atlasmigrations/finalizers", "namespace", "update"],
  ["db.atlasgo.io", "atlasschemas/finalizers", "namespace", "update"],
]);

function calls(rows: readonly UsageRow[]): ApiCall[] {
  return rows.flatMap(([apiGroup, resource, scope, ...verbs]) =>
    verbs.map((verb) => ({ verb, apiGroup, resource, scope })),
  );
}
