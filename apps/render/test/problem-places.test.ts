import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atlasRender, filesIn, moduleOf } from "./command.ts";

/** What rendering these files as the environment `shop` prints, without the first lines of its modules. */
function failure(files: Record<string, string>, ...options: string[]): string {
  const modules = Object.entries(files).map(([path, text]) => [
    join("shop", path),
    path.endsWith(".ts") ? moduleOf(text) : text,
  ]);
  const folder = filesIn(Object.fromEntries(modules));
  const { status, stdout, stderr } = atlasRender(
    "render",
    "--environments",
    folder,
    "--output",
    "-",
    ...options,
  );
  expect([status, stdout], stderr).toEqual([2, ""]);
  return stderr.replaceAll(`${folder}/`, "").trimEnd();
}

const web = `export const web = define()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [{ name: "web", image: "example/shop" }],
      },
    },
  },
});
export const shop = base({ resources: [web] });`;

/** An overlay in a file of its own. */
const over = (content: string): Record<string, string> => ({
  "web.ts": web,
  "index.ts": `import { shop, web } from "./web.ts";\n${content}`,
});

describe("problems of code show both places", () => {
  const table: [string, { given: Record<string, string>; want: string }][] = [
    [
      "a misspelt field",
      {
        given: over(`
const change = {
  spec: {
    replicaz: 2,
  },
};
export default overlay({ base: shop, patches: [patch(web, change)] });`),
        want: `
atlas-render: shop: Deployment/web: spec.replicaz: the field "replicaz" does not exist
  patch:    shop/index.ts:11:5
            11 |     replicaz: 2,
               |     ^^^^^^^^
  base:     shop/web.ts:11:3
            11 |   spec: {
               |   ^^^^
  expected: one of: minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template
  fix:      did you mean "replicas"? Otherwise take the field out
  code:     field-unknown`,
      },
    ],
    [
      "a container that the base does not have",
      {
        given: over(`
export default overlay({
  base: shop,
  patches: [
    patch(web, { spec: { template: { spec: { containers: { wbe: { image: "x" } } } } } }),
  ],
});`),
        want: `
atlas-render: shop: Deployment/web: spec.template.spec.containers[wbe]: the list has no element "wbe"
  patch:    shop/index.ts:12:60
            12 |     patch(web, { spec: { template: { spec: { containers: { wbe: { image: "x" } } } } } }),
               |                                                            ^^^
  base:     shop/web.ts:15:9
            15 |         containers: [{ name: "web", image: "example/shop" }],
               |         ^^^^^^^^^^
  expected: one of: web
  fix:      did you mean "web"? Otherwise put a new element into $add
  code:     element-unknown`,
      },
    ],
    [
      "another type, in what is spread and imported",
      {
        given: {
          ...over(`
import { more } from "./more.ts";
export default overlay({ base: shop, patches: [patch(web, { spec: { paused: true, ...more } })] });`),
          "more.ts": `export { values as more };\nconst values = { minReadySeconds: "5" };`,
        },
        want: `
atlas-render: shop: Deployment/web: spec.minReadySeconds: got "5"
  patch:    shop/more.ts:8:18
            8 | const values = { minReadySeconds: "5" };
              |                  ^^^^^^^^^^^^^^^
  base:     shop/web.ts:11:3
            11 |   spec: {
               |   ^^^^
  expected: an integer
  fix:      give an integer
  code:     type-mismatch`,
      },
    ],
    [
      "two patches of one layer that disagree",
      {
        given: over(`
const two = patch(web, { spec: { replicas: 2 } });
const three = strategicMerge(web, {
  spec: { replicas: 3 },
});
export default overlay({ base: shop, patches: [two, three] });`),
        want: `
atlas-render: shop: Deployment/web: spec.replicas: two patches of this layer disagree: 2 and 3
  patch:    shop/index.ts:11:11
            11 |   spec: { replicas: 3 },
               |           ^^^^^^^^
  patch:    shop/index.ts:9:34
            9 | const two = patch(web, { spec: { replicas: 2 } });
              |                                  ^^^^^^^^
  expected: one value
  fix:      drop one of them, or mark the one that shall win: patch(target, body, { override: true })
  code:     patches-conflict`,
      },
    ],
    [
      "a patch of an object that is not there",
      {
        given: over(`
const lost = { ...web, metadata: { name: "wbe" } };
export default overlay({ base: shop, patches: [patch(lost, { spec: { replicas: 2 } })] });`),
        want: `
atlas-render: shop: Deployment/wbe: a patch is for Deployment/wbe, which is not there to be patched
  patch:    shop/index.ts:10:48
            10 | export default overlay({ base: shop, patches: [patch(lost, { spec: { replicas: 2 } })] });
               |                                                ^^^^^
  base:     shop/web.ts:7:20
            7 | export const web = define()({
              |                    ^^^^^^
  expected: one of: Deployment/web
  fix:      did you mean "Deployment/web"? Otherwise add the object to the base or to the overlay's resources, or drop the patch
  code:     patch-target-missing`,
      },
    ],
    [
      "an operation that leads nowhere",
      {
        given: over(`
export default overlay({
  base: shop,
  patches: [
    jsonPatch(web, [
      { op: "replace", path: "/spec/replicas", value: 2 },
      { op: "remove", path: "/spec/templte" },
    ]),
  ],
});`),
        want: `
atlas-render: shop: Deployment/web: spec.templte: operation 1 (remove "/spec/templte"): the pointer stops matching: there is no "templte"
  patch:    shop/index.ts:14:23
            14 |       { op: "remove", path: "/spec/templte" },
               |                       ^^^^
  base:     shop/web.ts:11:3
            11 |   spec: {
               |   ^^^^
  expected: one of: replicas, template
  fix:      did you mean "template"? Otherwise name a field that is there, or add it first
  code:     pointer-unmatched`,
      },
    ],
    [
      "an object that is listed twice",
      {
        given: over(`export default overlay({ base: shop, resources: [web] });`),
        want: `
atlas-render: shop: Deployment/web: two objects are Deployment/web
  object:   shop/web.ts:7:20
            7 | export const web = define()({
              |                    ^^^^^^
  layer:    shop/web.ts:20:28
            20 | export const shop = base({ resources: [web] });
               |                            ^^^^^^^^^
  layer:    shop/index.ts:8:38
            8 | export default overlay({ base: shop, resources: [web] });
              |                                      ^^^^^^^^^
  expected: one object of each group, kind, namespace and name
  fix:      rename one of them, or patch the one of the layer below instead of declaring it again
  code:     object-repeated`,
      },
    ],
    [
      "a statement of the layer",
      {
        given: over(`
export default overlay({
  base: shop,
  labels: [{ pairs: { "a b": "c" } }],
});`),
        want: `
atlas-render: shop: labels[0].pairs["a b"]: "a b" is not a name
  layer:    shop/index.ts:11:23
            11 |   labels: [{ pairs: { "a b": "c" } }],
               |                       ^^^^^
  expected: [prefix/]name: letters, digits, - _ .
  fix:      quote or rename it
  code:     label-malformed`,
      },
    ],
    [
      "a generator",
      {
        given: over(`
export default overlay({
  base: shop,
  generators: [configMapGenerator({ name: "shop", literals: { "a/b": "c" } })],
});`),
        want: `
atlas-render: shop: ConfigMap/shop: literals["a/b"]: "a/b" is not a key
  layer:    shop/index.ts:11:63
            11 |   generators: [configMapGenerator({ name: "shop", literals: { "a/b": "c" } })],
               |                                                               ^^^^^
  expected: 1 to 253 letters, digits, - _ . that do not start with two dots
  fix:      rename it
  code:     generator-key-malformed`,
      },
    ],
    [
      "a field that the code computes: what it stands in",
      {
        given: over(`
const patchesOf = (...names) => names.map((name) => patch(web, { spec: { [name]: 1 } }));
export default overlay({ base: shop, patches: patchesOf("paused") });`),
        want: `
atlas-render: shop: Deployment/web: spec.paused: got 1
  patch:    shop/index.ts:9:66
            9 | const patchesOf = (...names) => names.map((name) => patch(web, { spec: { [name]: 1 } }));
              |                                                                  ^^^^
  base:     shop/web.ts:11:3
            11 |   spec: {
               |   ^^^^
  expected: true or false
  fix:      give true or false
  code:     type-mismatch`,
      },
    ],
    [
      "an object that the operator would refuse: what has set the value",
      {
        given: {
          "index.ts": `
const schema = define()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: { url: "mysql://db", schema: { sql: "CREATE TABLE a (b int)" } },
});
const change = patch(schema, { spec: { devURL: 1 } });
export default overlay({ base: base({ resources: [schema] }), patches: [change] });`,
        },
        want: `
atlas-render: shop: AtlasSchema/shop: spec.devURL: the value has the wrong type, got 1
  shop:     shop/index.ts:14:40
            14 | const change = patch(schema, { spec: { devURL: 1 } });
               |                                        ^^^^^^
  expected: string
  fix:      correct the object where it is declared
  code:     schema-mismatch`,
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(failure(given)).toBe(want.trim());
  });
});

describe("problems of YAML show both places", () => {
  const baseYaml = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: example/shop
`;
  const from = (text: string): Record<string, string> => ({
    "base.yaml": baseYaml,
    "patch.yaml": text,
    "index.ts": `
const read = (name) => {
  const url = new URL(name, import.meta.url);
  return readYaml(readFileSync(url), fileURLToPath(url))[0];
};
const web = read("base.yaml");
export default overlay({ base: base({ resources: [web] }), patches: [strategicMerge(web, read("patch.yaml"))] });`,
  });
  const table: [string, { given: string; want: string }][] = [
    [
      "a misspelt field in block style",
      {
        given: "spec:\n  replicaz: 2\n",
        want: `
atlas-render: shop: Deployment/web: spec.replicaz: the field "replicaz" does not exist
  patch:    shop/patch.yaml:2:3
            2 |   replicaz: 2
              |   ^^^^^^^^
  base:     shop/base.yaml:5:1
            5 | spec:
              | ^^^^
  expected: one of: minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template
  fix:      did you mean "replicas"? Otherwise take the field out
  code:     field-unknown`,
      },
    ],
    [
      "a container that the base does not have, and CRLF",
      {
        given: `# CRLF and a comment\r\nspec:\r\n  template:\r\n    spec:\r\n      containers:\r\n        - name: wbe\r\n`,
        want: `
atlas-render: shop: Deployment/web: spec.template.spec.containers[wbe]: the list has no element "wbe"
  patch:    shop/patch.yaml:6:11
            6 |         - name: wbe
              |           ^^^^
  base:     shop/base.yaml:9:7
            9 |       containers:
              |       ^^^^^^^^^^
  expected: one of: web
  fix:      did you mean "web"? Otherwise mark a new element with $patch: merge
  code:     element-unknown`,
      },
    ],
    [
      "another type, in flow style",
      {
        given: `{ "spec": { "template": { "spec": { "containers": [{ "name": "web", "image": 1 }] } } } }`,
        want: `
atlas-render: shop: Deployment/web: spec.template.spec.containers[web].image: got 1
  patch:    shop/patch.yaml:1:69
            1 | { "spec": { "template": { "spec": { "containers": [{ "name": "web", "image": 1 }] } } } }
              |                                                                     ^^^^^^^
  base:     shop/base.yaml:11:11
            11 |           image: example/shop
               |           ^^^^^
  expected: a string
  fix:      give a string
  code:     type-mismatch`,
      },
    ],
    [
      "a key that is there twice",
      {
        given: "spec:\n  replicas: 1\n  replicas: 2\n",
        want: `
atlas-render: shop: shop/patch.yaml:3:3: the key "replicas" is there twice
            3 |   replicas: 2
              |   ^^^^^^^^
  first:    shop/patch.yaml:2:3
            2 |   replicas: 1
              |   ^^^^^^^^
  expected: each key once
  fix:      drop one of them
  code:     yaml-key-repeated`,
      },
    ],
    [
      "what is not YAML",
      {
        given: "spec: {\n",
        want: `
atlas-render: shop: shop/patch.yaml:2:1: not what a manifest can hold: Flow map in block collection must be sufficiently indented and end with a }
  expected: YAML without tags, as Kubernetes reads it
  fix:      fix this place
  code:     yaml-malformed`,
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(failure(from(given))).toBe(want.trim());
  });
});

