import { can, type Account, type KubernetesObject, type Question } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const apiVersion = "rbac.authorization.k8s.io/v1";
const account: Account = { serviceAccount: "shop", namespace: "sales" };
const named = (kind: string, name: string, fields: object, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  ...fields,
  metadata: {
    name,
    ...(namespace !== undefined && { namespace }),
    ...("labels" in fields && { labels: fields.labels }),
  },
});
const shop = { kind: "ServiceAccount", name: "shop", namespace: "sales" };
const binding = (kind: string, role: string, subjects: object[], namespace?: string): KubernetesObject =>
  named(
    namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
    "bound",
    {
      subjects,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: role },
    },
    namespace,
  );
const read = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };
const get: Question = { account, verb: "get", resource: "pods", namespace: "sales" };

describe("what a rule allows", () => {
  const rows: [string, object, Partial<Question>, boolean][] = [
    ["what it names", read, {}, true],
    ["no other verb", read, { verb: "list" }, false],
    ["no other group", read, { group: "apps" }, false],
    ["no subresource", read, { resource: "pods/log" }, false],
    ["a subresource that it names", { ...read, resources: ["pods/log"] }, { resource: "pods/log" }, true],
    ["a subresource of every resource", { ...read, resources: ["*/log"] }, { resource: "pods/log" }, true],
    ["not the resource by its subresource", { ...read, resources: ["*/log"] }, {}, false],
    ["every resource and subresource", { ...read, resources: ["*"] }, { resource: "pods/log" }, true],
    [
      "no pattern of resources but those",
      { ...read, resources: ["pods/*"] },
      { resource: "pods/log" },
      false,
    ],
    ["an object that it names", { ...read, resourceNames: ["a"] }, { name: "a" }, true],
    ["no object beside those", { ...read, resourceNames: ["a"] }, { name: "b" }, false],
    ["nothing without a name, where it has names", { ...read, resourceNames: ["a"] }, {}, false],
    [
      "every verb and group",
      { ...read, verbs: ["*"], apiGroups: ["*"] },
      { verb: "drain", group: "b" },
      true,
    ],
  ];
  test.each(rows)("%s", (_name, rule, asked, allowed) => {
    const role = named("Role", "reader", { rules: [rule] }, "sales");
    const objects = [role, binding("Role", "reader", [shop], "sales")];
    expect(can(objects, { ...get, ...asked }).allowed).toBe(allowed);
  });

  test.each<[string, string, boolean]>([
    ["/healthz", "/healthz", true],
    ["/healthz", "/healthz/etcd", false],
    ["/healthz/*", "/healthz/etcd", true],
    ["/healthz/*", "/healthz", false],
    ["/health*", "/healthz/etcd", true],
    ["*", "/", true],
  ])("the URL %s lets one get %s: %j", (url, path, allowed) => {
    const role = named("ClusterRole", "reader", { rules: [{ nonResourceURLs: [url], verbs: ["get"] }] });
    const objects = [role, binding("ClusterRole", "reader", [shop])];
    expect(can(objects, { account, verb: "get", path }).allowed).toBe(allowed);
  });
});

describe("whom a binding means", () => {
  test.each<[string, object, boolean]>([
    ["the account", shop, true],
    ["one of the binding's namespace, by default", { kind: "ServiceAccount", name: "shop" }, true],
    ["not one of another namespace", { ...shop, namespace: "default" }, false],
    ["the user that the account is", { kind: "User", name: "system:serviceaccount:sales:shop" }, true],
    ["all accounts of the namespace", { kind: "Group", name: "system:serviceaccounts:sales" }, true],
    ["all accounts", { kind: "Group", name: "system:serviceaccounts" }, true],
    ["whoever is known", { kind: "Group", name: "system:authenticated" }, true],
    ["not those who are unknown", { kind: "Group", name: "system:unauthenticated" }, false],
  ])("%s", (_name, subject, allowed) => {
    const objects = [
      named("Role", "reader", { rules: [read] }, "sales"),
      binding("Role", "reader", [subject], "sales"),
    ];
    expect(can(objects, get).allowed).toBe(allowed);
  });

  test("where it says no namespace, a ClusterRoleBinding means no account", () => {
    const objects = [
      named("ClusterRole", "reader", { rules: [read] }),
      binding("ClusterRole", "reader", [{ kind: "ServiceAccount", name: "shop" }]),
    ];
    expect(can(objects, get).allowed).toBe(false);
  });
});

