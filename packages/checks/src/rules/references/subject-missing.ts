import { found, type Found, type Rule } from "../../findings/rule.ts";
import { findObject, isAnywhere, type World } from "../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { misspelt, perhapsMisspelt } from "../../objects/near.ts";
import { at, elements, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { rbacGroup } from "../../rbac/roles.ts";

export const subjectMissing: Rule = {
  code: "subject-missing",
  severity: "error",
  why: "A binding whose subject lies in another namespace, or is misspelt, leaves the account that was meant without the role.",
  fix: "name the account by its own namespace and name",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects",
  find: (world) =>
    ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
      world
        .of(rbacGroup, kind)
        .flatMap((binding) =>
          elements(at(nodeOf(binding), "subjects")).flatMap((subject) => ofSubject(world, binding, subject)),
        ),
    ),
};

/** Accounts of other people's are bound, too: only one that is meant for one of the objects misses it. */
function ofSubject(world: World, binding: KubernetesObject, subject: Node): readonly Found[] {
  const [kind, name = "", stated] = ["kind", "name", "namespace"].map((field) => textAt(at(subject, field)));
  if (kind !== "ServiceAccount" || name === "default") return [];
  const namespace = stated || (binding.kind === "RoleBinding" ? namespaceOf(binding) : undefined);
  if (namespace === undefined) {
    const what = `the subject has no namespace: no account is meant`;
    return [found(at(subject, "namespace"), what, { fix: "state the namespace of the account" })];
  }
  if (findObject(world, "", "ServiceAccount", name, namespace)) return [];
  const missing = `there is no ServiceAccount/${name} in the namespace ${namespace}`;
  const elsewhere = findObject(world, "", "ServiceAccount", name);
  if (elsewhere && isAnywhere(elsewhere)) return [];
  if (elsewhere) {
    const own = namespaceOf(elsewhere);
    const fix = `state the namespace ${own}`;
    return [found(at(subject, "namespace"), `${missing}, but in ${own}`, { fix })];
  }
  const names = world
    .of("", "ServiceAccount")
    .filter((each) => namespaceOf(each) === namespace)
    .map((each) => each.metadata.name);
  const near = misspelt(name, names);
  if (near !== undefined) return [found(at(subject, "name"), missing, { fix: `did you mean "${near}"?` })];
  // What a namespace has that comes along is known, but for what others put there.
  if (world.namespace(namespace) === undefined) return [];
  const perhaps = perhapsMisspelt(name, names);
  return [
    found(at(subject, "name"), `${missing} among the objects, which have the namespace`, {
      severity: "warning",
      fix:
        perhaps === undefined ? "add the ServiceAccount, or correct its name" : `did you mean "${perhaps}"?`,
    }),
  ];
}
