import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ComposeError, type Patch } from "@atlas/compose";
import { compilers, misses, typeCases, type TypeCases } from "@atlas/testing/type-cases";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composed } from "./agreement-targets.ts";

/** What a patch sets where it is right; what the compiler and what the engine say of one that is wrong. */
type Want = object | { readonly compiler: string; readonly engine: string };

const define = "declare it with define<Kind>()";
const taken = { compiler: "the list has an element of this name already", engine: "the list has an element" };
const asList = {
  compiler: "the base has this list",
  engine: "got a whole list, in place of changes of the elements there are",
};
const other = { compiler: "a patch cannot make another object of its target", engine: "into another object" };
const last = { compiler: "a pod needs a container", engine: "a patch has removed the last container" };
const several = { compiler: "several elements go by this name", engine: "stands for 2 elements" };
// A layer below may have set it, as by its labels: the compiler knows the object as the base declares it.
const absent = { compiler: "", engine: "to remove" };
const unnamed = { compiler: "does not exist in type", engine: "the list has no element" };
const unlisted = { compiler: "does not exist in type", engine: "a list" };

/** Each patch as it is written; what the compiler says of it and what the engine does are of the same text. */
const cases: readonly (readonly [code: string, want: Want])[] = [
  // Lists that the base does not have, as everybody writes them first, and those that it has.
  ['pod, { spec: { containers: { web: { env: [{ name: "A", value: "b" }] } } } }', { name: "A", value: "b" }],
  ['pod, { spec: { initContainers: [{ name: "first" }] } }', { initContainers: [{ name: "first" }] }],
  ['pod, { spec: { imagePullSecrets: [{ name: "a" }] } }', { imagePullSecrets: [{ name: "a" }] }],
  [
    'pod, { spec: { initContainers: { $add: [{ name: "first" }] } } }',
    { initContainers: [{ name: "first" }] },
  ],
  ['unbound, { subjects: [{ kind: "User", name: "a" }] }', { subjects: [{ kind: "User", name: "a" }] }],
  ['binding, { subjects: [{ kind: "User", name: "a" }] }', asList],
  ['binding, { subjects: { shop: { namespace: "eu" } } }', { name: "shop", namespace: "eu" }],
  ['pod, { spec: { containers: [{ name: "web", image: "a" }] } }', asList],
  ["service, { spec: { ports: [{ port: 80 }] } }", asList],
  [
    'pod, { spec: { initContainers: [{ name: "a", imag: "b" }] } }',
    { compiler: "'image'", engine: '"imag" does not exist' },
  ],

  // What a lower layer has added.
  ['added, { spec: { containers: { agent: { image: "b" } } } }', { name: "agent", image: "b" }],
  [
    'configured, { spec: { containers: { agent: { env: { LEVEL: { value: "info" } } } } } }',
    { name: "LEVEL", value: "info" },
  ],
  ["configured, { spec: { containers: { agent: null } } }", { containers: [{ name: "web" }] }],
  ['added, { spec: { containers: { agnet: { image: "b" } } } }', unnamed],
  ["configured, { spec: { containers: { agent: { env: { LEVLE: null } } } } }", unnamed],
  ['added, { spec: { containers: { $add: [{ name: "agent" }] } } }', taken],

  // Objects that were not declared with define.
  [
    'literal, { spec: { replicas: 2, template: { spec: { containers: { web: { image: "a" } } } } } }',
    { replicas: 2 },
  ],
  ['literal, { spec: { template: { spec: { containers: { wbe: { image: "a" } } } } } }', unnamed],
  ["literal, { spec: { replicaz: 2 } }", { compiler: "'replicas'", engine: '"replicaz" does not exist' }],
  ["read, null", {}],

  // What Kubernetes has and kubernetes-types has not.
  [
    'pod, { spec: { containers: { web: { lifecycle: { stopSignal: "SIGINT" } } } } }',
    { stopSignal: "SIGINT" },
  ],
  ['pod, { spec: { volumes: { model: { image: { pullPolicy: "Always" } } } } }', { pullPolicy: "Always" }],
  ['pod, { spec: { resources: { limits: { cpu: "1" } } } }', { limits: { cpu: "1" } }],
  [
    'pod, { spec: { initContainers: [{ name: "a", restartPolicyRules: [{ action: "Restart" }] }] } }',
    { restartPolicyRules: [{ action: "Restart" }] },
  ],
  ['autoscaler, { spec: { behavior: { scaleUp: { tolerance: "0.1" } } } }', { tolerance: "0.1" }],
  [
    'autoscaler, { spec: { behavior: { scaleUp: { tolerence: "0.1" } } } }',
    { compiler: "'tolerance'", engine: '"tolerence" does not exist' },
  ],
  [
    'pod, { spec: { volumes: { model: { image: { pullPolice: "Always" } } } } }',
    { compiler: "'pullPolicy'", engine: '"pullPolice" does not exist' },
  ],

  // Kinds that kubernetes-types lacks, and those that few know.
  [
    'claim, { spec: { devices: { requests: [{ name: "gpu", exactly: { deviceClassName: "a" } }] } } }',
    { requests: [{ name: "gpu", exactly: { deviceClassName: "a" } }] },
  ],
  [
    "claim, { spec: { devices: { requests: { gpu: null } } } }",
    { compiler: "does not exist in type", engine: "a list" },
  ],
  [
    'claim, { spec: { devices: { requests: [{ name: "gpu", exactli: {} }] } } }',
    { compiler: "'exactly'", engine: '"exactli" does not exist' },
  ],
  [
    'claim, { spec: { devices: { requests: [{ name: "a", exactly: { deviceClassName: "a", capacity: { requests: { memory: 1 } } } }] } } }',
    { memory: 1 },
  ],
  [
    'claim, { spec: { devices: { requests: [{ name: "a", exactly: { deviceClassName: "a", tolerations: [{ operator: "Exist" }] } }] } } }',
    { compiler: "'\"Exists\"'", engine: 'did you mean "Exists"' },
  ],
  ["claim, { spec: { device: {} } }", { compiler: "'devices'", engine: '"device" does not exist' }],
  [
    "api, { spec: { versionPriority: null } }",
    { compiler: "'null'", engine: '"versionPriority" cannot be removed' },
  ],
  // What only some releases have is said where a layer states its release.
  ['pod, { spec: { schedulingGroup: { podGroupName: "a" } } }', { podGroupName: "a" }],
  [
    'pod, { spec: { tolerations: [{ key: "a", operator: "Lt", value: "5" }] } }',
    { tolerations: [{ key: "a", operator: "Lt", value: "5" }] },
  ],
  ['mutating, { spec: { matchConditions: { shop: { expression: "false" } } } }', { expression: "false" }],
  ["mutating, { spec: { matchConditions: { shpo: null } } }", unnamed],
  ['mutating, { spec: { matchConditions: [{ name: "a", expression: "b" }] } }', asList],
  ['mutating, { spec: { failurePolicy: "Ignore" } }', { failurePolicy: "Ignore" }],
  [
    'validating, { spec: { failurePolicy: "Ignored" } }',
    { compiler: '"Ignore"', engine: 'did you mean "Ignore"' },
  ],
  ['validating, { spec: { variables: { a: { expression: "2" } } } }', { name: "a", expression: "2" }],
  ["validating, { spec: { matchConditions: { shop: null } } }", {}],
  [
    'validating, { spec: { validations: [{ expression: "true", reason: "Forbidden" }] } }',
    { reason: "Forbidden" },
  ],
  ["flow, { spec: { matchingPrecedence: 100 } }", { matchingPrecedence: 100 }],
  [
    'flow, { spec: { distinguisherMethod: { type: "ByUser" }, rules: [{ subjects: [{ kind: "User", user: { name: "a" } }] }] } }',
    { user: { name: "a" } },
  ],
  [
    "flow, { spec: { matchingPrecedense: 1 } }",
    { compiler: "'matchingPrecedence'", engine: "does not exist" },
  ],
  ['migration, { spec: { continueToken: "a" } }', { continueToken: "a" }],
  ['migration, { spec: { continuetoken: "a" } }', { compiler: "'continueToken'", engine: "does not exist" }],
  ['cidr, { spec: { cidrs: ["10.2.0.0/16"] } }', { cidrs: ["10.2.0.0/16"] }],
  ['cidr, { spec: { cidr: ["10.2.0.0/16"] } }', { compiler: "'cidrs'", engine: '"cidr" does not exist' }],
  ['api, { spec: { service: { name: "shop", namespace: "shop" } } }', { name: "shop", namespace: "shop" }],
  ['api, { spec: { serviec: { name: "shop" } } }', { compiler: "'service'", engine: "does not exist" }],

  // What cannot be meant.
  ['pod, { metadata: { name: "other" } }', other],
  ['pod, { metadata: { namespace: "other" } }', other],
  ['twins, { metadata: { namespace: "other" } }', other],
  ['pod, { metadata: { name: "pod", labels: { a: "b" } } }', { labels: { a: "b" } }],
  [
    "pod, { spec: { containers: { web: null } } }",
    { containers: [{ name: "agent" }], compiler: last.compiler },
  ],
  ["twins, { spec: { containers: { one: null, two: null } } }", last],
  ["twins, { spec: { containers: { $replace: [] } } }", last],
  ["twins, { spec: { containers: { one: null } } }", { containers: [{ name: "two" }] }],
  [
    'twins, { spec: { containers: { one: null, two: null, $add: [{ name: "one" }] } } }',
    { containers: [{ name: "one" }] },
  ],
  ['twins, { spec: { containers: { $add: [{ name: "one" }] } } }', taken],
  ["pod, { spec: { containers: { web: { ports: { $add: [{ containerPort: 8080 }] } } } } }", taken],
  [
    "pod, { spec: { containers: { web: { ports: { $add: [{ containerPort: 53 }] } } } } }",
    { containerPort: 53 },
  ],
  [
    'twins, { spec: { containers: { one: { image: "a" }, $replace: [{ name: "two" }] } } }',
    { compiler: "this element is not in $replace", engine: "the list has no element" },
  ],
  [
    'twins, { spec: { containers: { two: { image: "a" }, $replace: [{ name: "two" }] } } }',
    { containers: [{ name: "two", image: "a" }] },
  ],
  ['twins, { spec: { containers: { three: { image: "a" }, one: { image: "a" } } } }', unnamed],
  [
    'twins, { spec: { hostname: "a", hostnam: "b" } }',
    { compiler: "'hostname'", engine: '"hostnam" does not exist' },
  ],
  [
    "autoscaler, { spec: { maxReplicas: null } }",
    { compiler: "not assignable", engine: '"maxReplicas" cannot be removed' },
  ],

  // Values that do not exist.
  ['service, { spec: { type: "NodePort" } }', { type: "NodePort" }],
  [
    'service, { spec: { type: "NodeProt" } }',
    { compiler: "'\"NodePort\"'", engine: 'did you mean "NodePort"' },
  ],
  [
    'pod, { spec: { restartPolicy: "Allways" } }',
    { compiler: "'\"Always\"'", engine: 'did you mean "Always"' },
  ],
  [
    'pod, { spec: { tolerations: [{ operator: "Exist" }] } }',
    { compiler: "'\"Exists\"'", engine: 'did you mean "Exists"' },
  ],
  ['pod, { spec: { tolerations: [{ effect: "" }] } }', { tolerations: [{ effect: "" }] }],
  [
    'service, { spec: { ipFamilies: ["IPv5"] } }',
    { compiler: '"IPv4" | "IPv6"', engine: 'did you mean "IPv4"' },
  ],
  [
    'pod, { spec: { initContainers: [{ name: "a", imagePullPolicy: "Alway" }] } }',
    { compiler: "'\"Always\"'", engine: 'did you mean "Always"' },
  ],
  ["pod, { spec: { containers: { $add: [sidecar] } } }", { name: "sidecar" }],

  // Quantities, which the API server takes as numbers, too.
  ["pod, { spec: { resources: { limits: { cpu: 1 }, requests: { cpu: 0.5 } } } }", { limits: { cpu: 1 } }],
  [
    'pod, { spec: { containers: { web: { resources: { limits: { cpu: 1, memory: "1Gi" } } } } } }',
    { limits: { cpu: 1, memory: "1Gi" } },
  ],
  ['pod, { spec: { containers: { $add: [{ name: "a", resources: { limits: { cpu: 1 } } }] } } }', { cpu: 1 }],
  ['pod, { spec: { initContainers: [{ name: "a", resources: { requests: { cpu: 2 } } }] } }', { cpu: 2 }],
  [
    'pod, { spec: { volumes: { $add: [{ name: "a", emptyDir: { sizeLimit: 1024 } }] } } }',
    { sizeLimit: 1024 },
  ],
  ["pod, { spec: { overhead: { cpu: 1 } } }", { overhead: { cpu: 1 } }],
  ["autoscaler, { spec: { behavior: { scaleUp: { tolerance: 0.1 } } } }", { tolerance: 0.1 }],
  [
    "pod, { spec: { resources: { limits: { cpu: true } } } }",
    { compiler: "'string | number", engine: "a number or a string" },
  ],
  ["pod, { metadata: { labels: { a: 1 } } }", { compiler: "'number'", engine: "a string" }],

  // Names that stand for several elements.
  ['dns, { spec: { ports: { 53: { name: "a" } } } }', several],
  ["dns, { spec: { ports: { 53: null } } }", several],
  ['dns, { spec: { ports: { $before: { 53: [{ name: "a", port: 54 }] } } } }', several],
  ['dns, { spec: { ports: { "53/UDP": { targetPort: 54 } } } }', { name: "udp", targetPort: 54 }],
  ["dns, { spec: { ports: { 9153: { targetPort: 54 } } } }", { name: "metrics", targetPort: 54 }],
  [
    'dns, { spec: { ports: { $after: { "53/TCP": [{ name: "a", port: 54 }] }, 9153: null } } }',
    { ports: [{ name: "tcp" }, { name: "a" }, { name: "udp" }] },
  ],
  ['regional, { subjects: { shop: { name: "a" } } }', several],
  ['regional, { subjects: { "shop/ServiceAccount": null } }', several],
  ['regional, { subjects: { "shop/ServiceAccount/us": null } }', { subjects: [{ namespace: "eu" }] }],

  // The removal of what is not there.
  ["twins, { metadata: { labels: { a: null } } }", absent],
  ["twins, { spec: { hostname: null } }", absent],
  ["twins, { spec: { volumes: null } }", absent],

  // Where a new element stands.
  [
    'twins, { spec: { containers: { $first: [{ name: "zero" }] } } }',
    { containers: [{ name: "zero" }, { name: "one" }, { name: "two" }] },
  ],
  [
    'twins, { spec: { containers: { $before: { two: [{ name: "a" }, { name: "b" }] } } } }',
    { containers: [{ name: "one" }, { name: "a" }, { name: "b" }, { name: "two" }] },
  ],
  [
    'twins, { spec: { containers: { $after: { one: [{ name: "a" }] }, $add: [{ name: "b" }] } } }',
    { containers: [{ name: "one" }, { name: "a" }, { name: "two" }, { name: "b" }] },
  ],
  [
    'twins, { spec: { containers: { two: { env: { $before: { REGION: [{ name: "A", value: "b" }] } } } } } }',
    {
      env: [
        { name: "A", value: "b" },
        { name: "REGION", value: "eu" },
      ],
    },
  ],
  ['twins, { spec: { containers: { $before: { twoo: [{ name: "a" }] } } } }', unnamed],
  ['twins, { spec: { containers: { $after: { one: [{ name: "two" }] } } } }', taken],
  ['twins, { spec: { containers: { $first: [{ name: "two" }] } } }', taken],

  // Lists of a custom kind.
  [
    "gateway, { spec: { listeners: { http: { port: 81 } } } }",
    {
      listeners: [
        { name: "http", port: 81 },
        { name: "https", port: 443 },
      ],
    },
  ],
  ['gateway, { spec: { listeners: [{ name: "a", port: 1 }] } }', { listeners: [{ name: "a", port: 1 }] }],
  [
    'gateway, { spec: { listeners: { http: null, $add: [{ name: "a", port: 1 }] } } }',
    {
      listeners: [
        { name: "https", port: 443 },
        { name: "a", port: 1 },
      ],
    },
  ],
  ["gateway, { spec: { listeners: { htpp: { port: 81 } } } }", unnamed],
  ['gateway, { spec: { listeners: { $add: [{ name: "http", port: 1 }] } } }', taken],
  [
    'gateway, { spec: { containers: { proxy: { image: "a" } } } }',
    { containers: [{ name: "proxy", image: "a" }] },
  ],
  ['gateway, { spec: { containers: [{ name: "a" }] } }', { containers: [{ name: "a" }] }],
  ['gateway, { spec: { routes: [{ id: "b" }] } }', { routes: [{ id: "b" }] }],
  ['gateway, { spec: { hosts: ["a"] } }', { hosts: ["a"] }],
  ['gateway, { spec: { addresses: [{ name: "a", port: 1 }] } }', { addresses: [{ name: "a", port: 1 }] }],
  ["gateway, { spec: { hosts: { a: null } } }", unlisted],
  // Keys that stand in the CustomResourceDefinition alone.
  ["gateway, { spec: { routes: { a: { weight: 2 } } } }", unlisted],
  ["gateway, { spec: { routes: { $add: [{ id: 'b' }] } } }", unlisted],
  ['gateway, { spec: { readiness: { Ready: { status: "False" } } } }', unlisted],
  ["gateway, { spec: { readiness: { Ready: null } } }", unlisted],
  [
    'gateway, { spec: { readiness: [{ type: "Ready", status: "False" }] } }',
    { readiness: [{ type: "Ready", status: "False" }] },
  ],
  [
    "gateway, { spec: { ports: { 53: { target: 54 } } } }",
    { compiler: "is missing the following properties", engine: "a list" },
  ],
  ['gateway, { spec: { ports: { "53/UDP": { target: 54 } } } }', unlisted],
  [
    'gateway, { spec: { ports: [{ port: 53, protocol: "UDP", target: 54 }] } }',
    { ports: [{ port: 53, protocol: "UDP", target: 54 }] },
  ],
  ["gateway, { spec: { parents: { api: { weight: 1 } } } }", { name: "api", namespace: "eu", weight: 1 }],
  ['gateway, { spec: { parents: { "api/eu": { weight: 1 } } } }', unnamed],
  ["gateway, { spec: { parents: { web: { weight: 1 } } } }", several],
  ["gateway, { spec: { parents: { web: null } } }", several],
  [
    'gateway, { spec: { parents: { api: null, $before: { api: [{ name: "b", namespace: "eu" }] } } } }',
    unnamed,
  ],
  [
    'gateway, { spec: { parents: { $after: { api: [{ name: "b", namespace: "eu" }] } } } }',
    { name: "b", namespace: "eu" },
  ],
  ["gateway, { spec: { backends: { shop: { weight: 1 } } } }", { name: "shop", kind: "Service", weight: 1 }],
  ['gateway, { spec: { backends: { "Service/shop": { weight: 1 } } } }', unnamed],
  ["gateway, { spec: { addresses: { $add: [{ name: 'a', port: 1 }] } } }", unlisted],
];

