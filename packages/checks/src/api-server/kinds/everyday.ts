import { clusterRole, clusterRoleBinding, role, roleBinding } from "../access/rbac.ts";
import { byLabel, bySegment } from "../metadata/name.ts";
import { networkPolicy } from "../network/network-policy.ts";
import { namespace } from "../object/cluster.ts";
import { configMap, secret } from "../object/config.ts";
import { disruptionBudget } from "../policy/disruption-budget.ts";
import { clusterWide, lax, namespaced, type Kinds } from "./kind.ts";

/** What most environments have. */
export const everyday: Kinds = {
  "v1/ConfigMap": namespaced(configMap),
  "v1/Namespace": clusterWide(namespace, byLabel),
  "v1/Secret": namespaced(secret),
  "v1/ServiceAccount": namespaced(),
  "networking.k8s.io/v1/NetworkPolicy": namespaced(networkPolicy),
  "policy/v1/PodDisruptionBudget": lax(namespaced(disruptionBudget, bySegment)),
  "rbac.authorization.k8s.io/v1/ClusterRole": clusterWide(clusterRole, bySegment),
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": clusterWide(clusterRoleBinding, bySegment),
  "rbac.authorization.k8s.io/v1/Role": namespaced(role, bySegment),
  "rbac.authorization.k8s.io/v1/RoleBinding": namespaced(roleBinding, bySegment),
};
