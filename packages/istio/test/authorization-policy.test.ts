import { AuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1/AuthorizationPolicy";
import { describe, expect, test } from "vitest";
import { authorizationPolicy, type Access } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } };

describe("who may call what", () => {
  const table: [string, { given: Access; spec: object }][] = [
    ["nobody", { given: { action: "ALLOW", rules: [] }, spec: { action: "ALLOW", rules: [] } }],
    ["everybody", { given: { action: "ALLOW", rules: [{}] }, spec: { action: "ALLOW", rules: [{}] } }],
    [
      "a namespace at a port",
      {
        given: {
          action: "ALLOW",
          rules: [{ from: [{ namespaces: ["prometheus"] }], to: [{ ports: [8080], notPorts: [8081] }] }],
        },
        spec: {
          action: "ALLOW",
          rules: [
            {
              from: [{ source: { namespaces: ["prometheus"] } }],
              to: [{ operation: { ports: ["8080"], notPorts: ["8081"] } }],
            },
          ],
        },
      },
    ],
    [
      "not what a header says",
      {
        given: {
          action: "DENY",
          rules: [{ when: [{ key: "request.headers[x-user]", notValues: ["root"] }] }],
        },
        spec: {
          action: "DENY",
          rules: [{ when: [{ key: "request.headers[x-user]", notValues: ["root"] }] }],
        },
      },
    ],
    [
      "whom somebody else lets",
      {
        given: { action: "CUSTOM", provider: "opa", rules: [{ to: [{ paths: ["/admin/*"] }] }] },
        spec: {
          action: "CUSTOM",
          provider: { name: "opa" },
          rules: [{ to: [{ operation: { paths: ["/admin/*"] } }] }],
        },
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, spec }) => {
    const object = authorizationPolicy(workload, given);
    expect(object).toEqual({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "shop" },
      spec: { selector: { matchLabels: workload.labels }, ...spec },
    });
    expect(() => new AuthorizationPolicy(object).validate()).not.toThrow();
  });
});

const rule = (from: object): object => ({ action: "ALLOW", rules: [{ from: [from] }] });
const to = (operation: object): object => ({ action: "ALLOW", rules: [{ to: [operation] }] });
const when = (condition: object): object => ({ action: "ALLOW", rules: [{ when: [condition] }] });
const at = (place: string): string => `spec.rules[0].${place}`;

describe("what matches nothing, or is refused by Istio", () => {
  // What the types refuse already, JavaScript and patches may hold.
  const table: [string, { given: object; problem: string }][] = [
    [
      "an action that there is not",
      { given: { action: "ALOW", rules: [] }, problem: 'did you mean "ALLOW"?' },
    ],
    ["a DENY of nothing", { given: { action: "DENY", rules: [] }, problem: "DENY matches nothing" }],
    [
      "nobody to ask",
      { given: { action: "CUSTOM", rules: [{}] }, problem: "spec.provider.name: it is missing" },
    ],
    [
      "somebody to ask for nothing",
      { given: { action: "ALLOW", provider: "opa", rules: [] }, problem: "none but with CUSTOM" },
    ],
    ["sources of none", { given: { action: "ALLOW", rules: [{ from: [] }] }, problem: at("from: got []") }],
    ["a source that is none", { given: rule({}), problem: at("from[0].source: got {}") }],
    ["no namespace", { given: rule({ namespaces: [] }), problem: at("from[0].source.namespaces: got []") }],
    ["a namespace without a name", { given: rule({ namespaces: [""] }), problem: "expected text" }],
    [
      "an identity with its scheme",
      {
        given: rule({ principals: ["spiffe://cluster.local/ns/a/sa/b"] }),
        problem: 'did you mean "cluster.local/ns/a/sa/b"?',
      },
    ],
    [
      "accounts beside namespaces",
      { given: rule({ serviceAccounts: ["a/b"], namespaces: ["a"] }), problem: "which Istio refuses" },
    ],
    [
      "an address that is none",
      { given: rule({ ipBlocks: ["10.0.0"] }), problem: at("from[0].source.ipBlocks[0]") },
    ],
    ["a misspelt field", { given: rule({ principal: ["a"] }), problem: 'did you mean "principals"?' }],
    ["a port of no number", { given: to({ ports: ["http"] }), problem: at("to[0].operation.ports[0]") }],
    [
      "an attribute that there is not",
      { given: when({ key: "source.ips", values: ["a"] }), problem: '"source.ip"' },
    ],
    ["an attribute that is nothing", { given: when({ key: "source.ip" }), problem: "values or notValues" }],
    ["an address of a condition", { given: when({ key: "source.ip", values: ["x"] }), problem: "values[0]" }],
  ];
  test.each(table)("%s", (_name, { given, problem }) => {
    expect(() => authorizationPolicy(workload, given as Access)).toThrow(problem);
  });
});