describe("where it holds", () => {
  const role = named("ClusterRole", "reader", { rules: [read] });
  test.each<[string, KubernetesObject, string | undefined, boolean]>([
    ["a ClusterRoleBinding everywhere", binding("ClusterRole", "reader", [shop]), "other", true],
    ["also outside of namespaces", binding("ClusterRole", "reader", [shop]), undefined, true],
    ["a RoleBinding in its own", binding("ClusterRole", "reader", [shop], "sales"), "sales", true],
    ["in no other", binding("ClusterRole", "reader", [shop], "sales"), "other", false],
    ["and not for all of them at once", binding("ClusterRole", "reader", [shop], "sales"), undefined, false],
  ])("%s", (_name, bound, namespace, allowed) => {
    const { namespace: _sales, ...rest } = get;
    const asked = namespace === undefined ? rest : { ...rest, namespace };
    expect(can([role, bound], asked).allowed).toBe(allowed);
  });
});

const aggregate = (name: string, ...clusterRoleSelectors: object[]) => ({
  name,
  aggregationRule: { clusterRoleSelectors },
});
const clusterRole = ({ name, ...fields }: Named) => named("ClusterRole", name, fields);
interface Named {
  readonly name: string;
  readonly [field: string]: unknown;
}

describe("aggregated ClusterRoles", () => {
  test.each<[string, Named[], boolean]>([
    [
      "have the rules of what they select",
      [aggregate("top", { matchLabels: { a: "1" } }), { name: "x", labels: { a: "1" }, rules: [read] }],
      true,
    ],
    ["not their own", [{ ...aggregate("top", { matchLabels: { a: "1" } }), rules: [read] }], false],
    [
      "by one of their selectors",
      [
        aggregate(
          "top",
          { matchLabels: { a: "2" } },
          { matchExpressions: [{ key: "a", operator: "Exists" }] },
        ),
        { name: "x", labels: { a: "1" }, rules: [read] },
      ],
      true,
    ],
    [
      "through others, also where they select each other",
      [
        { ...aggregate("top", { matchLabels: { a: "1" } }), labels: { b: "1" } },
        { ...aggregate("mid", { matchLabels: { b: "1" } }), labels: { a: "1" } },
        { name: "x", labels: { b: "1" }, rules: [read] },
      ],
      true,
    ],
  ])("%s", (_name, roles, allowed) => {
    expect(can([...roles.map(clusterRole), binding("ClusterRole", "top", [shop])], get).allowed).toBe(
      allowed,
    );
  });
});

describe("an answer says what decides", () => {
  const role = named("Role", "reader", { rules: [{ ...read, verbs: ["list"] }, read] }, "sales");
  const bound = binding("Role", "reader", [{ kind: "User", name: "ann" }, shop], "sales");

  test("what allows it", () => {
    const { because } = can([role, bound], get);
    expect(because.map(({ object, path }) => [object, path])).toEqual([
      [bound, "subjects[1]"],
      [bound, "roleRef"],
      [role, "rules[1]"],
    ]);
  });

  test("what is missing", () => {
    expect(can([role, bound], { ...get, verb: "delete" }).because).toEqual([
      { object: bound, path: "roleRef", text: "no rule of Role/reader allows it" },
      { object: role, path: "rules[0].verbs", text: 'it has "list", not "delete"' },
      { object: role, path: "rules[1].verbs", text: 'it has "get", not "delete"' },
    ]);
  });

  test("that no binding has the account", () => {
    expect(can([role], get)).toEqual({
      allowed: false,
      because: [{ path: "", text: "no binding has system:serviceaccount:sales:shop as a subject" }],
      unknown: [],
    });
  });

  test("that a role is not among the objects", () => {
    expect(can([bound], get)).toEqual({
      allowed: false,
      because: [],
      unknown: [{ object: bound, path: "roleRef", text: "Role/reader is not among the objects" }],
    });
  });
});

test.each<[string, object]>([
  ["an account without its namespace", { account: { serviceAccount: "a" }, verb: "get", resource: "pods" }],
  ["a path beside a resource", { account: { user: "a" }, verb: "get", resource: "pods", path: "/healthz" }],
])("%s is refused", (_name, question) => {
  expect(() => can([], question as never)).toThrow(TypeError);
});
