import { base } from "@atlas/compose";
import { operator } from "../operator.ts";
import { atlasMigrationCrd } from "./atlas-migration-crd.ts";
import { atlasSchemaCrd } from "./atlas-schema-crd.ts";
import { clusterRole } from "./cluster-role.ts";
import { clusterRoleBinding } from "./cluster-role-binding.ts";
import { crds } from "./crds.ts";
import { deployment } from "./deployment.ts";
import { podDisruptionBudget } from "./pod-disruption-budget.ts";
import { role } from "./role.ts";
import { roleBinding } from "./role-binding.ts";
import { serviceAccount } from "./service-account.ts";

export {
  atlasMigrationCrd,
  atlasSchemaCrd,
  clusterRole,
  clusterRoleBinding,
  deployment,
  podDisruptionBudget,
  role,
  roleBinding,
  serviceAccount,
};

/** The operator as every environment runs it. By itself it can be applied to an empty cluster. */
export default base({
  // The one namespace that every cluster has. It is stated because a binding's subject must name it.
  namespace: "default",
  resources: [
    serviceAccount,
    clusterRole,
    clusterRoleBinding,
    role,
    roleBinding,
    ...crds,
    deployment,
    podDisruptionBudget,
  ],
  images: [operator.image],
});
