import type { Found, Rule } from "../../findings/rule.ts";
import { found } from "../../findings/rule.ts";
import { findObject, type World } from "../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { misspelt } from "../../objects/near.ts";
import { at, nodeOf, textAt } from "../../objects/node.ts";
import { rbacGroup } from "../../rbac/roles.ts";
import { dangling } from "./dangling.ts";

/** What every cluster has. */
export const isRoleOfClusters = (name: string): boolean =>
  ["admin", "cluster-admin", "edit", "view"].includes(name) || name.startsWith("system:");

/**
 * Whether every cluster has a Role in a namespace.
 *
 * Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go of k8s.io/kubernetes
 */
export const isNamespacedRoleOfClusters = (namespace: string, name: string): boolean =>
  ["kube-public", "kube-system"].includes(namespace) &&
  (name === "extension-apiserver-authentication-reader" || name.startsWith("system:"));

export const roleMissing: Rule = {
  code: "role-missing",
  severity: "warning",
  why: "A binding to a role that is not there gives nobody anything, and nothing says so.",
  fix: "add the role, or correct its kind or name: what a binding refers to can't be changed later, only made anew",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding",
  find: (world) =>
    ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
      world.of(rbacGroup, kind).flatMap((binding) => ofBinding(world, binding)),
    ),
};

function ofBinding(world: World, binding: KubernetesObject): readonly Found[] {
  const node = at(nodeOf(binding), "roleRef", "name");
  const [kind, name = ""] = [textAt(at(nodeOf(binding), "roleRef", "kind")), textAt(node)];
  if (kind === "Role" && isNamespacedRoleOfClusters(namespaceOf(binding), name)) return [];
  if (kind === "Role")
    return dangling(
      world,
      node,
      { group: rbacGroup, kind, name, namespace: namespaceOf(binding) },
      "the binding gives nothing",
    );
  if (kind !== "ClusterRole" || isRoleOfClusters(name) || findObject(world, rbacGroup, kind, name)) return [];
  const near = misspelt(
    name,
    world.of(rbacGroup, kind).map((each) => each.metadata.name),
  );
  const what = `there is no ClusterRole/${name} among the objects: the binding gives nothing`;
  return [
    near === undefined
      ? found(node, what)
      : found(node, what, { severity: "error", fix: `did you mean "${near}"?` }),
  ];
}
