import { can, pluralOf, resourcesKnown, whoCan, type KubernetesObject } from "@atlas/checks";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;
const object = (kind: string, name: string, namespace: string | undefined, fields: object = {}) => ({
  apiVersion: kind === "ServiceAccount" ? "v1" : apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  ...fields,
});
const role = (rules: object[], name = "reader") => object("ClusterRole", name, undefined, { rules });
const binding = (subjects: object[], namespace?: string, name = "reader") =>
  object(namespace === undefined ? "ClusterRoleBinding" : "RoleBinding", "bound", namespace, {
    subjects,
    roleRef: { apiGroup, kind: "ClusterRole", name },
  });
const secrets = { apiGroups: [""], resources: ["secrets"], verbs: ["delete"] };
const shop = { kind: "ServiceAccount", name: "shop", namespace: "sales" };
const asked = { verb: "delete", resource: "secrets" };

describe("who may", () => {
  const account = object("ServiceAccount", "shop", "sales");
  test.each<[string, object, object[]]>([
    ["an account", shop, [{ subject: shop }]],
    [
      "an account by its user's name",
      { kind: "User", name: "system:serviceaccount:sales:shop" },
      [{ subject: shop }],
    ],
    ["a person", { kind: "User", name: "ann" }, [{ subject: { kind: "User", name: "ann" } }]],
    [
      "a group of accounts, with those that are in it",
      { kind: "Group", name: "system:serviceaccounts:sales" },
      [{ subject: { kind: "Group", name: "system:serviceaccounts:sales" }, members: [shop] }],
    ],
    [
      "a group of people",
      { kind: "Group", name: "admins" },
      [{ subject: { kind: "Group", name: "admins" }, members: [] }],
    ],
    ["nobody, where the account has no namespace", { kind: "ServiceAccount", name: "shop" }, []],
  ])("%s", (_name, subject, expected) => {
    const { permitted } = whoCan([role([secrets]), binding([subject]), account], asked);
    expect(permitted.map(({ because: _because, ...rest }) => rest)).toEqual(expected);
  });
});

test.each<[string, object, string | undefined, object, object[]]>([
  ["everywhere", secrets, undefined, asked, [{ subject: shop }]],
  ["in one namespace", secrets, "sales", asked, [{ subject: shop, namespace: "sales" }]],
  ["not in another", secrets, "sales", { ...asked, namespace: "db" }, []],
  ["some alone", { ...secrets, resourceNames: ["a"] }, undefined, asked, [{ subject: shop, names: ["a"] }]],
  [
    "the one that is asked for",
    { ...secrets, resourceNames: ["a"] },
    undefined,
    { ...asked, name: "a" },
    [{ subject: shop }],
  ],
  [
    "no new ones by a name",
    { ...secrets, verbs: ["*"], resourceNames: ["a"] },
    undefined,
    { ...asked, verb: "create" },
    [],
  ],
  [
    "no path by a RoleBinding",
    { nonResourceURLs: ["*"], verbs: ["get"] },
    "sales",
    { verb: "get", path: "/metrics" },
    [],
  ],
])("where and which: %s", (_name, rule, namespace, request, expected) => {
  const { permitted } = whoCan([role([rule]), binding([shop], namespace)], request as typeof asked);
  expect(permitted.map(({ because: _because, ...rest }) => rest)).toEqual(expected);
});

test("it rests on the subject, the role and the rule, and a role that is not there is not known", () => {
  const [own, bound, other] = [
    role([{ ...secrets, verbs: ["get"] }, secrets]),
    binding([shop]),
    binding([shop], "a", "view"),
  ];
  const { permitted, unknown } = whoCan([own, bound, other], asked);
  expect(permitted.flatMap(({ because }) => because.map(({ object: each, path }) => [each, path]))).toEqual([
    [bound, "subjects[0]"],
    [bound, "roleRef"],
    [own, "rules[1]"],
  ]);
  expect(unknown.map(({ object: each }) => each)).toEqual([other]);
});

