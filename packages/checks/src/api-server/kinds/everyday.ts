import { clusterRoleRule, clusterRoleBindingRule, roleRule, roleBindingRule } from "../access/rbac.ts";
import { byLabel, bySegment } from "../metadata/name.ts";
import { networkPolicy } from "../network/network-policy.ts";
import { configMapRule, secretRule } from "../object/config.ts";
import { namespaceRule } from "../object/namespace.ts";
import { disruptionBudget } from "../policy/disruption-budget.ts";
import { deploymentRule } from "../workload/deployment.ts";
import { clusterWide, lax, namespaced, type Kinds } from "./kind.ts";

/** What most environments have. */
export const everyday: Kinds = {
  "v1/ConfigMap": namespaced(configMapRule),
  "v1/Namespace": clusterWide(namespaceRule, byLabel),
  "v1/Secret": namespaced(secretRule),
  "v1/ServiceAccount": namespaced(),
  "apps/v1/Deployment": namespaced(deploymentRule),
  "networking.k8s.io/v1/NetworkPolicy": namespaced(networkPolicy),
  "policy/v1/PodDisruptionBudget": lax(namespaced(disruptionBudget, bySegment)),
  "rbac.authorization.k8s.io/v1/ClusterRole": clusterWide(clusterRoleRule, bySegment),
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": clusterWide(clusterRoleBindingRule, bySegment),
  "rbac.authorization.k8s.io/v1/Role": namespaced(roleRule, bySegment),
  "rbac.authorization.k8s.io/v1/RoleBinding": namespaced(roleBindingRule, bySegment),
};
