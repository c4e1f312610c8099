import { define } from "@atlas/compose";
import type { ClusterRoleBinding } from "kubernetes-types/rbac/v1.js";
import { clusterRole } from "./cluster-role.ts";
import { serviceAccount } from "./service-account.ts";

export const clusterRoleBinding = define<ClusterRoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: clusterRole.metadata.name },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: clusterRole.kind, name: clusterRole.metadata.name },
  subjects: [{ kind: serviceAccount.kind, name: serviceAccount.metadata.name }],
});
