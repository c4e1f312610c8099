import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, textAt, type Node } from "../objects/node.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import { userIdentity } from "./account.ts";
import { grantsIn, referred, unknownRoles, type Grant } from "./grants.ts";
import { allows, namesAllowed, type PathRequest, type ResourceRequest } from "./rule.ts";

/** Whom a binding names: an account, or a user or group as the API server calls them. */
export type Subject =
  | { readonly kind: "ServiceAccount"; readonly name: string; readonly namespace: string }
  | { readonly kind: "User" | "Group"; readonly name: string };

/** Somebody who may do what is asked, by one binding. */
export interface Permitted {
  readonly subject: Subject;
  /** The only namespace where they may; left out where they may everywhere. */
  readonly namespace?: string;
  /** The only objects that they may do it with; left out where that is any. */
  readonly names?: readonly string[];
  /** Of a group, the ServiceAccounts among the objects that are in it. */
  readonly members?: readonly Extract<Subject, { kind: "ServiceAccount" }>[];
  /** The subject of the binding, its roleRef, and the rule. */
  readonly because: readonly Reason[];
}

/** All who may, and what the objects do not say. */
export interface WhoCan {
  readonly permitted: readonly Permitted[];
  /** Roles that are bound and not among the objects. */
  readonly unknown: readonly Reason[];
}

/**
 * Who may do something, by the roles and bindings among the objects. Without a namespace, that is whoever may do it in any
 * of them; without a name, also who may do it with some objects alone.
 *
 * A user by the name of a ServiceAccount is that account. Nothing is said of what a cluster has beyond the objects, as
 * the group `system:masters`, which may do everything.
 *
 * @throws {TypeError} for a path beside a resource.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * @example
 * whoCan(objects, { verb: "delete", resource: "secrets" }).permitted.map(({ subject }) => subject.name); // ["backup"]
 */
export function whoCan(objects: readonly KubernetesObject[], request: ResourceRequest | PathRequest): WhoCan {
  if ("path" in request && "resource" in request)
    throw new TypeError("got a path and a resource: expected a question about one of them");
  const grants = grantsIn(objects).filter((grant) => isAskedFor(grant, request));
  return {
    permitted: grants.flatMap((grant) => permittedBy(objects, grant, request)),
    unknown: unknownRoles(grants),
  };
}

function isAskedFor({ namespace }: Grant, request: ResourceRequest | PathRequest): boolean {
  if (namespace === undefined) return true;
  return !("path" in request) && (request.namespace === undefined || request.namespace === namespace);
}

function permittedBy(
  objects: readonly KubernetesObject[],
  { subjects, roleRef, rules, namespace }: Grant,
  request: ResourceRequest | PathRequest,
): readonly Permitted[] {
  const own = rules() ?? [];
  const rule = own.find((each) => allows(each, request));
  const narrow = rule ? [] : own.filter((each) => namesAllowed(each, request).length > 0);
  const deciding = rule ? [rule] : narrow;
  if (deciding.length === 0) return [];
  const names = [...new Set(narrow.flatMap((each) => namesAllowed(each, request)))];
  return subjects.flatMap((node) => {
    const subject = meantSubject(node, namespace);
    if (subject === undefined) return [];
    return [
      {
        subject,
        ...(namespace !== undefined && { namespace }),
        ...(names.length > 0 && { names }),
        ...(subject.kind === "Group" && { members: groupMembers(objects, subject.name) }),
        because: [
          reason(node, "it is given the role"),
          reason(roleRef, `the role is ${referred(roleRef)}`),
          ...deciding.map((each) => reason(each, "this rule allows it")),
        ],
      },
    ];
  });
}

/** Whom a subject means; undefined where it means nobody, as an account without a namespace. */
function meantSubject(node: Node, home: string | undefined): Subject | undefined {
  const [kind, name = "", stated] = ["kind", "name", "namespace"].map((field) => textAt(at(node, field)));
  if (kind === "Group") return { kind, name };
  if (kind === "User") {
    const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
    return namespace !== undefined && account !== undefined
      ? { kind: "ServiceAccount", name: account, namespace }
      : { kind, name };
  }
  // An empty text is as good as none.
  const namespace = stated || home;
  return kind === "ServiceAccount" && namespace !== undefined ? { kind, name, namespace } : undefined;
}

function groupMembers(
  objects: readonly KubernetesObject[],
  group: string,
): NonNullable<Permitted["members"]> {
  return ofKind(objects, "", "ServiceAccount")
    .map((account) => ({
      kind: "ServiceAccount" as const,
      name: account.metadata.name,
      namespace: namespaceOf(account),
    }))
    .filter(({ name, namespace }) =>
      userIdentity({ serviceAccount: name, namespace }).groups.includes(group),
    );
}