test("what a builder of another package refuses is shown where it was given", () => {
  const istio = new URL("../../../packages/istio/src/index.ts", import.meta.url).href;
  const said = failure({
    "database.ts": `export const database = {
  mesh: "outside",
  host: "./db.example.com",
  ports: [{ port: 5432, protocol: "tcp" }],
  cidrs: ["192.0.2.0/28"],
};`,
    "index.ts": `import { outbound } from "${istio}";
import { database } from "./database.ts";
const workload = { name: "shop", labels: { app: "shop" } };
const { objects } = outbound(workload, { destinations: [database], unknownDestinations: "ALLOW_ANY" });
export default base({ resources: objects });`,
  });
  expect(said).toBe(`atlas-render: shop: outbound/shop: destinations[0].ports[0].protocol: got "tcp"
  call:     shop/database.ts:10:25
            10 |   ports: [{ port: 5432, protocol: "tcp" }],
               |                         ^^^^^^^^
  expected: TCP, TLS, HTTP, HTTPS, HTTP2, GRPC, MONGO, UDP or SCTP
  fix:      did you mean "TCP"? Otherwise give TCP, which stands for whatever goes over it
  code:     istio/word-unknown`);
});

test("of a kind without schema, the place is the object that states it, in whichever namespace it comes to stand", () => {
  const said = failure(
    {
      "below.ts": `${web}\nexport const below = overlay({ base: shop, namespace: "shop" });`,
      "index.ts": `import { below } from "./below.ts";
export default overlay({
  base: below,
  resources: [
    { apiVersion: "monitoring.example.com/v1", kind: "ServiceMonitor", metadata: { name: "added" } },
  ],
});`,
    },
    "--strict",
  );
  expect(said).toMatch(
    /ServiceMonitor\/added: no schema is known.*\n +shop: +shop\/index\.ts:\d+:\d+\n.*"ServiceMonitor"/,
  );
});

