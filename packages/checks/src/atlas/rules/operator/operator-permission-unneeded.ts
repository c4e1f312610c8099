import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { findObject, type World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { namespaceOf } from "../../../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt, textsAt, type Node } from "../../../objects/node.ts";
import { rbacGroup } from "../../../rbac/roles.ts";
import { rulesOf } from "../../../rbac/rule.ts";
import { unknownPermissions } from "../../../rules/references/permission-unknown.ts";
import { comesBefore, operatorsIn, type Operator } from "../../operator.ts";
import { operatorNeeds, needsSeen, printedResource } from "../../permissions.ts";

export const operatorPermissionUnneeded: Rule = {
  code: "operator-permission-unneeded",
  severity: "warning",
  why: "Whoever takes over the operator's pod may do all that its account may do; what the release never asks for serves nobody else.",
  fix: "take the verbs out of the rule",
  link: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  find: (world) =>
    operatorsIn(world)
      .filter(
        ({ version = needsSeen.last }) =>
          !comesBefore(version, needsSeen.first) && !comesBefore(needsSeen.last, version),
      )
      .flatMap((operator) => rolesOf(world, operator).flatMap((role) => ofRole(world, role))),
};

/** The roles that are bound to its account, and to nobody else: others may need what it does not. */
function rolesOf(world: World, { account, pod }: Operator): readonly KubernetesObject[] {
  const roles = ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    world.of(rbacGroup, kind).flatMap((binding) => {
      const isOwn = elements(at(nodeOf(binding), "subjects")).every(
        (subject) =>
          at(subject, "name").value === account &&
          [pod.namespace, undefined].includes(textAt(at(subject, "namespace"))),
      );
      const [ofKind = "", name = ""] = ["kind", "name"].map((field) =>
        textAt(at(nodeOf(binding), "roleRef", field)),
      );
      const namespace = ofKind === "Role" ? namespaceOf(binding) : undefined;
      const role = findObject(world, rbacGroup, ofKind, name, namespace);
      return isOwn && role ? [role] : [];
    }),
  );
  return [...new Set(roles)];
}

function ofRole(world: World, role: KubernetesObject): readonly Found[] {
  return rulesOf(nodeOf(role)).flatMap((rule) => {
    const unneeded = unneededBy(rule);
    // What there is not, nobody needs; that is said by itself.
    if (unneeded.length === 0 || unknownPermissions(world, rule).length > 0) return [];
    return [found(at(rule, "verbs"), `the operator never asks for this: ${unneeded.join("; ")}`)];
  });
}

function unneededBy(rule: Node): readonly string[] {
  const verbs = textsAt(at(rule, "verbs"));
  const pairs = textsAt(at(rule, "apiGroups")).flatMap((group) =>
    textsAt(at(rule, "resources")).map((resource) => ({ group, resource })),
  );
  return pairs.flatMap(({ group, resource }) => {
    const need = operatorNeeds.find((each) => each.group === group && each.resource === resource);
    const needed = new Set([...(need?.verbs ?? []), ...(need?.sometimes ?? [])]);
    const others = verbs.filter((verb) => !needed.has(verb));
    return others.length === 0 ? [] : [`${others.join(", ")} ${printedResource(group, resource)}`];
  });
}
