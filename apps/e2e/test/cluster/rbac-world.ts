import type { Account, KubernetesObject, Question } from "@atlas/checks";
import fc from "fast-check";

// Every cluster has them, so that none has to go again.
const namespaces = ["default", "kube-public", "kube-node-lease"];
const one = fc.constantFrom;
const some = (...words: string[]) => fc.subarray(words, { minLength: 1, maxLength: 2 });

const resources = ["pods", "pods/log", "deployments", "deployments/status", "nodes", "scales"];
const paths = ["/healthz", "/healthz/etcd", "/logs/a", "/logs"];
const resourceRule = fc.record({
  verbs: some("get", "list", "update", "*"),
  apiGroups: some("", "apps", "*"),
  resources: some(...resources, "*", "*/status", "*/log", "pods/*"),
  resourceNames: fc.option(some("a", "b", ""), { nil: undefined }),
});
// A Role takes none.
const pathRule = fc.record({
  verbs: some("get", "list", "*"),
  nonResourceURLs: some(...paths, "/healthz/*", "/logs*", "*"),
});
const rules = fc.array(fc.oneof({ weight: 4, arbitrary: resourceRule }, { weight: 1, arbitrary: pathRule }), {
  maxLength: 3,
});
const labels = fc.record({ shop: one("a", "b"), stage: one("x", "y") }, { requiredKeys: [] });
const selector = fc.oneof(
  fc.record({ matchLabels: labels }),
  fc.record({
    matchExpressions: fc.tuple(
      fc.oneof(
        fc.record({ key: one("shop", "stage"), operator: one("In", "NotIn"), values: some("a", "b", "x") }),
        fc.record({ key: one("shop", "stage"), operator: one("Exists", "DoesNotExist") }),
      ),
      fc.constant({ key: "shop", operator: "Exists" }),
    ),
  }),
);
const subject = fc.oneof(
  fc.record({
    kind: one("User"),
    name: one("ann", "bob", "system:serviceaccount:default:a"),
    apiGroup: one("rbac.authorization.k8s.io"),
  }),
  fc.record({
    kind: one("Group"),
    name: one("staff", "system:serviceaccounts", "system:serviceaccounts:kube-public"),
    apiGroup: one("rbac.authorization.k8s.io"),
  }),
  fc.record({ kind: one("ServiceAccount"), name: one("a", "b"), namespace: one(...namespaces) }),
);
const subjects = fc.array(subject, { maxLength: 2 });
const named = (kind: string, index: number, namespace?: string) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata: { name: `checks-${index}`, ...(namespace !== undefined && { namespace }) },
});

/** Roles and bindings of every kind, some of which refer to a role that there is not. */
export function rbacWorld(seed: number): KubernetesObject[] {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] =>
    fc.sample(arbitrary, { seed, numRuns });
  const space = one(...namespaces);
  const name = fc.nat({ max: 20 }).map((index) => `checks-${index}`);
  const roleRef = (kind: fc.Arbitrary<string>) =>
    fc.record({ apiGroup: one("rbac.authorization.k8s.io"), kind, name });
  const clusterRole = fc.record({ labels, rules });
  return [
    ...sample(clusterRole, 14).map(({ labels: own, rules: given }, index) => {
      const object = named("ClusterRole", index);
      return { ...object, metadata: { ...object.metadata, labels: own }, rules: given };
    }),
    ...sample(
      fc.record({ labels, clusterRoleSelectors: fc.array(selector, { minLength: 1, maxLength: 2 }) }),
      5,
    ).map(({ labels: own, ...aggregationRule }, index) => {
      const object = named("ClusterRole", index + 14);
      return { ...object, metadata: { ...object.metadata, labels: own }, rules: [], aggregationRule };
    }),
    ...namespaces.flatMap((namespace) =>
      sample(fc.array(resourceRule, { maxLength: 3 }), 15).map((given, index) => ({
        ...named("Role", index, namespace),
        rules: given,
      })),
    ),
    ...sample(fc.record({ subjects, roleRef: roleRef(one("ClusterRole")) }), 12).map((fields, index) => ({
      ...named("ClusterRoleBinding", index),
      ...fields,
    })),
    ...sample(fc.record({ space, subjects, roleRef: roleRef(one("ClusterRole", "Role")) }), 40).map(
      ({ space: namespace, ...fields }, index) => ({ ...named("RoleBinding", index, namespace), ...fields }),
    ),
  ];
}

const account: fc.Arbitrary<Account> = fc.oneof(
  fc.record({ serviceAccount: one("a", "b", "c"), namespace: one(...namespaces) }),
  fc.record({ user: one("ann", "bob", "eve"), groups: fc.subarray(["staff", "system:authenticated"]) }),
);
/** A question about what may be among them. */
export const rbacQuestion: fc.Arbitrary<Question> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        account,
        verb: one("get", "list", "update", "delete"),
        group: one("", "apps", "batch"),
        resource: one(...resources, "services/status", "services"),
        name: one("a", "b", "c"),
        namespace: one(...namespaces),
      },
      { requiredKeys: ["account", "verb", "resource"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ account, verb: one("get", "list"), path: one(...paths, "/version", "/logsa") }),
  },
);
