/** What the operator does with a resource. */
export interface OperatorNeed {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Verbs that it needs in some clusters alone: where OwnerReferencesPermissionEnforcement is on, as in OpenShift. */
  readonly sometimes?: readonly string[];
  /** Whether its own namespace is enough. */
  readonly isOwn?: boolean;
}

/**
 * What the operator asks of the API server.
 *
 * Source: the audit log of an API server 1.34 while v0.7.11 elected a leader, failed over, and reconciled AtlasSchema and
 * AtlasMigration objects with dev databases; v0.7.37 ran with the same permissions.
 */
export const operatorNeeds: readonly OperatorNeed[] = [
  { group: "coordination.k8s.io", resource: "leases", verbs: ["get", "create", "update"], isOwn: true },
  { group: "", resource: "events", verbs: ["create", "patch"] },
  { group: "", resource: "configmaps", verbs: ["list", "watch"] },
  { group: "", resource: "secrets", verbs: ["list", "watch", "create", "update"] },
  { group: "", resource: "pods", verbs: ["list", "watch", "delete"] },
  { group: "apps", resource: "deployments", verbs: ["list", "watch", "create", "update"] },
  ...["atlasschemas", "atlasmigrations"].flatMap((resource): readonly OperatorNeed[] => [
    { group: "db.atlasgo.io", resource, verbs: ["list", "watch"] },
    { group: "db.atlasgo.io", resource: `${resource}/status`, verbs: ["update"] },
    { group: "db.atlasgo.io", resource: `${resource}/finalizers`, verbs: [], sometimes: ["update"] },
  ]),
];

/** The releases that these needs were seen of. */
export const needsSeen = { first: "v0.7.11", last: "v0.7.37" } as const;

/** A resource as kubectl takes it: `atlasschemas.db.atlasgo.io/status`. */
export function printedResource(group: string, resource: string): string {
  const [name, ...sub] = resource.split("/");
  return [[name, group].filter(Boolean).join("."), ...sub].join("/");
}
