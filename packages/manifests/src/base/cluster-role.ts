import { define } from "@atlas/compose";
import type { ClusterRole, PolicyRule } from "kubernetes-types/rbac/v1.js";
import { operator } from "../operator.ts";
import { crds } from "./crds.ts";

/** What it may do with the kind of a CRD, which is named by its plural and its group. */
function crdRules(crd: string): PolicyRule[] {
  const [plural = "", ...group] = crd.split(".");
  const apiGroups = [group.join(".")];
  return [
    {
      apiGroups,
      resources: [plural],
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    },
    // Needed where the admission plugin OwnerReferencesPermissionEnforcement is on, as in OpenShift.
    { apiGroups, resources: [`${plural}/finalizers`], verbs: ["update"] },
    { apiGroups, resources: [`${plural}/status`], verbs: ["get", "patch", "update"] },
  ];
}

/** What the operator may do in every namespace: it reconciles the kinds of its CRDs wherever they stand. */
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
    ...crds.flatMap(({ metadata }) => crdRules(metadata.name)),
  ],
});
