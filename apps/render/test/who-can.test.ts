import { expect, test } from "vitest";
import { atlasRender, atlasRenderIn, environmentsOf } from "./command.ts";

const environment = `export default base({ resources: [
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name: "a", namespace: "shop" },
    rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["delete"] }] },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: { name: "a", namespace: "shop" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }] },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name: "a", namespace: "db" }, rules: [] },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web", namespace: "shop" } },
] });`;
const folder = environmentsOf({ dev: environment });
const ask = (...args: string[]) => atlasRenderIn(folder, "who-can", "dev", ...args, "--environments", folder);

test("who may is said with the binding, the role and the rule, each at its place", () => {
  expect(ask("delete", "secrets")).toEqual({
    status: 0,
    stderr: "",
    stdout: `ServiceAccount/web in shop: in the namespace shop
  RoleBinding/a: subjects[0]: it is given the role
    dev/index.ts:7:16
  RoleBinding/a: roleRef: the role is Role/a
    dev/index.ts:6:5
  Role/a: rules[0]: this rule allows it
    dev/index.ts:4:13
`,
  });
});

test("a program reads the same as JSON", () => {
  const { permitted, asked } = JSON.parse(ask("delete", "secret", "--format", "json").stdout);
  expect(asked).toEqual({ verb: "delete", group: "", resource: "secrets" });
  expect(permitted).toMatchObject([
    {
      subject: { kind: "ServiceAccount", name: "web", namespace: "shop" },
      namespace: "shop",
      because: [
        { path: "subjects[0]", line: 7 },
        { path: "roleRef" },
        { object: { kind: "Role" }, path: "rules[0]" },
      ],
    },
  ]);
});

test("that nobody may is said, and is no failure", () => {
  expect(ask("delete", "pods")).toEqual({
    status: 0,
    stdout: "nobody can delete pods, as far as the objects say\n",
    stderr: "",
  });
});

test.each([
  ["a verb that there is not", ["delte", "secrets"], 'did you mean "delete"?'],
  ["a resource that there is not", ["delete", "secretz"], 'did you mean "secrets"?'],
  ["a resource of another group", ["delete", "secrets.apps"], 'there is no resource "secrets.apps"'],
  ["a subresource that there is not", ["get", "pods/lgo"], 'did you mean "log"?'],
  ["a version for a group", ["get", "deployments.apps/v1"], 'deployments has no subresource "v1"'],
  ["a verb of HTTP for a resource", ["post", "pods"], 'there is no verb "post"'],
  ["a verb of resources for a path", ["list", "/metrics"], 'there is no verb "list" for a path'],
  ["a path in a namespace", ["get", "/metrics", "--namespace", "shop"], "leave --namespace and --name out"],
  ["a path with a name", ["get", "/metrics", "--name", "a"], "leave --namespace and --name out"],
  ["a namespace that is misspelt", ["delete", "secrets", "--namespace", "shopp"], 'did you mean "shop"?'],
  [
    "what is no namespace",
    ["delete", "secrets", "--namespace", "Shop_1"],
    '"Shop_1" is not the name of a namespace',
  ],
  ["no resource", ["delete"], "who-can needs an environment, a verb and a resource"],
])("%s is refused", (_name, args, said) => {
  const { status, stdout, stderr } = ask(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(said);
});

test.each([
  ["a subresource", ["get", "pods/log"]],
  ["a subresource of any", ["update", "deployments/scale"]],
  ["a group", ["get", "deployments.apps"]],
  ["a path", ["get", "/metrics"]],
  ["what rules alone name", ["impersonate", "users"]],
  ["another namespace of the cluster", ["delete", "secrets", "--namespace", "elsewhere"]],
  ["a namespace of every cluster", ["delete", "secrets", "--namespace", "kube-system"]],
])("%s is taken", (_name, args) => {
  const { status, stdout, stderr } = ask(...args);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("nobody can");
});

test("in dev nobody deletes Secrets but who is judged to need none of it", () => {
  const { status, stdout } = atlasRender("who-can", "dev", "delete", "secrets", "--format", "json");
  const { permitted } = JSON.parse(stdout);
  expect([status, permitted.map(({ subject }: { subject: object }) => subject)]).toEqual([
    0,
    [{ kind: "ServiceAccount", name: "atlas-operator", namespace: expect.any(String) }],
  ]);
});

test("what an overlay moves to its namespace is shown where it is declared", () => {
  const { stdout } = atlasRender("who-can", "dev", "delete", "secrets");
  expect(stdout).toMatch(/subjects\[0\]: .*\n.*src\/base\/cluster-role-binding\.ts:\d+:\d+\n/);
});
