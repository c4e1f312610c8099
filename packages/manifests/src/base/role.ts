import { define } from "@atlas/compose";
import type { Role } from "kubernetes-types/rbac/v1.js";
import { operator } from "../operator.ts";

/** What the operator may do in its own namespace: hold the lease by which replicas elect their leader. */
export const role = define<Role>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "Role",
  metadata: { name: operator.name },
  rules: [
    {
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
    },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ],
});
