import { define } from "@atlas/compose";
import type { ClusterRole } from "kubernetes-types/rbac/v1.js";
import { operator } from "../operator.ts";

/** What the operator may do in every namespace: it reconciles AtlasSchema and AtlasMigration wherever they stand. */
export const clusterRole = define<ClusterRole>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: operator.name },
  rules: [
    // Dev databases.
    {
      apiGroups: ["apps"],
      resources: ["deployments"],
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    },
    // Schemas, credentials and migration directories that the resources refer to.
    {
      apiGroups: [""],
      resources: ["configmaps", "secrets"],
      verbs: ["create", "delete", "get", "list", "update", "watch"],
    },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    // The pods of dev databases, which the operator dials by address.
    { apiGroups: [""], resources: ["pods"], verbs: ["create", "delete", "get", "list", "watch"] },
    {
      apiGroups: ["db.atlasgo.io"],
      resources: ["atlasmigrations"],
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    },
    // Needed where the admission plugin OwnerReferencesPermissionEnforcement is on, as in OpenShift.
    { apiGroups: ["db.atlasgo.io"], resources: ["atlasmigrations/finalizers"], verbs: ["update"] },
    {
      apiGroups: ["db.atlasgo.io"],
      resources: ["atlasmigrations/status"],
      verbs: ["get", "patch", "update"],
    },
    {
      apiGroups: ["db.atlasgo.io"],
      resources: ["atlasschemas"],
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    },
    { apiGroups: ["db.atlasgo.io"], resources: ["atlasschemas/finalizers"], verbs: ["update"] },
    { apiGroups: ["db.atlasgo.io"], resources: ["atlasschemas/status"], verbs: ["get", "patch", "update"] },
  ],
});
