import { kubectlName, namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt, type Node } from "../objects/node.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import { rbacGroup, rulesReferredTo } from "./roles.ts";

/** What a binding gives its subjects. */
export interface Grant {
  readonly subjects: readonly Node[];
  readonly roleRef: Node;
  /** Undefined where the role is not among the objects. */
  readonly rules: () => readonly Node[] | undefined;
  /** Where it holds; undefined for everywhere. */
  readonly namespace: string | undefined;
}

/** What all bindings give: first those that hold everywhere. */
export const grantsIn = (objects: readonly KubernetesObject[]): readonly Grant[] => [
  ...ofKind(objects, rbacGroup, "ClusterRoleBinding").map((each) => grantOf(objects, each, undefined)),
  ...ofKind(objects, rbacGroup, "RoleBinding").map((each) => grantOf(objects, each, namespaceOf(each))),
];

function grantOf(
  objects: readonly KubernetesObject[],
  binding: KubernetesObject,
  namespace: string | undefined,
): Grant {
  const node = nodeOf(binding);
  const roleRef = at(node, "roleRef");
  return {
    subjects: elements(at(node, "subjects")),
    roleRef,
    rules: () => rulesReferredTo(objects, roleRef, namespace),
    namespace,
  };
}

/** The role that a binding refers to, as `ClusterRole/view`. */
export const referred = (roleRef: Node): string =>
  kubectlName({
    apiVersion: rbacGroup,
    kind: textAt(at(roleRef, "kind")) ?? "",
    metadata: { name: textAt(at(roleRef, "name")) ?? "" },
  });

/** The roles that are bound and not among the objects. */
export const unknownRoles = (grants: readonly Grant[]): readonly Reason[] =>
  grants
    .filter(({ rules }) => rules() === undefined)
    .map(({ roleRef }) => reason(roleRef, `${referred(roleRef)} is not among the objects`));
