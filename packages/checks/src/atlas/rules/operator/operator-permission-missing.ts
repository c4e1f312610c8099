import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { findObject, type World } from "../../../findings/world.ts";
import { namespaceOf } from "../../../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt } from "../../../objects/node.ts";
import { can } from "../../../rbac/can.ts";
import { rbacGroup } from "../../../rbac/roles.ts";
import { flagOf, goBoolean, isWrapped } from "../../flags.ts";
import { operatorsIn, type Operator } from "../../operator.ts";
import { operatorNeeds, printedResource, type OperatorNeed } from "../../permissions.ts";

export const operatorPermissionMissing: Rule = {
  code: "operator-permission-missing",
  severity: "error",
  why: "What the operator may not do it does not do, and says so in its log alone: without leases it never leads, without list or watch no object gets a status, and both probes stay green.",
  fix: "add the verbs to a rule of a role that its account is bound to",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) => operatorsIn(world).flatMap((operator) => ofOperator(world, operator)),
};

function ofOperator(world: World, operator: Operator): readonly Found[] {
  // Without any binding among the objects, those that there are lie elsewhere; one that misses the account is told by itself.
  if (!isBoundOperator(world, operator) || isWrapped(operator)) return [];
  const elects = flagOf(operator, "leader-elect");
  return operatorNeeds
    .filter(({ resource }) => resource !== "leases" || elects === true || goBoolean(elects ?? "") === true)
    .flatMap((need) => ofNeed(world, operator, need));
}

/** Whether bindings have the account as a subject, and none of them misses it. */
function isBoundOperator(world: World, { account, pod }: Operator): boolean {
  const namespaces = ["RoleBinding", "ClusterRoleBinding"]
    .flatMap((kind) => world.of(rbacGroup, kind))
    .flatMap((binding) =>
      elements(at(nodeOf(binding), "subjects"))
        .filter((subject) => at(subject, "name").value === account)
        // A binding for the whole cluster has no namespace to lend: its subject means nobody then.
        .map(
          (subject) =>
            textAt(at(subject, "namespace")) || (binding.kind === "RoleBinding" ? namespaceOf(binding) : ""),
        ),
    );
  const isMissed = (namespace: string): boolean =>
    namespace !== pod.namespace && !findObject(world, "", "ServiceAccount", account, namespace);
  return namespaces.includes(pod.namespace) && !namespaces.some(isMissed);
}

function ofNeed(
  world: World,
  operator: Operator,
  { group, resource, verbs, isOwn }: OperatorNeed,
): readonly Found[] {
  const { pod, account } = operator;
  const scopes = isOwn === true ? [pod.namespace] : watchedBy(operator);
  const refused = verbs.flatMap((verb) =>
    scopes.flatMap((namespace) => {
      const question = {
        account: { serviceAccount: account, namespace: pod.namespace },
        verb,
        group,
        resource,
      };
      const answer = can(world.objects, { ...question, ...(namespace !== undefined && { namespace }) });
      return answer.allowed || answer.unknown.length > 0 ? [] : [{ verb, because: answer.because }];
    }),
  );
  const [first] = refused;
  if (first === undefined) return [];
  const missing = [...new Set(refused.map(({ verb }) => verb))].join(", ");
  const near = first.because.find(({ path }) => path.endsWith(".verbs")) ?? first.because.at(-1);
  const place = near?.object ? { object: near.object, path: near.path } : at(pod.spec, "serviceAccountName");
  const what = `the operator's account may not ${missing} ${printedResource(group, resource)}`;
  const effect = missing === "watch" ? ({ severity: "warning" } as const) : {};
  return [found(place, `${what}${isOwn === true ? ` in ${pod.namespace}` : ""}`, effect)];
}

/** The namespaces that it looks into: those of its flag, or all at once. */
function watchedBy(operator: Operator): readonly (string | undefined)[] {
  const given = flagOf(operator, "namespace");
  return typeof given === "string" ? given.split(",").map((each) => each.trim()) : [undefined];
}