const store = 'apiVersion: "example.com/v1", kind: "Store", metadata: { name: "a" }';
const account = 'apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "a" }';
const workload = 'apiVersion: "v1", kind: "Pod", metadata: { name: "a" }';
const target = "state one target: url or host";

/** What the engine never gets to see. */
const compilerAlone: readonly (readonly [code: string, message: string])[] = [
  ["patch(annotated, { spec: { replicas: 2 } })", define],
  ['patch(read, { data: { a: "c" } })', define],
  // Types whose spec has several shapes.
  [`define<Store>()({ ${store}, spec: { url: "a" } })`, ""],
  [`define<Store>()({ ${store}, spec: { host: "a", port: 1 } })`, ""],
  [`define<Store>()({ ${store}, spec: { url: "a", host: "b" } })`, target],
  [`define<Store>()({ ${store}, spec: { port: 1 } })`, target],
  [`define<Store>()({ ${store}, spec: { url: "a", prot: 1 } })`, '"prot"'],
  [`patch(define<Store>()({ ${store}, spec: { url: "a" } }), { spec: { url: "b", port: 1 } })`, ""],
  [`patch(define<Store>()({ ${store}, spec: { url: "a" } }), { spec: { url: null, host: "b" } })`, ""],
  [`patch(define<Store>()({ ${store}, spec: { url: "a" } }), { spec: { host: "b" } })`, target],
  [`patch(define<Store>()({ ${store}, spec: { url: "a" } }), { spec: { url: null } })`, target],
  [
    `define<Pod>()({ ${workload}, spec: { containers: [{ name: "a", resources: { limits: { cpu: 1 } } }] } })`,
    "",
  ],
  [`define<Pod>()({ ${workload}, spec: { overhead: { cpu: true }, containers: [] } })`, "'boolean'"],
  [`define<Pod>()({ ${workload}, spec: { containers: [], nodeSelector: { a: 1 } } })`, "'number'"],
  [`define<ServiceAccount>()({ ${account}, secret: [] })`, '"secret"'],
  [`define<Service>()({ ${account.replace("Account", "")}, spec: { type: "NodeProt" } })`, '"NodePort"'],
];