const verbs = fc.constantFrom("get", "delete", "*");
const resources = fc.constantFrom("secrets", "pods", "pods/log", "*", "*/log");
const rule = fc.record({
  apiGroups: fc.subarray(["", "apps", "*"], { minLength: 1 }),
  resources: fc.array(resources, { minLength: 1, maxLength: 2 }),
  verbs: fc.array(verbs, { minLength: 1, maxLength: 2 }),
  resourceNames: fc.subarray(["a", "b"]),
});
const subject = fc.oneof(
  fc.record({
    kind: fc.constant("ServiceAccount"),
    name: fc.constantFrom("one", "two"),
    namespace: fc.constantFrom("x", "y"),
  }),
  fc.record({
    kind: fc.constant("Group"),
    name: fc.constantFrom(
      "system:serviceaccounts",
      "system:serviceaccounts:x",
      "system:authenticated",
      "admins",
    ),
  }),
  fc.record({ kind: fc.constant("User"), name: fc.constantFrom("ann", "system:serviceaccount:y:one") }),
);
const world: fc.Arbitrary<KubernetesObject[]> = fc
  .record({
    roles: fc.array(fc.array(rule, { maxLength: 2 }), { minLength: 2, maxLength: 2 }),
    bindings: fc.array(
      fc.tuple(fc.array(subject, { maxLength: 2 }), fc.constantFrom(undefined, "x", "y"), fc.nat(1)),
      { maxLength: 4 },
    ),
  })
  .map(({ roles, bindings }) => [
    ...roles.map((rules, index) => role(rules, `role-${index}`)),
    ...bindings.map(([subjects, namespace, index]) => binding(subjects, namespace, `role-${index}`)),
    ...["one", "two"].flatMap((name) =>
      ["x", "y"].map((namespace) => object("ServiceAccount", name, namespace)),
    ),
  ]);

test("it is whoever can, account for account, namespace for namespace, and name for name", () => {
  const request = fc.record({
    verb: fc.constantFrom("get", "delete"),
    group: fc.constantFrom("", "apps"),
    resource: fc.constantFrom("secrets", "pods", "pods/log"),
    name: fc.constantFrom("a", "b", "c"),
    namespace: fc.constantFrom("x", "y"),
  });
  fc.assert(
    fc.property(world, request, (objects, question) => {
      const { permitted } = whoCan(objects, question);
      for (const serviceAccount of ["one", "two"])
        for (const namespace of ["x", "y"]) {
          const account = { kind: "ServiceAccount", name: serviceAccount, namespace };
          const isAmong = permitted.some(({ subject: each, members = [] }) =>
            [each, ...members].some((one) => JSON.stringify(one) === JSON.stringify(account)),
          );
          const { allowed } = can(objects, { ...question, account: { serviceAccount, namespace } });
          expect(isAmong, JSON.stringify(account)).toBe(allowed);
        }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["NetworkPolicy", "networkpolicies"],
  ["Ingress", "ingresses"],
  ["Endpoints", "endpoints"],
  ["secret", "secrets"],
  ["Gateway", "gateways"],
  ["CSIStorageCapacity", "csistoragecapacities"],
])("%s are %s", (kind, plural) => {
  expect(pluralOf(kind)).toBe(plural);
});

test("known are resources of Kubernetes, of CRDs and of rules", () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "a" },
    spec: { group: "shop.example", names: { plural: "carts" } },
  };
  const known = resourcesKnown([crd, role([{ apiGroups: ["b"], resources: ["cs/status"], verbs: ["get"] }])]);
  expect(known).toEqual(
    expect.arrayContaining([
      { group: "", resource: "secrets" },
      { group: "apps", resource: "deployments" },
      { group: "shop.example", resource: "carts" },
      { group: "b", resource: "cs" },
    ]),
  );
});
