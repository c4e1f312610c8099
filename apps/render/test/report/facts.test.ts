import { readFileSync } from "node:fs";
import { base, compose, overlay, type KubernetesObject, type Layer } from "@atlas/compose";
import { configMapGenerator } from "@atlas/compose/generators";
import { istiod, kubeDns, outbound } from "@atlas/istio";
import dev from "@atlas/manifests/overlays/dev";
import { describe, expect, test } from "vitest";
import { connectionsOf, type Connections } from "../../src/commands/report/facts/connections.ts";
import { declaredNames } from "../../src/commands/report/facts/declared-names.ts";
import { differencesOf } from "../../src/commands/report/facts/differences.ts";
import { environmentFacts, shownObjects } from "../../src/commands/report/facts/environment-facts.ts";
import { portText } from "../../src/commands/report/facts/parties.ts";
import { permissionsOf } from "../../src/commands/report/facts/permissions.ts";
import type { EnvironmentFacts } from "../../src/commands/report/facts/report-facts.ts";
import { readExternal } from "../../src/read/external.ts";

const nowhere = (): undefined => undefined;

function factsOf(layer: Layer): EnvironmentFacts {
  const objects = compose(layer, readExternal);
  return environmentFacts(layer, { name: "dev", namespace: undefined, objects }, shownObjects(objects));
}

const object = (kind: string, name: string, rest: object): KubernetesObject => ({
  apiVersion: apiVersions[kind] ?? "v1",
  kind,
  metadata: { name, namespace: "shop" },
  ...rest,
});

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: "apps/v1",
  CronJob: "batch/v1",
  NetworkPolicy: "networking.k8s.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  Role: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
};

/** Who gets through to a port, by the names of the callers. */
function callersAt(connections: Connections, port: string): string[] {
  return connections.callers.flatMap(({ label }, row) =>
    connections.workloads.flatMap(({ ports }, at) =>
      ports.flatMap((each, which) =>
        portText(each) === port && connections.inbound[row]?.[at]?.[which]?.says === "yes" ? [label] : [],
      ),
    ),
  );
}

describe("dev", () => {
  const { connections, objects, permissions, admissions } = factsOf(dev);

  test("lets Prometheus in where metrics are merged, and nobody else anywhere", () => {
    const ports = connections.workloads.flatMap((each) => each.ports.map(portText));
    expect(Object.fromEntries(ports.map((port) => [port, callersAt(connections, port)]))).toEqual({
      "metrics 8080/TCP": [],
      "health 8081/TCP": [],
      "15020/TCP": ["prometheus"],
    });
  });

  test("each answer says why, and reasons of the sources where they stand", () => {
    const at = connections.callers.findIndex(({ label }) => label === "prometheus");
    const answers = connections.inbound[at]?.flat() ?? [];
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect(answer?.because).not.toEqual([]);
    const reasons = answers.flatMap((answer) => answer?.because ?? []);
    for (const { object: name, place = "" } of reasons.filter(
      (each) => each.object?.startsWith("Pod/") === false,
    )) {
      const [, file = "", line = ""] = /^(.*):(\d+)$/.exec(place) ?? [];
      expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1], `${name} ${place}`).toBeTruthy();
    }
  });

  test("what its proxy knows is said", () => {
    expect(connections.known.map(({ hosts, others }) => [hosts.length, others])).toEqual([
      [4, "let through in plain text"],
    ]);
  });

  test("its account may do what its roles say, and no more", () => {
    const [account] = permissions;
    expect(permissions).toHaveLength(1);
    const extent = (resource: string, verb: string): string | undefined =>
      account?.rows.find((row) => row.resource === resource)?.extents[account.verbs.indexOf(verb)];
    expect(extent("secrets", "list")).toBe("everywhere");
    expect(extent("leases", "create")).toBe("namespace");
    expect(extent("atlasschemas/status", "delete")).toBe("no");
    expect(
      account?.rows.every(({ rules }) => rules.every(({ place }) => /role\.ts:\d+$/.test(place ?? ""))),
    ).toBe(true);
  });

  test("every object has its place, and every workload is admitted", () => {
    expect(objects).toHaveLength(16);
    expect(objects.filter(({ place }) => place === undefined)).toEqual([]);
    expect(admissions.map(({ answer }) => answer.says)).toEqual(["yes"]);
  });
});