test.each([
  [
    "a strategy",
    "strategy: { rollingUpdate: { maxSurge: 1 } }",
    'strategy: { type: "Recreate" }',
    ["type", "rollingUpdate"],
  ],
  [
    "a request and its limit",
    'template: { spec: { containers: { web: { resources: { requests: { memory: "2Gi" } } } } } }',
    'template: { spec: { containers: { web: { resources: { limits: { memory: "1Gi" } } } } } }',
    ["memory", "memory"],
  ],
])("where a layer contradicts one below it, both are shown: %s", (_name, below, above, want) => {
  const labels = '{ app: "web" }';
  const said = failure(
    over(`
const selected = { selector: { matchLabels: ${labels} }, template: { metadata: { labels: ${labels} } } };
const lower = overlay({
  base: shop,
  namespace: "shop",
  patches: [patch(web, { spec: selected }), patch(web, { spec: { ${below} } })],
});
export default overlay({ base: lower, patches: [patch(web, { spec: { ${above} } })] });`),
  );
  // A source line and, below it, what is underlined.
  const marks = said.matchAll(/\d+ \| (.*)\n +\| ( *)(\^+)/g);
  const underlined = [...marks].map(([, line = "", { length } = "", mark = ""]) =>
    line.slice(length, length + mark.length),
  );
  expect(underlined).toEqual(want);
});
