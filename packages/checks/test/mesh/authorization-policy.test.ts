import type { Connection, KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { ask, authorizationPolicy, database, outside, peerAuthentication, pod, sidecar } from "./world.ts";

const policy = (spec: object, namespace = "data") => authorizationPolicy(namespace, spec);
const selector = (app: string) => ({ selector: { matchLabels: { app } } });
const everything = { rules: [{}] };
const fromSales = { rules: [{ from: [{ source: { namespaces: ["sales"] } }] }] };
const fromOther = { rules: [{ from: [{ source: { namespaces: ["other"] } }] }] };
const deny = { action: "DENY" };

// Each row is a sentence of https://istio.io/latest/docs/reference/config/security/authorization-policy/
describe("policies", () => {
  test.each<[string, KubernetesObject[], boolean]>([
    ["are not there, and everything is allowed", [], true],
    ["that match and deny refuse", [policy({ ...deny, ...fromSales })], false],
    ["that deny and do not match say nothing", [policy({ ...deny, ...fromOther })], true],
    ["that deny go before those that allow", [policy(everything), policy({ ...deny, ...fromSales })], false],
    ["that allow let through what they match", [policy(fromSales)], true],
    ["that allow refuse everything else", [policy(fromOther)], false],
    ["that allow add up", [policy(fromOther), policy(fromSales)], true],
    ["without an action allow", [policy({ action: "ALLOW", ...fromOther }), policy(fromSales)], true],
    ["without rules never match, and so refuse", [policy({})], false],
    ["with an empty list of rules never match", [policy({ rules: [] })], false],
    ["that deny without rules never match", [policy(deny)], true],
    ["with an empty rule match everything", [policy(everything)], true],
    ["that deny with an empty rule refuse everything", [policy({ ...deny, ...everything })], false],
    ["that audit decide nothing", [policy({ action: "AUDIT", ...everything })], true],
    ["that audit do not make one be needed", [policy({ action: "AUDIT", ...fromOther })], true],
    ["of another namespace mean nothing", [policy({}, "sales")], true],
    ["of the root namespace are for all", [policy({}, "istio-system")], false],
    ["that select the workload are for it", [policy({ ...selector("database") })], false],
    ["that select another are not", [policy({ ...selector("other") })], true],
    ["of the root namespace that select are, too", [policy(selector("database"), "istio-system")], false],
    ["that select another in the root namespace are not", [policy(selector("other"), "istio-system")], true],
    [
      "with targets are for waypoints and gateways",
      [policy({ targetRefs: [{ kind: "Service", name: "database" }] })],
      true,
    ],
    [
      "with the target of an older version are, too",
      [policy({ targetRef: { kind: "Gateway", name: "a" } })],
      true,
    ],
    ["that are tried dry decide nothing", [dry(policy({}))], true],
  ])("%s", (_sentence, objects, allowed) => {
    expect([ask(objects).allowed, ask(objects).unknown]).toEqual([allowed, []]);
  });

  test.each<[string, Partial<Connection>, KubernetesObject[], boolean]>([
    ["say nothing of a destination without a proxy", { to: { pod: outside } }, [policy({}, "plain")], true],
    ["say nothing of UDP", { protocol: "UDP" }, [policy({})], true],
    ["say nothing of the proxy's own metrics", { port: 15090 }, [policy({})], true],
    ["are for plain text, too", { from: { pod: outside } }, [policy({})], false],
  ])("%s", (_sentence, asked, objects, allowed) => {
    expect(ask(objects, asked).allowed).toBe(allowed);
  });
});

function dry(object: KubernetesObject): KubernetesObject {
  const metadata = { ...object.metadata, annotations: { "istio.io/dry-run": "true" } };
  return { ...object, metadata };
}

/** Of the pod `shop` in `sales`, whose address is 10.0.0.1, at port 5432. */
const matches = (rule: object, asked: Partial<Connection> = {}) => {
  const { allowed, unknown } = ask([policy({ rules: [rule] })], {
    from: { pod: client, address: "10.0.0.1" },
    to: { pod: database, address: "10.0.0.2" },
    ...asked,
  });
  return unknown.length > 0 ? "unknown" : allowed;
};
const client = pod("shop", "sales", { spec: { serviceAccountName: "seller" } });
const source = (fields: object) => ({ from: [{ source: fields }] });
const operation = (fields: object) => ({ to: [{ operation: fields }] });
const when = (key: string, fields: object) => ({ when: [{ key, ...fields }] });

describe("a rule", () => {
  test.each<[string, object, boolean | "unknown"]>([
    ["knows principals", source({ principals: ["cluster.local/ns/sales/sa/seller"] }), true],
    ["knows others", source({ principals: ["cluster.local/ns/sales/sa/buyer"] }), false],
    ["matches what begins so", source({ principals: ["cluster.local/ns/sales/*"] }), true],
    ["matches what ends so", source({ principals: ["*/sa/seller"] }), true],
    ["matches what there is", source({ principals: ["*"] }), true],
    ["knows what is excepted", source({ notPrincipals: ["*/sa/seller"] }), false],
    ["knows namespaces", source({ namespaces: ["sal*"] }), true],
    ["knows excepted ones", source({ notNamespaces: ["sales"] }), false],
    ["knows accounts", source({ serviceAccounts: ["sales/seller"] }), true],
    [
      "takes those without a namespace for ones of the policy's",
      source({ serviceAccounts: ["seller"] }),
      false,
    ],
    ["knows no wildcard in those", source({ serviceAccounts: ["sales/*"] }), false],
    ["knows excepted accounts", source({ notServiceAccounts: ["sales/seller"] }), false],
    ["knows trust domains", source({ trustDomains: ["cluster.local"] }), true],
    ["knows blocks of addresses", source({ ipBlocks: ["10.0.0.0/8"] }), true],
    ["knows single ones", source({ ipBlocks: ["10.0.0.2", "10.0.0.1"] }), true],
    ["knows excepted blocks", source({ notIpBlocks: ["10.0.0.0/24"] }), false],
    ["needs all fields of a source", source({ namespaces: ["sales"], principals: ["other"] }), false],
    [
      "needs one source",
      { from: [{ source: { namespaces: ["a"] } }, { source: { namespaces: ["sales"] } }] },
      true,
    ],
    ["takes a source without fields for any", source({}), true],
    ["knows ports", operation({ ports: ["80", "5432"] }), true],
    ["means that of the workload", operation({ ports: ["3306"] }), false],
    ["knows excepted ports", operation({ notPorts: ["5432"] }), false],
    [
      "needs a source and an operation",
      { ...source({ namespaces: ["sales"] }), ...operation({ ports: ["80"] }) },
      false,
    ],
    ["knows the source of a condition", when("source.namespace", { values: ["sales"] }), true],
    ["knows its exceptions", when("source.namespace", { values: ["*"], notValues: ["sales"] }), false],
    ["knows its principal", when("source.principal", { values: ["*/sa/seller"] }), true],
    ["knows its account", when("source.serviceAccount", { values: ["sales/seller"] }), true],
    ["knows its address", when("source.ip", { values: ["10.0.0.0/8"] }), true],
    ["knows its port", when("destination.port", { values: ["80"] }), false],
    ["knows the destination's address", when("destination.ip", { values: ["10.0.0.2"] }), true],
    [
      "needs all conditions",
      {
        when: [
          { key: "destination.port", values: ["5432"] },
          { key: "source.ip", values: ["::1"] },
        ],
      },
      false,
    ],
    ["does not know methods", operation({ methods: ["GET"] }), "unknown"],
    ["does not know paths that are excepted", operation({ notPaths: ["/admin"] }), "unknown"],
    ["does not know hosts", operation({ hosts: ["a"] }), "unknown"],
    ["does not know tokens", source({ requestPrincipals: ["*"] }), "unknown"],
    ["does not know forwarded addresses", source({ remoteIpBlocks: ["10.0.0.0/8"] }), "unknown"],
    ["does not know other attributes", when("request.headers[a]", { values: ["b"] }), "unknown"],
    [
      "needs not know them where something else does not match",
      operation({ methods: ["GET"], ports: ["80"] }),
      false,
    ],
    [
      "needs not know them where another operation matches",
      { to: [{ operation: { paths: ["/"] } }, {}] },
      true,
    ],
  ])("%s", (_sentence, rule, expected) => {
    expect(matches(rule)).toBe(expected);
  });

  test.each<[string, object, Partial<Connection>, boolean | "unknown"]>([
    ["has no identity without mutual TLS", source({ principals: ["*"] }), { from: { pod: outside } }, false],
    ["has no namespace then", source({ namespaces: ["plain"] }), { from: { pod: outside } }, false],
    ["nor one that is excepted", source({ notNamespaces: ["plain"] }), { from: { pod: outside } }, true],
    [
      "takes the default account",
      source({ serviceAccounts: ["sales/default"] }),
      { from: { pod: pod("a", "sales") } },
      true,
    ],
    [
      "does not know an address that is not given",
      source({ ipBlocks: ["10.0.0.0/8"] }),
      { from: { pod: client } },
      "unknown",
    ],
    [
      "knows that of what is outside",
      source({ ipBlocks: ["192.0.2.0/24"] }),
      { from: { address: "192.0.2.1" } },
      true,
    ],
  ])("%s", (_sentence, rule, asked, expected) => {
    expect(matches(rule, asked)).toBe(expected);
  });

  test.each<[string, KubernetesObject]>([
    ["the destination takes no mutual TLS", peerAuthentication("data", { mtls: { mode: "DISABLE" } })],
    [
      "the proxy of the source does not know the destination",
      sidecar("sales", { egress: [{ hosts: ["./*"] }] }),
    ],
  ])("has no identity where %s", (_why, object) => {
    expect(ask([policy(fromSales)]).allowed).toBe(true);
    expect(ask([policy(fromSales), object]).allowed).toBe(false);
  });
});

describe("an answer says", () => {
  const paths = { rules: [{ to: [{ operation: { paths: ["/admin"] } }] }] };

  test("the rule that allows", () => {
    const allow = policy({ rules: [{ ...fromOther.rules[0] }, {}] });
    expect(ask([allow]).because.at(-1)).toEqual({
      object: allow,
      path: "spec.rules[1]",
      text: "this allows it",
    });
  });

  test("the rule that denies", () => {
    const denying = policy({ ...deny, ...everything });
    expect(ask([denying]).because).toEqual([
      { object: denying, path: "spec.rules[0]", text: "this denies it" },
    ]);
  });

  test("each policy that does not allow", () => {
    const [one, two] = [policy(fromOther), policy({}, "istio-system")];
    expect(ask([one, two]).because.map(({ object, path }) => [object, path])).toEqual([
      [one, "spec.rules"],
      [two, "spec.rules"],
    ]);
  });

  test("that a provider may refuse it", () => {
    const custom = policy({ action: "CUSTOM", provider: { name: "my-authz" }, ...paths });
    expect(ask([custom])).toMatchObject({
      allowed: true,
      unknown: [
        { object: custom, path: "spec.rules[0]", text: "the provider my-authz may be asked, and refuse it" },
      ],
    });
  });

  test("nothing of a provider that is not asked", () => {
    expect(ask([policy({ action: "CUSTOM", provider: { name: "my-authz" }, ...fromOther })]).unknown).toEqual(
      [],
    );
  });

  test("that what only a request says may deny it", () => {
    expect(ask([policy({ ...deny, ...paths })])).toMatchObject({
      allowed: true,
      unknown: [{ path: "spec.rules[0]" }],
    });
  });
});