const template = (labels: object, ports: object[] = []): object => ({
  spec: { template: { metadata: { labels }, spec: { containers: [{ name: "a", image: "a", ports }] } } },
});
const shop = object("Deployment", "shop", template({ app: "shop" }, [{ containerPort: 80 }]));
const policy = (name: string, spec: object): KubernetesObject =>
  object("NetworkPolicy", name, { spec: { podSelector: {}, ...spec } });

const callers = (...objects: KubernetesObject[]): [string, string][] =>
  connectionsOf([shop, ...objects], nowhere)
    .callers.slice(1)
    .map(({ label, detail }) => [label, detail]);

describe("who is asked about", () => {
  const strangers = callers();
  const meant = (...objects: KubernetesObject[]): [string, string][] =>
    callers(...objects).filter((each) => !strangers.some(([label]) => label === each[0]));

  test("neighbours, strangers in and out of the mesh, and the world", () => {
    expect(strangers.map(([label]) => label)).toEqual([
      "a neighbour",
      "a pod in the mesh",
      "a pod elsewhere",
      "outside of the cluster",
    ]);
  });

  const table: [string, { given: object; want: [string, string][] }][] = [
    [
      "pods of the namespace",
      { given: { podSelector: { matchLabels: { app: "web" } } }, want: [["web", "in shop, with app=web"]] },
    ],
    [
      "all pods of a namespace",
      {
        given: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "web" } } },
        want: [["any pod", "in namespaces with kubernetes.io/metadata.name=web"]],
      },
    ],
    [
      "what expressions say",
      {
        given: {
          namespaceSelector: {},
          podSelector: {
            matchExpressions: [
              { key: "app", operator: "In", values: ["a", "b"] },
              { key: "tier", operator: "DoesNotExist" },
              { key: "team", operator: "Exists" },
              { key: "zone", operator: "NotIn", values: ["x"] },
            ],
          },
        },
        want: [["a", "in any namespace, with app in (a,b),!tier,team,zone notin (x)"]],
      },
    ],
    ["a block", { given: { ipBlock: { cidr: "10.1.0.0/16" } }, want: [["10.1.0.0/16", "addresses"]] }],
    ["every address, which is not an address", { given: { ipBlock: { cidr: "0.0.0.0/0" } }, want: [] }],
    [
      "a block whose first address is left out",
      { given: { ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/16"] } }, want: [] },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(meant(policy("in", { ingress: [{ from: [given] }] }))).toEqual(want);
  });

  test("whom a policy of other pods means is not", () => {
    const other = policy("in", {
      podSelector: { matchLabels: { app: "other" } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: "web" } } }], ports: [{ port: 9900 }] }],
    });
    expect(meant(other)).toEqual([]);
    expect(connectionsOf([shop, other], nowhere).workloads[0]?.ports.map(({ port }) => port)).toEqual([80]);
  });

  test("whoever is meant by a rule that lets in gets through", () => {
    for (const [, { given, want }] of table) {
      if (want.length === 0) continue;
      const objects = [shop, policy("in", { ingress: [{ from: [given], ports: [{ port: 80 }] }] })];
      expect(callersAt(connectionsOf(objects, nowhere), "80/TCP")).toContain(want[0]?.[0]);
    }
  });

  test("what is called is what policies and ServiceEntries name, too", () => {
    const entry = object("ServiceEntry", "db", {
      spec: { hosts: ["db.example.com"], addresses: ["192.0.2.0/28"], ports: [{ number: 5432 }] },
    });
    const out = policy("out", {
      policyTypes: ["Egress"],
      egress: [
        { to: [{ ipBlock: { cidr: "192.0.2.0/28" } }], ports: [{ port: 5432, protocol: "TCP" }] },
        { to: [{ podSelector: { matchLabels: { app: "dns" } } }], ports: [{ port: 53, protocol: "UDP" }] },
      ],
    });
    const { outward, outbound: away } = connectionsOf([shop, entry, out], nowhere);
    expect(outward.map(({ label, port }, at) => [label, portText(port), away[0]?.[at]?.says])).toEqual([
      ["192.0.2.0/28", "5432/TCP", "yes"],
      ["dns", "53/UDP", "yes"],
      ["db.example.com", "5432/TCP", "yes"],
      ["a pod in the mesh", "80/TCP", "no"],
      ["a pod elsewhere", "80/TCP", "no"],
      ["outside of the cluster", "443/TCP", "no"],
    ]);
  });

  test("one list of destinations is reached, through the proxy as well, and strangers are not", () => {
    const labels = { app: "shop", "sidecar.istio.io/inject": "true" };
    const { objects } = outbound(
      { name: "shop", labels: { app: "shop" } },
      {
        destinations: [
          istiod,
          kubeDns,
          {
            mesh: "outside",
            host: "./db.example.com",
            ports: [{ port: 5432, protocol: "TCP" }],
            cidrs: ["192.0.2.0/28"],
          },
        ],
        unknownDestinations: "REGISTRY_ONLY",
      },
    );
    const own = objects.map((each) => ({ ...each, metadata: { ...each.metadata, namespace: "shop" } }));
    const meshed = object("Deployment", "shop", template(labels));
    const { outward, outbound: away } = connectionsOf([meshed, ...own], nowhere);
    expect(outward.map(({ label, port }, at) => [label, portText(port), away[0]?.[at]?.says])).toEqual([
      ["istiod", "15012/TCP", "yes"],
      ["kube-dns", "53/UDP", "yes"],
      ["kube-dns", "53/TCP", "yes"],
      ["192.0.2.0/28", "5432/TCP", "yes"],
      ["db.example.com", "5432/TCP", "yes"],
      ["a pod in the mesh", "80/TCP", "no"],
      ["a pod elsewhere", "80/TCP", "no"],
      ["outside of the cluster", "443/TCP", "no"],
    ]);
  });

  test("what makes pods in another way is a workload, and an environment without any has no connections", () => {
    const job = object("CronJob", "job", { spec: { jobTemplate: template({ app: "job" }) } });
    expect(connectionsOf([job], nowhere).workloads.map(({ label }) => label)).toEqual(["job"]);
    expect(connectionsOf([], nowhere).workloads).toEqual([]);
  });
});

