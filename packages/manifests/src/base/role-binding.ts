import { define } from "@atlas/compose";
import type { RoleBinding } from "kubernetes-types/rbac/v1.js";
import { role } from "./role.ts";
import { serviceAccount } from "./service-account.ts";

export const roleBinding = define<RoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: role.metadata.name },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name: role.metadata.name },
  subjects: [{ kind: serviceAccount.kind, name: serviceAccount.metadata.name }],
});
