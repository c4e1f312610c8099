import { can, type Account, type Question } from "@atlas/checks";
import type { KubernetesObject } from "@atlas/compose";
import { answerOf, type PlaceOf, type ReasonFacts } from "./answer.ts";
import { podSpecOf } from "./parties.ts";

/** Where an account may do something: everywhere, in its namespace, with objects of some names alone, or nowhere. */
export type Extent = "everywhere" | "namespace" | "named" | "no";

/** What an account may do with a resource, or a path. */
export interface PermissionRow {
  readonly group: string;
  readonly resource: string;
  /** The names that it is limited to. */
  readonly names: readonly string[];
  /** By verb, as the columns are. */
  readonly extents: readonly Extent[];
  /** The rules that say so. */
  readonly rules: readonly ReasonFacts[];
}

/** What an account may do. */
export interface AccountPermissions {
  readonly account: string;
  readonly namespace: string;
  readonly verbs: readonly string[];
  readonly rows: readonly PermissionRow[];
}

interface PermissionRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs?: readonly string[];
}

/** The order in which Kubernetes names them; others come after. */
const usual = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/** What each ServiceAccount that the objects speak of may do, of all that their roles speak of. */
export function permissionsOf(
  objects: readonly KubernetesObject[],
  placeOf: PlaceOf,
): readonly AccountPermissions[] {
  const rules = objects
    .filter(({ kind }) => kind === "Role" || kind === "ClusterRole")
    .flatMap((role) => (role as { readonly rules?: readonly PermissionRule[] }).rules ?? []);
  const verbs = verbsOf(rules);
  return accountsOf(objects).map(({ serviceAccount, namespace }) => {
    const account = { serviceAccount, namespace };
    const rows = permissionSubjects(rules).map((subject) =>
      permissionRow(objects, account, subject, verbs, placeOf),
    );
    return {
      account: serviceAccount,
      namespace,
      verbs,
      rows: rows.filter(({ extents }) => extents.some((extent) => extent !== "no")),
    };
  });
}

type ServiceAccount = Extract<Account, { readonly serviceAccount: string }>;

interface GrantBinding {
  readonly metadata: { readonly namespace?: string };
  readonly subjects?: readonly {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  }[];
}

/** The ServiceAccounts that pods run as, and those that bindings name. */
function accountsOf(objects: readonly KubernetesObject[]): readonly ServiceAccount[] {
  const used = objects.flatMap((object): ServiceAccount[] => {
    const spec = podSpecOf(object) as { readonly serviceAccountName?: string } | undefined;
    if (spec === undefined) return [];
    const namespace = object.metadata.namespace ?? "default";
    return [{ serviceAccount: spec.serviceAccountName ?? "default", namespace }];
  });
  const bound = objects
    .filter(({ kind }) => /^(?:Cluster)?RoleBinding$/.test(kind))
    .flatMap((object): ServiceAccount[] => {
      const { metadata, subjects = [] } = object as GrantBinding;
      return subjects
        .filter(({ kind }) => kind === "ServiceAccount")
        .map(({ name = "", namespace }) => ({
          serviceAccount: name,
          namespace: namespace || (metadata.namespace ?? "default"),
        }));
    });
  const keyed = [...used, ...bound].map(
    (each) => [`${each.namespace}/${each.serviceAccount}`, each] as const,
  );
  return [...new Map(keyed).values()];
}

interface PermissionSubject {
  readonly group: string;
  readonly resource: string;
  readonly names: readonly string[];
  readonly isPath: boolean;
}

/** The resources and paths that rules speak of, each once, by group and name. */
function permissionSubjects(rules: readonly PermissionRule[]): readonly PermissionSubject[] {
  const all = rules.flatMap(
    ({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }) => [
      ...apiGroups.flatMap((group) =>
        resources.map((resource) => ({ group, resource, names: resourceNames, isPath: false })),
      ),
      ...nonResourceURLs.map((path) => ({ group: "", resource: path, names: [], isPath: true })),
    ],
  );
  const merged = new Map<string, PermissionSubject>();
  for (const each of all) {
    const key = `${each.group}\n${each.resource}`;
    const names = [...new Set([...(merged.get(key)?.names ?? []), ...each.names])];
    merged.set(key, { ...each, names });
  }
  return [...merged.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
}

function verbsOf(rules: readonly PermissionRule[]): readonly string[] {
  const given = new Set(rules.flatMap(({ verbs = [] }) => verbs));
  const all = given.has("*") ? new Set([...usual, ...given]) : given;
  const others = [...all].filter((verb) => !usual.includes(verb) && verb !== "*").toSorted();
  return [...usual.filter((verb) => all.has(verb)), ...others];
}

function permissionRow(
  objects: readonly KubernetesObject[],
  account: ServiceAccount,
  { group, resource, names, isPath }: PermissionSubject,
  verbs: readonly string[],
  placeOf: PlaceOf,
): PermissionRow {
  const rules = new Map<string, ReasonFacts>();
  const isAllowed = (question: Question): boolean => {
    const { allowed, because } = can(objects, question);
    if (!allowed) return false;
    const rule = answerOf({ allowed, because: because.slice(-1) }, placeOf).because[0];
    if (rule) rules.set(`${rule.object} ${rule.path}`, rule);
    return true;
  };
  const extents = verbs.map((verb): Extent => {
    if (isPath) return isAllowed({ account, verb, path: resource }) ? "everywhere" : "no";
    const question = { account, verb, group, resource };
    if (isAllowed(question)) return "everywhere";
    if (isAllowed({ ...question, namespace: account.namespace })) return "namespace";
    const namespaces = [undefined, account.namespace];
    const isNamed = names.some((name) =>
      namespaces.some((namespace) => isAllowed({ ...question, name, ...(namespace && { namespace }) })),
    );
    return isNamed ? "named" : "no";
  });
  return {
    group,
    resource,
    names: extents.includes("named") ? names : [],
    extents,
    rules: [...rules.values()],
  };
}