describe("permissions", () => {
  const binding = object("RoleBinding", "b", {
    roleRef: { kind: "Role", name: "r" },
    subjects: [{ kind: "ServiceAccount", name: "web" }],
  });
  const given = (rules: object[]): ReturnType<typeof permissionsOf> =>
    permissionsOf([object("Role", "r", { rules }), binding], nowhere);

  test("objects of some names alone", () => {
    const [account] = given([
      { apiGroups: [""], resources: ["secrets"], resourceNames: ["a"], verbs: ["get"] },
    ]);
    expect(account).toMatchObject({
      account: "web",
      namespace: "shop",
      verbs: ["get"],
      rows: [{ resource: "secrets", names: ["a"], extents: ["named"] }],
    });
  });

  test("every verb", () => {
    const [account] = given([{ apiGroups: ["a"], resources: ["*"], verbs: ["*", "bind"] }]);
    expect(account?.verbs).toEqual([
      "get",
      "list",
      "watch",
      "create",
      "update",
      "patch",
      "delete",
      "deletecollection",
      "bind",
    ]);
    expect(new Set(account?.rows[0]?.extents)).toEqual(new Set(["namespace"]));
  });

  test("an account that nothing is bound to may do nothing", () => {
    expect(permissionsOf([shop], nowhere)).toEqual([
      { account: "default", namespace: "shop", verbs: [], rows: [] },
    ]);
  });
});

const map = (data: object): KubernetesObject => object("ConfigMap", "a", { data });

