import { reach, type Endpoint, type KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const pod = (name: string, namespace: string, fields: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name, image: name, ports: [{ name: "sql", containerPort: 5432 }] }],
        initContainers: [
          {
            name: "proxy",
            image: "a",
            restartPolicy: "Always",
            ports: [{ name: "stats", containerPort: 9090 }],
          },
          { name: "init", image: "a", ports: [{ name: "once", containerPort: 9091 }] },
        ],
        ...fields,
      },
    },
  },
});
const shop = pod("shop", "sales");
const database = pod("database", "data");
const namespaces = ["sales", "data"].map((name) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { team: name } },
}));
const policy = (namespace: string, spec: object) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "policy", namespace },
  spec,
});
const ask = (policies: KubernetesObject[], asked: object = {}) =>
  reach([...namespaces, ...policies], { from: { pod: shop }, to: { pod: database }, port: 5432, ...asked });

describe("policies", () => {
  const fromShop = { from: [{ podSelector: {}, namespaceSelector: { matchLabels: { team: "sales" } } }] };
  test.each<[string, KubernetesObject[], object, boolean]>([
    ["are not there, and everything is allowed", [], {}, true],
    ["of another namespace mean nothing", [policy("other", { podSelector: {} })], {}, true],
    [
      "that select other pods mean nothing",
      [policy("data", { podSelector: { matchLabels: { app: "a" } } })],
      {},
      true,
    ],
    ["without rules refuse what comes in", [policy("data", { podSelector: {} })], {}, false],
    ["without types say nothing of what goes out", [policy("sales", { podSelector: {} })], {}, true],
    [
      "with a rule for it do, without types",
      [policy("sales", { egress: [{ ports: [{ port: 53 }] }] })],
      {},
      false,
    ],
    ["with an empty list of those do not", [policy("sales", { egress: [] })], {}, true],
    ["of the type alone refuse what goes out", [policy("sales", { policyTypes: ["Egress"] })], {}, false],
    ["add up", [policy("data", {}), policy("data", { ingress: [fromShop] })], {}, true],
    [
      "of both sides have to agree",
      [policy("data", { ingress: [{}] }), policy("sales", { egress: [{ ports: [{ port: 1 }] }] })],
      {},
      false,
    ],
    [
      "mean their own namespace by a podSelector",
      [policy("data", { ingress: [{ from: [{ podSelector: {} }] }] })],
      {},
      false,
    ],
    [
      "know the name of a namespace as a label",
      [
        policy("data", {
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "sales" } } }] },
          ],
        }),
      ],
      {},
      true,
    ],
    ["know a port by its name", [policy("data", { ingress: [{ ports: [{ port: "sql" }] }] })], {}, true],
    [
      "know that of a sidecar",
      [policy("data", { ingress: [{ ports: [{ port: "stats" }] }] })],
      { port: 9090 },
      true,
    ],
    [
      "and none of a container that is through",
      [policy("data", { ingress: [{ ports: [{ port: "once" }] }] })],
      { port: 9091 },
      false,
    ],
    [
      "take a port for one of TCP",
      [policy("data", { ingress: [{ ports: [{ port: 5432 }] }] })],
      { protocol: "UDP" },
      false,
    ],
    [
      "know ranges of ports",
      [policy("data", { ingress: [{ ports: [{ port: 5000, endPort: 5432 }] }] })],
      {},
      true,
    ],
    [
      "know the end of those",
      [policy("data", { ingress: [{ ports: [{ port: 5000, endPort: 5431 }] }] })],
      {},
      false,
    ],
  ])("%s", (_name, policies, asked, allowed) => {
    expect(ask(policies, asked).allowed).toBe(allowed);
  });
});

const egressTo = (ipBlock: object) =>
  policy("sales", { policyTypes: ["Egress"], egress: [{ to: [{ ipBlock }] }] });

describe("addresses", () => {
  const outside: Endpoint = { address: "192.0.2.1" };
  test.each<[string, object, Endpoint, boolean, number]>([
    ["one in the block", { cidr: "192.0.2.0/24" }, outside, true, 0],
    ["one outside", { cidr: "10.0.0.0/8" }, outside, false, 0],
    ["one that is excepted", { cidr: "0.0.0.0/0", except: ["192.0.2.0/28"] }, outside, false, 0],
    ["one of the other family", { cidr: "::/0" }, outside, false, 0],
    ["one of IPv6", { cidr: "fd00::/8", except: ["fd01::/16"] }, { address: "fd00::1" }, true, 0],
    ["a pod with an address", { cidr: "10.0.0.0/8" }, { pod: database, address: "10.1.1.1" }, true, 0],
    ["a pod, wherever it is", { cidr: "0.0.0.0/0" }, { pod: database }, true, 0],
    ["a pod that may be anywhere", { cidr: "10.0.0.0/8" }, { pod: database }, false, 1],
    [
      "a pod that may be excepted",
      { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] },
      { pod: database },
      false,
      1,
    ],
  ])("%s", (_name, block, endpoint, allowed, unknown) => {
    const answer = ask([egressTo(block)], { to: endpoint });
    expect(answer.allowed).toBe(allowed);
    expect(answer.unknown.length).toBe(unknown);
  });

  test("what is none is refused, and so is an object without pods", () => {
    expect(() => ask([], { to: { address: "postgres" } })).toThrow(
      'got the address "postgres": expected one such as',
    );
    expect(() => ask([], { to: { pod: namespaces[0] } })).toThrow(
      "Namespace/sales makes no pods: expected a Pod",
    );
  });
});

