import { component, define, refuseFurther, type Component } from "@atlas/compose";
import type { ClusterRole } from "kubernetes-types/rbac/v1.js";
import { crds } from "../base/crds.ts";
import { operator } from "../operator.ts";

const verbs = {
  view: ["get", "list", "watch"],
  edit: ["create", "delete", "deletecollection", "patch", "update"],
} as const;

/** The plurals of a group, status included where it is read. */
const pluralsByGroup = Map.groupBy(
  crds.map(({ metadata }) => metadata.name.split(".")),
  ([, ...group]) => group.join("."),
);

const roleFor = (what: "view" | "edit") =>
  define<ClusterRole>()({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: {
      name: `${operator.name}-${what}`,
      // `edit` gathers what `view` has, and `admin` what `edit` has.
      labels: { [`rbac.authorization.k8s.io/aggregate-to-${what}`]: "true" },
    },
    rules: [...pluralsByGroup].map(([group, plurals]) => ({
      apiGroups: [group],
      resources: plurals.flatMap(([plural = ""]) =>
        what === "view" ? [plural, `${plural}/status`] : [plural],
      ),
      verbs: [...verbs[what]],
    })),
  });

/**
 * Lets people see and change the operator's kinds where they may see and change what Kubernetes has: two ClusterRoles that
 * Kubernetes adds to its own `view`, `edit` and `admin`. Without them only a cluster's administrators may. A status nobody
 * writes but the operator.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 *
 * @example
 * overlay({ base, components: [rolesForPeople()] });
 */
export function rolesForPeople(): Component {
  refuseFurther(rolesForPeople, arguments, "take it out: the option has no settings");
  return component({ resources: [roleFor("view"), roleFor("edit")] });
}