/** An element of a type of kubernetes-types, and a kind whose spec has several shapes, and says so. */
const declarations = `
type Stated<Fields, _Why extends string> = { [Name in keyof Fields]-?: Fields[Name] };
interface Store {
  apiVersion: "example.com/v1";
  kind: "Store";
  metadata: { name: string };
  spec: { port?: number } & (
    | (Stated<{ url: string }, "${target}"> & { host?: "${target}" })
    | (Stated<{ host: string }, "${target}"> & { url?: "${target}" })
  );
}
const sidecar: Container = { name: "sidecar", image: "example/sidecar", imagePullPolicy: "Always" };`;

const texts = [...cases.map(([code]) => `patch(${code})`), ...compilerAlone.map(([code]) => code)];
const wanted = [
  ...cases.map(([code, want]) => [code, "compiler" in want ? want.compiler : ""] as const),
  ...compilerAlone,
];
const project = fileURLToPath(new URL("..", import.meta.url));
const targets = [
  ...readFileSync(`${project}/test/agreement-targets.ts`, "utf8").matchAll(/^export const (\w+)/gm),
];
const head = `import { define, patch } from "@atlas/compose";
import type { Container, Pod, Service, ServiceAccount } from "kubernetes-types/core/v1.js";
import { ${targets.map(([, name]) => name).join(", ")} } from "../../test/agreement-targets.ts";
${declarations}`;