test("a pod always reaches itself", () => {
  const own = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "data" },
    spec: { containers: [] },
  };
  const denied = [policy("data", { policyTypes: ["Ingress", "Egress"] })];
  expect(ask(denied, { from: { pod: own }, to: { pod: own } }).allowed).toBe(true);
  // The pods of a workload are several.
  expect(ask(denied, { from: { pod: database }, to: { pod: database } }).allowed).toBe(false);
});

test("of a pod in the network of its node, it is not known whether policies mean it", () => {
  const { allowed, unknown } = ask([policy("data", {})], {
    to: { pod: pod("database", "data", { hostNetwork: true }) },
  });
  expect({ allowed, paths: unknown.map(({ path }) => path) }).toEqual({
    allowed: true,
    paths: ["spec.template.spec.hostNetwork"],
  });
});

describe("an answer says what decides", () => {
  const closed = policy("data", { podSelector: {} });
  const open = policy("data", {
    ingress: [{ from: [{ podSelector: { matchLabels: { app: "a" } } }, { namespaceSelector: {} }] }],
  });

  test("the entry that lets it through", () => {
    expect(ask([closed, open])).toEqual({
      allowed: true,
      because: [{ object: open, path: "spec.ingress[0].from[1]", text: "this lets it in" }],
      unknown: [],
    });
  });

  test("each policy that does not", () => {
    expect(ask([closed]).because).toEqual([
      {
        object: closed,
        path: "spec.ingress",
        text: "it selects the destination, and has no rule that lets this in",
      },
    ]);
  });
});

const named = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
describe("a namespace that is not among the objects", () => {
  test.each<[string, object, boolean | "unknown"]>([
    ["has its name", named("sales"), true],
    ["has no other name", named("data"), false],
    ["is selected by nothing that is asked", {}, true],
    ["may have a label", { matchLabels: { team: "sales" } }, "unknown"],
    ["may lack one", { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] }, "unknown"],
    [
      "is not selected, whatever its labels",
      { matchLabels: { ...named("data").matchLabels, a: "b" } },
      false,
    ],
  ])("%s", (_name, namespaceSelector, want) => {
    const guarded = policy("data", { podSelector: {}, ingress: [{ from: [{ namespaceSelector }] }] });
    const { allowed, unknown } = reach([guarded], {
      from: { pod: shop },
      to: { pod: database },
      port: 5432,
    });
    expect(unknown.length > 0 ? "unknown" : allowed).toBe(want);
  });
});

test.each<[string, object]>([
  ["a port in text", { port: "5432" }],
  ["no number", { port: Number.NaN }],
  ["a port that there is not", { port: 70_000 }],
  ["a protocol in small letters", { protocol: "tcp" }],
  ["an address with two parts", { to: { address: "10.1" } }],
  ["an octal address", { to: { address: "010.0.0.1" } }],
  ["an address as a number", { to: { address: "167772161" } }],
])("%s is refused", (_name, asked) => {
  expect(() => ask([], asked)).toThrow(TypeError);
});

describe("a Service that selects no pods", () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "db", namespace: "shop" },
    spec: {},
  };
  const source = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
    spec: { containers: [{ name: "web" }] },
  };
  test.each<[string, object[], boolean, number]>([
    ["may be anything that a rule means by its labels", [{ to: [{ podSelector: {} }] }], false, 2],
    ["is reached where any destination is", [{}], true, 1],
    ["is not where nothing may go out", [], false, 1],
    ["is not by another port", [{ ports: [{ port: 53 }] }], false, 1],
  ])("%s", (_name, egress, allowed, unknown) => {
    const objects = [source, service, policy("shop", { podSelector: {}, policyTypes: ["Egress"], egress })];
    const verdict = reach(objects, { from: { pod: source }, to: { service }, port: 5432 });
    expect([verdict.allowed, verdict.unknown.length]).toEqual([allowed, unknown]);
  });
});
