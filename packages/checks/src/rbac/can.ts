import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { Node } from "../objects/node.ts";
import { reason, type OpenVerdict, type Reason } from "../objects/verdict.ts";
import { userIdentity, isSubject, type Account, type UserIdentity } from "./account.ts";
import { grantsIn, referred, unknownRoles, type Grant } from "./grants.ts";
import { allows, nearMiss, type PathRequest, type ResourceRequest } from "./rule.ts";

/** What is asked: may the account do that? */
export type Question = { readonly account: Account } & (ResourceRequest | PathRequest);

/** What a binding gives the account. */
interface OwnGrant extends Grant {
  /** The subject that the account is. */
  readonly subject: Node;
}

/**
 * Whether RBAC lets an account do something, by the roles and bindings among the objects: all ClusterRoleBindings, and the
 * RoleBindings of the namespace, with what aggregated ClusterRoles gather.
 *
 * What allows it are a subject of a binding, its roleRef and a rule. What does not are the bindings of the account, and the
 * rules that lack one thing. A role that is not among the objects, as the `view` that every cluster has, is unknown: give
 * it along. So are rules that a cluster has beyond the objects, and authorizers beside RBAC, of which nothing is said.
 *
 * @throws {TypeError} for an account of which a part is missing, and for a path beside a resource.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * @example
 * can(objects, {
 *   account: { serviceAccount: "atlas-operator", namespace: "atlas" },
 *   verb: "update",
 *   group: "db.atlasgo.io",
 *   resource: "atlasschemas/status",
 *   namespace: "shop",
 * }).allowed; // true
 */
export function can(objects: readonly KubernetesObject[], question: Question): OpenVerdict {
  const identity = userIdentity(question.account);
  if ("path" in question && "resource" in question)
    throw new TypeError("got a path and a resource: expected a question about one of them");
  const grants = grantsTo(objects, identity, "path" in question ? undefined : question.namespace);
  for (const { subject, roleRef, rules } of grants) {
    const rule = rules()?.find((each) => allows(each, question));
    if (rule) return { allowed: true, because: why(identity, subject, roleRef, rule), unknown: [] };
  }
  const unknown = unknownRoles(grants);
  if (grants.length === 0)
    return {
      allowed: false,
      because: [{ path: "", text: `no binding has ${identity.user} as a subject` }],
      unknown,
    };
  return { allowed: false, because: grants.flatMap((grant) => whyNot(grant, question)), unknown };
}

const why = ({ user }: UserIdentity, subject: Node, roleRef: Node, rule: Node): readonly Reason[] => [
  reason(subject, `it is ${user}, or a group of theirs`),
  reason(roleRef, `they have ${referred(roleRef)}`),
  reason(rule, "this rule allows it"),
];

function whyNot({ roleRef, rules }: Grant, question: Question): readonly Reason[] {
  const own = rules();
  if (own === undefined) return [];
  return [
    reason(roleRef, `no rule of ${referred(roleRef)} allows it`),
    ...own.flatMap((rule) => nearMiss(rule, question)),
  ];
}

const grantsTo = (
  objects: readonly KubernetesObject[],
  identity: UserIdentity,
  namespace: string | undefined,
): readonly OwnGrant[] =>
  grantsIn(objects)
    .filter((grant) => grant.namespace === undefined || grant.namespace === namespace)
    .flatMap((grant) => {
      const subject = grant.subjects.find((each) => isSubject(each, identity, grant.namespace));
      return subject ? [{ ...grant, subject }] : [];
    });
