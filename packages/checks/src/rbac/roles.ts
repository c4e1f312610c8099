import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, isThere, mapAt, nodeOf, textAt, type Node } from "../objects/node.ts";
import { selects } from "../objects/selector.ts";
import { rulesOf } from "./rule.ts";

/** The API group of roles and bindings. */
export const rbacGroup = "rbac.authorization.k8s.io";

/**
 * The rules that a binding refers to, with those of the roles that an aggregated one is made of.
 *
 * @returns undefined where no such role is among the objects.
 */
export function rulesReferredTo(
  objects: readonly KubernetesObject[],
  roleRef: Node,
  namespace: string | undefined,
): readonly Node[] | undefined {
  const [kind = "", name = ""] = ["kind", "name"].map((field) => textAt(at(roleRef, field)));
  const role = ofKind(objects, rbacGroup, kind).find(
    (object) =>
      object.metadata.name === name &&
      (kind === "ClusterRole" || (kind === "Role" && namespaceOf(object) === namespace)),
  );
  return role && (kind === "ClusterRole" ? aggregated(objects, role, new Set()) : rulesOf(nodeOf(role)));
}

/**
 * The rules of a ClusterRole. Those of one with an aggregation rule are what a controller gathers from the roles that it
 * selects, and never its own.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
function aggregated(
  objects: readonly KubernetesObject[],
  role: KubernetesObject,
  seen: Set<KubernetesObject>,
): readonly Node[] {
  if (seen.has(role)) return [];
  seen.add(role);
  const node = nodeOf(role);
  const aggregation = at(node, "aggregationRule");
  if (!isThere(aggregation)) return rulesOf(node);
  const selectors = elements(at(aggregation, "clusterRoleSelectors"));
  return ofKind(objects, rbacGroup, "ClusterRole")
    .filter((other) => {
      const labels = mapAt(at(nodeOf(other), "metadata", "labels"));
      return selectors.some((selector) => selects(selector, labels));
    })
    .flatMap((other) => aggregated(objects, other, seen));
}
