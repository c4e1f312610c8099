import { expect, test } from "vitest";
import { atlasRender, environmentsOf, temporaryFolder } from "./command.ts";

const binding = `{
  apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "app" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "ServiceAccount", name: "app" }],
}`;
const account = '{ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "app" } }';
const stack = `const below = base({ resources: [${binding}, ${account}] });`;
const layer = (fields: string): string => `${stack} export default overlay({ base: below, ${fields} });`;

const render = (modules: Record<string, string>) =>
  atlasRender("render", "--environments", environmentsOf(modules), "--output", temporaryFolder());

test("two environments of a cluster cannot claim one object with different content", () => {
  const { status, stderr } = render({
    dev: layer('namespace: "dev", cluster: "one"'),
    staging: layer('namespace: "staging", cluster: "one"'),
  });
  expect(status).toBe(2);
  expect(stderr).toContain(
    'staging: ClusterRoleBinding/app: dev has the object with different content, and both are for the cluster "one"',
  );
  expect(stderr).toContain("give one of them a namePrefix");
});

test.each([
  ["in clusters of their own", 'namespace: "staging", cluster: "two"'],
  ["in no cluster that is named", 'namespace: "staging"'],
  ["with names of their own", 'namespace: "staging", cluster: "one", namePrefix: "staging-"'],
])("they can %s", (_name, fields) => {
  const modules = { dev: layer('namespace: "dev", cluster: "one"'), staging: layer(fields) };
  expect(render(modules)).toMatchObject({ status: 0, stderr: "" });
});

test("they can share what is the same in both, and a layer above names the cluster for those below", () => {
  const role =
    '{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "view-all" } }';
  const shared = `const below = base({ cluster: "one", resources: [${role}] });`;
  const modules = {
    dev: `${shared} export default overlay({ base: below });`,
    staging: `${shared} export default overlay({ base: below });`,
  };
  expect(render(modules)).toMatchObject({ status: 0, stderr: "" });
  const changed = {
    ...modules,
    staging: modules.staging.replace("base: below", 'base: below, annotations: { a: "b" }'),
  };
  expect(render(changed).stderr).toContain("staging: ClusterRole/view-all: dev has the object");
});

test("rows of a fleet can name their cluster", () => {
  const rows = '[{ name: "a", cluster: "one" }, { name: "b", cluster: "one" }]';
  const { status, stderr } = render({
    shop: `${stack} export default fleet({ rows: ${rows}, name: (row) => row.name, overlay: (row) =>
      overlay({ base: below, namespace: row.name, cluster: row.cluster }) });`,
  });
  expect(status).toBe(2);
  expect(stderr).toContain("shop/b: ClusterRoleBinding/app: shop/a has the object");
});

/** Environments, each rendered by itself as by a task of its own, in both orders. */
const renderEach = (modules: Record<string, string>, ...names: string[]) => {
  const environments = environmentsOf(modules);
  return [names, names.toReversed()].flatMap((order) => {
    const output = temporaryFolder();
    return order.map((name) =>
      atlasRender("render", name, "--environments", environments, "--output", output),
    );
  });
};

test("rendered each by itself, two environments of a cluster find each other, whichever comes first", () => {
  const modules = {
    dev: layer('namespace: "dev", cluster: "one"'),
    staging: layer('namespace: "staging", cluster: "one"'),
    other: layer('namespace: "other", cluster: "two"'),
    broken: 'throw new Error("broken");',
  };
  for (const { status, stderr } of renderEach(modules, "dev", "staging")) {
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^atlas-render: (?:dev: ClusterRoleBinding\/app: staging|staging: ClusterRoleBinding\/app: dev) has the object/,
    );
    expect(stderr.match(/has the object/g)).toHaveLength(1);
  }
  for (const run of renderEach(modules, "other")) expect(run).toMatchObject({ status: 0, stderr: "" });
});

test("rendered by itself, a row of a fleet finds the others", () => {
  const modules = {
    shop: `${stack} export default fleet({ rows: [{ name: "a" }, { name: "b" }], name: (row) => row.name, overlay: (row) =>
      overlay({ base: below, namespace: row.name, cluster: "one" }) });`,
  };
  for (const { status, stderr } of renderEach(modules, "shop/a", "shop/b"))
    expect([status, stderr]).toEqual([2, expect.stringContaining("has the object with different content")]);
});