let written: TypeCases;
beforeAll(() => {
  written = typeCases(project, "agreement", head, texts);
});
afterAll(() => written.remove());

describe.each(compilers)("%s", (_name, tsc) => {
  test("takes what is right and says what is wrong", () => {
    expect(misses(written.messagesOf(tsc), wanted)).toEqual([]);
  }, 60_000);
});

describe.each([
  ["with the definition of the custom kind", true],
  ["without", false],
])("the engine %s", (_name, isCrdKnown) => {
  test.each(cases.map(([code, want], index) => [code, want, index] as const))(
    "patch(%s)",
    async (_code, want, index) => {
      const { made } = (await import(written.file)) as { made: (() => Patch)[] };
      const make = made[index];
      if (!make) throw new Error("the case was not written");
      const problem = problemOf(make(), isCrdKnown);
      if ("engine" in want) return expect(problem).toContain(want.engine);
      expect(problem).toBe("");
      const { compiler: _compiler, ...fields } = want as Record<string, unknown>;
      const objects = composed(make(), isCrdKnown);
      expect(Object.keys(fields).length === 0 || holds(objects, fields)).toBe(true);
      return undefined;
    },
  );
});

function problemOf(change: Patch, isCrdKnown: boolean): string {
  try {
    composed(change, isCrdKnown);
    return "";
  } catch (error) {
    if (error instanceof ComposeError)
      return error.problems.map(({ what, expected, fix }) => `${what}; ${expected}; ${fix}`).join("\n");
    throw error;
  }
}

/** Whether something in a value has these fields. */
function holds(value: unknown, fields: object): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isLike(value, fields) || Object.values(value).some((inner) => holds(inner, fields));
}

/** Whether a value has all that another states; a list has to be of one length. */
function isLike(value: unknown, want: unknown): boolean {
  if (typeof want !== "object" || want === null) return value === want;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(want) && (!Array.isArray(value) || value.length !== want.length)) return false;
  const own = value as Record<string, unknown>;
  return Object.entries(want).every(([name, inner]) => Object.hasOwn(own, name) && isLike(own[name], inner));
}