describe("differences", () => {
  const table: [string, { given: KubernetesObject[][]; want: [string, (string | undefined)[]][] }][] = [
    ["none", { given: [[map({ a: "1" })], [map({ a: "1" })]], want: [] }],
    ["a value", { given: [[map({ a: "1" })], [map({ a: "2" })]], want: [["data.a", ['"1"', '"2"']]] }],
    [
      "a value that one lacks",
      { given: [[map({})], [map({ a: "2" })]], want: [["data.a", [undefined, '"2"']]] },
    ],
    ["an object that one lacks", { given: [[], [map({})]], want: [["", [undefined, "there"]]] }],
    [
      "the deepest of named elements",
      {
        given: [[{ name: "x", v: 1 }], [{ name: "x", v: 2 }], [{ name: "x", v: 1 }]].map((list) => [
          map({ list }),
        ]),
        want: [["data.list[x].v", ["1", "2", "1"]]],
      },
    ],
    [
      "a list as a whole",
      { given: [[map({ list: [1] })], [map({ list: [1, 2] })]], want: [["data.list", ["- 1", "- 1\n- 2"]]] },
    ],
    [
      "fields with dots",
      { given: [[map({ "a.b": 1 })], [map({ "a.b": 2 })]], want: [['data["a.b"]', ["1", "2"]]] },
    ],
    [
      "a whole number beyond those of JavaScript",
      {
        given: [[map({ a: 9223372036854775807n })], [map({ a: 9223372036854775806n })]],
        want: [["data.a", ["9223372036854775807", "9223372036854775806"]]],
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(differencesOf(given).map(({ path, values }) => [path, values])).toEqual(want);
  });
});

describe("objects of two environments are compared by the names that they are declared with", () => {
  const below = base({
    resources: [object("ConfigMap", "a", { data: { a: "1" } })],
    generators: [configMapGenerator({ name: "settings", namespace: "shop", literals: { a: "1" } })],
  });
  const other = base({
    resources: [object("ConfigMap", "a", { data: { a: "2" } })],
    generators: [configMapGenerator({ name: "settings", namespace: "shop", literals: { a: "2" } })],
  });
  const name = "metadata.name";
  const table: [string, Layer, Layer, string[]][] = [
    ["as they are", below, other, ["a data.a", "settings data.a", `settings ${name}`]],
    [
      "a prefix",
      overlay({ base: below, namePrefix: "eu-" }),
      other,
      [`a ${name}`, "a data.a", `settings ${name}`, "settings data.a"],
    ],
    [
      "prefixes and suffixes of several layers",
      overlay({ base: overlay({ base: below, namePrefix: "eu-" }), namePrefix: "x-", nameSuffix: "-y" }),
      overlay({ base: below, nameSuffix: "-us" }),
      [`a ${name}`, `settings ${name}`],
    ],
    [
      "names that would be one stay two",
      overlay({
        base: overlay({ base: base({ resources: [object("ConfigMap", "a", {})] }), namePrefix: "b-" }),
        resources: [object("ConfigMap", "a", {})],
      }),
      base({ resources: [object("ConfigMap", "a", {})] }),
      ["b-a "],
    ],
  ];
  test.each(table)("%s", (_name, one, two, want) => {
    const environments = [one, two].map((layer) => {
      const objects = shownObjects(compose(layer, readExternal));
      return { objects, names: declaredNames(layer, objects) };
    });
    const all = environments.map(({ objects }) => objects);
    const names = new Map(environments.flatMap((each) => [...each.names]));
    const found = differencesOf(all, (each) => names.get(each) ?? "");
    const told = found.map(({ object: called, path }) => `${called.replace("ConfigMap/", "")} ${path}`);
    expect(told.toSorted()).toEqual(want.toSorted());
  });
});

test("what a Secret holds is not shown", () => {
  const secret = object("Secret", "a", {
    data: { password: "aHVudGVyMg==" },
    stringData: { token: "hunter2" },
  });
  const { objects } = factsOf(base({ resources: [secret] }));
  expect(objects[0]?.text).toMatch(/password: "\(not shown\)"[^]*token: "\(not shown\)"/);
  expect(JSON.stringify(objects)).not.toMatch(/hunter2|aHVudGVyMg/);
});
