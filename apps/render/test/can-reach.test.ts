import { expect, test } from "vitest";
import { atlasRenderIn, environmentsOf, filesIn } from "./command.ts";

const pod = (name: string, namespace: string) =>
  `{ apiVersion: "v1", kind: "Pod", metadata: { name: "${name}", namespace: "${namespace}", labels: { app: "${name}" } }, spec: { containers: [{ name: "a", image: "a:1", ports: [{ name: "sql", containerPort: 5433 }] }] } }`;
const environment = (...more: string[]) => `export default base({ resources: [
  ${[pod("shop-web", "shop"), ...more].join(",\n  ")},
] });`;
const database = `apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: db }
spec: { selector: { app: postgres }, ports: [{ port: 5432, targetPort: sql }] }
---
${pod("postgres", "db")}
`;
const denying = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: db }
spec: { podSelector: {} }
`;

const ask = (files: Record<string, string>, ...args: string[]) =>
  atlasRenderIn(
    filesIn(files),
    "can-reach",
    "dev",
    ...args,
    "--environments",
    environmentsOf({ dev: environment() }),
  );

test.each([
  ["lets a connection through to the port behind a Service", database, 0, "web reaches postgres.db:5432\n"],
  ["refuses it by a policy, at its place", database + denying, 1, "a.yaml:11:1\n"],
])("%s", (_name, text, status, shown) => {
  const run = ask({ "a.yaml": text }, "web", "postgres.db:5432", "--file", "a.yaml");
  expect([run.status, run.stderr]).toEqual([status, ""]);
  expect(run.stdout).toContain(shown);
});

const external = (spec: string) => `apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: db }
spec: ${spec}
`;
const slice = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: postgres-1, namespace: db, labels: { kubernetes.io/service-name: postgres } }
addressType: IPv4
ports: [{ port: 5433 }]
endpoints: [{ addresses: [10.1.2.3] }]
`;

test.each([
  [
    "leads to no one knows where",
    external("{ ports: [{ port: 5432 }] }"),
    "not known:\n  Service/postgres: spec.selector: it selects no pods, and no EndpointSlice says where it leads\n",
  ],
  [
    "leads to a name outside",
    external("{ type: ExternalName, externalName: db.example.com }"),
    "not known:\n  Service/postgres: spec.externalName: it leads to whatever this name resolves to\n",
  ],
  [
    "leads to the address of its EndpointSlice",
    external("{ ports: [{ port: 5432 }] }") + slice,
    "web reaches postgres.db:5432\n  nothing among the objects restricts it\n",
  ],
])("a Service without a selector %s", (_name, text, shown) => {
  const run = ask({ "a.yaml": text }, "web", "postgres.db:5432", "--file", "a.yaml");
  expect([run.status, run.stderr]).toEqual([0, ""]);
  expect(run.stdout).toContain(shown);
});

test("that a pod declares other ports is said", () => {
  const run = ask({ "a.yaml": database }, "web", "shop-web:9999");
  expect([run.status, run.stderr]).toEqual([0, ""]);
  expect(run.stdout).toContain("web reaches shop-web:9999, as far as the objects say\n");
  expect(run.stdout).toContain(
    "not known:\n  Pod/shop-web: spec.containers: nothing says that it listens at 9999: its containers declare 5433\n",
  );
});

test.each([
  ["a port that the Service has not", "postgres.db:5433", "one of: 5432"],
  ["a Service that is misspelt", "postgrs.db:5432", 'did you mean "postgres.db"?'],
  ["a namespace that is misspelt", "postgres.bd:5432", 'did you mean "postgres.db"?'],
  ["a name of somebody else's", "postgres.db.example.com:5432", "the objects have no Service or workload"],
  [
    "a part of the cluster's that there is not",
    "postgres.db.svc2:5432",
    "the objects have no Service or workload",
  ],
])("%s is refused with what there is", (_name, to, said) => {
  const run = ask({ "a.yaml": database }, "web", to, "--file", "a.yaml");
  expect([run.status, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toContain(said);
});

test("a policy of the environment is named with its place in the sources", () => {
  const policy = `{
    apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "deny", namespace: "shop" },
    spec: { podSelector: {}, policyTypes: ["Egress"] },
  }`;
  const folder = environmentsOf({ dev: environment(policy) });
  const run = atlasRenderIn(folder, "can-reach", "dev", "web", "10.0.0.1:443", "--environments", folder);
  expect([run.status, run.stderr]).toEqual([1, ""]);
  expect(run.stdout).toMatch(
    /^web does not reach 10\.0\.0\.1:443\n {2}NetworkPolicy\/deny: spec\.egress: .*\n {4}dev\/index\.ts:6:\d+\n/,
  );
});

test.each([
  ["a destination that the objects do not have", ["web", "postgres.db:5432"]],
  ["a port that there is not", ["web", "postgres.db:0"]],
  ["a destination without a port", ["web", "postgres"]],
  ["a source that there is not", ["wbe", "10.0.0.1:443"]],
  ["nothing to reach", ["web"]],
])("%s is refused", (_name, args) => {
  const run = ask({}, ...args);
  expect([run.status, run.stdout]).toEqual([2, ""]);
});
