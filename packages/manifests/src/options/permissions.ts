import { clusterRole } from "../base/cluster-role.ts";
import { role } from "../base/role.ts";

/** A rule of a role, for resources. */
interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

/** What the base lets the operator do in every namespace. */
export const everywhere: readonly ResourceRule[] = clusterRole.rules;

/** What the base lets it do in its own. */
export const atHome: readonly ResourceRule[] = role.rules;

/**
 * The verbs that the operator uses, by API group and resource. A resource that is not here, as one of a kind that a newer
 * release brings, is not judged.
 *
 * Source: the audit log of an API server 1.34 while v0.7.11 elected a leader, failed over, and reconciled AtlasSchema and
 * AtlasMigration objects with dev databases; v0.7.37 ran with the same permissions.
 */
const used: Readonly<Record<string, readonly string[]>> = {
  "/configmaps": ["list", "watch"],
  "/events": ["create", "patch"],
  "/pods": ["delete", "list", "watch"],
  "/secrets": ["create", "list", "update", "watch"],
  "apps/deployments": ["create", "list", "update", "watch"],
  "coordination.k8s.io/leases": ["create", "get", "update"],
  ...Object.fromEntries(
    ["atlasschemas", "atlasmigrations"].flatMap((plural) => [
      [`db.atlasgo.io/${plural}`, ["list", "watch"]],
      // Where OwnerReferencesPermissionEnforcement is on, as in OpenShift.
      [`db.atlasgo.io/${plural}/finalizers`, ["update"]],
      [`db.atlasgo.io/${plural}/status`, ["update"]],
    ]),
  ),
};

/** Rules as they are, with the verbs alone that the operator uses. */
export const onlyUsed = (rules: readonly ResourceRule[]): readonly ResourceRule[] =>
  rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => {
        const needed = used[`${group}/${resource}`] ?? verbs;
        return {
          apiGroups: [group],
          resources: [resource],
          verbs: verbs.filter((verb) => needed.includes(verb)),
        };
      }),
    ),
  );
