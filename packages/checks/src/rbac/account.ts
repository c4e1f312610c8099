import { at, textAt, type Node } from "../objects/node.ts";

/** Who asks: a ServiceAccount, or a user and the groups that the API server says they are in. */
export type Account =
  | { readonly serviceAccount: string; readonly namespace: string }
  | { readonly user: string; readonly groups?: readonly string[] };

/** An account as the API server knows it. */
export interface UserIdentity {
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * The user name and the groups of an account; a ServiceAccount is in three.
 *
 * @throws {TypeError} for an account of which a part is missing.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 * @example
 * identityOf({ serviceAccount: "atlas-operator", namespace: "atlas" }).user; // "system:serviceaccount:atlas:atlas-operator"
 */
export function userIdentity(account: Account): UserIdentity {
  if ("user" in account) return { user: account.user, groups: account.groups ?? [] };
  const { serviceAccount, namespace } = account;
  if (typeof serviceAccount !== "string" || typeof namespace !== "string")
    throw new TypeError(
      `got the account ${JSON.stringify(account)}: expected { serviceAccount, namespace } or { user, groups }`,
    );
  return {
    user: userOf(namespace, serviceAccount),
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  };
}

const userOf = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;

/** Whether a subject of a binding is who asks; a ServiceAccount may leave out a namespace that the binding has. */
export function isSubject(
  subject: Node,
  { user, groups }: UserIdentity,
  namespace: string | undefined,
): boolean {
  const [kind, name = "", stated] = ["kind", "name", "namespace"].map((field) => textAt(at(subject, field)));
  if (kind === "User") return name === user;
  if (kind === "Group") return groups.includes(name);
  // An empty text is as good as none.
  const home = stated || namespace;
  return kind === "ServiceAccount" && home !== undefined && userOf(home, name) === user;
}
