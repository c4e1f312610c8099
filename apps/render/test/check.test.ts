import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explanations } from "@atlas/checks";
import { operator as atlasOperator } from "@atlas/manifests";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { atlasRender, atlasRenderIn, commandLine, environmentsOf, filesIn } from "./command.ts";

const checks = JSON.stringify(new URL("../../../packages/checks/src/index.ts", import.meta.url).href);
const web = `define()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "web",
            image: "nginx:1.27",
            resources: { limits: { memory: "1Gi" } },
            readinessProbe: { httpGet: { port: "http" } },
          },
        ],
      },
    },
  },
})`;
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx
          readinessProbe:
            httpGet:
              port: http
`;

test("an error is said with its place in the sources, why, and how to fix it, and ends with 1", () => {
  const folder = environmentsOf({ shop: `const web = ${web};\nexport default base({ resources: [web] });` });
  const { status, stdout, stderr } = atlasRenderIn(folder, "check", "--environments", folder);
  expect([status, stderr]).toEqual([1, ""]);
  expect(stdout).toBe(`Deployment/web in shop
  error probe-port-missing
    spec.template.spec.containers[0].readinessProbe.httpGet.port: no port of the container is named "http"
      shop/index.ts:16:42
    why: A probe of a port at which the container does not listen always fails: the pod never gets ready, or is restarted again and again.
    fix: give the container's port this name
    see: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port

shop: 1 error
`);
});

test("a patch that breaks it is the place, not the base that it changes", () => {
  const folder = environmentsOf({
    shop: `const web = ${web.replace("httpGet: { port", "httpGet: { path: '/', port").replace('"http"', "80")};
const below = base({ resources: [web] });
export default overlay({
  base: below,
  patches: [patch(web, { spec: { template: { spec: { containers: { web: { readinessProbe: {
    httpGet: { port: "http" },
  } } } } } } })],
});`,
  });
  const { stdout } = atlasRenderIn(folder, "check", "shop", "--environments", folder);
  expect(stdout).toContain("      shop/index.ts:27:16\n");
});

/** The places that a report names. */
const places = (text: string) => [...text.matchAll(/^ {6}(\S+:\d+:\d+)$/gm)].map(([, place]) => place);

describe("two objects of one name have each its own place", () => {
  test("in two namespaces of an environment", () => {
    const other = web.replace('"shop"', '"other"').replace('"http"', "80");
    const folder = environmentsOf({
      shop: `const other = ${other};\nconst web = ${web};\nexport default base({ resources: [other, web] });`,
    });
    const { stdout } = atlasRenderIn(folder, "check", "--environments", folder);
    expect(places(stdout)).toEqual(["shop/index.ts:37:42"]);
  });

  test("in manifests of two clusters", () => {
    const sound = manifest.replace("image: nginx", "image: nginx:1").replace("port: http", "port: 80");
    const folder = filesIn({ "a.yaml": sound, "b.yaml": manifest });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml", "-f", "b.yaml");
    expect(places(stdout)).toEqual([
      "b.yaml:1:1",
      "a.yaml:10:11",
      "b.yaml:10:11",
      "b.yaml:11:11",
      "b.yaml:14:15",
    ]);
  });
});

/** An environment that stands on a layer which says why a finding may be. */
const ignoring = (code: string, object = "Deployment/web") => `import { ignoring } from ${checks};
const below = ignoring(base({ resources: [${web}] }), [{ code: "${code}", object: "${object}", reason: "it is so" }]);
export default overlay({ base: below });`;

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { a: ${value} }\n`;
const configMapJson = (name: string, value: unknown): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "shop" },
    data: { a: value },
  });

const custom = (apiVersion: string, kind: string, name = "a", rest = ""): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}, namespace: a }${rest} }\n---\n`;

describe("manifests", () => {
  test("of a file have lines of it", () => {
    const folder = filesIn({ "web.yaml": manifest });
    const { status, stdout } = atlasRenderIn(folder, "check", "-f", "web.yaml");
    expect([status, places(stdout)]).toEqual([1, ["web.yaml:11:11", "web.yaml:10:11", "web.yaml:14:15"]]);
    expect(stdout).toMatch(/\nweb\.yaml: 1 error, 2 warnings\n$/);
  });

  test("of manifests that nobody has composed are held against schemas, too", () => {
    const manifests = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: None, ports: [{ port: "80", protokol: UDP }], selectr: { a: b } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egres: [] }
`;
    const folder = filesIn({ "all.yaml": manifests });
    const { status, stdout } = atlasRenderIn(folder, "check", "-f", "all.yaml");
    expect([status, places(stdout)]).toEqual([
      1,
      ["all.yaml:4:36", "all.yaml:4:48", "all.yaml:4:66", "all.yaml:9:9"],
    ]);
    expect(stdout).toMatch(/spec\.ports\[0\]\.port: got "80"\n/);
  });

  test("of stdin, in a List, as JSON, with several documents", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "a", namespace: "shop" },
          spec: { selector: { app: "a" }, ports: [{ port: 80 }] },
        },
      ],
    };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", commandLine("check", "-f", "-")], {
      input: `${manifest}---\n${JSON.stringify(list)}\n`,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/Service\/a in shop\n {2}warning service-selects-nothing\n.*\n {6}stdin:16:\d+\n/);
  });

  test("of lists in lists, and of lists of a kind, whose items do not repeat it", () => {
    const manifests = `apiVersion: v1
kind: ConfigMapList
items:
  - { metadata: { name: a, namespace: shop }, dat: {} }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: List
    items:
      - { apiVersion: v1, kind: ConfigMap, metadata: { name: b, namespace: shop }, dat: {} }
`;
    const folder = filesIn({ "all.yaml": manifests });
    const { status, stdout } = atlasRenderIn(folder, "check", "-f", "all.yaml");
    expect([status, places(stdout)]).toEqual([1, ["all.yaml:4:47", "all.yaml:12:84"]]);
  });

  test.each([
    ["is none", "null", "2:3"],
    ["has no kind", "{ metadata: { name: a } }", "2:3"],
    ["is a list with an item that is none", "{ apiVersion: v1, kind: PodList, items: [a] }", "2:44"],
  ])("of a list with an item that %s are refused, with its line", (_name, item, place) => {
    const folder = filesIn({ "a.yaml": `{ apiVersion: v1, kind: List, items: [\n  ${item} ] }\n` });
    const { status, stdout, stderr } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`a.yaml:${place}: the document is not an object of Kubernetes`);
  });

  test.each([
    ["policy/v1beta1", "PodSecurityPolicy", "error", "any more: 1.24 was the last version with it"],
    ["extensions/v1beta1", "Ingress", "error", "any more: 1.21 was the last version with it"],
    ["batch/v1beta1", "CronJob", "error", "any more: 1.24 was the last version with it"],
    ["v1", "Deployment", "error", 'Kubernetes has no "Deployment" in v1'],
    ["v1", "Serivce", "error", 'Kubernetes has no kind "Serivce" in v1'],
    ["apps/v2", "Deployment", "error", 'Kubernetes has no "Deployment" in apps/v2'],
    ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "warning", "exists up to 1.31"],
  ])("of %s %s are of a kind that there is not: %s", (apiVersion, kind, severity, said) => {
    const folder = filesIn({
      "a.yaml": `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`,
    });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect(stdout).toContain(said);
    expect(stdout).toMatch(new RegExp(`^ {2}${severity} [a-z]+(?:-[a-z]+)+\n {4}(?:apiVersion|kind): `, "m"));
  });

  test.each([
    ["gateway.networking.k8s.io/v1", "HTTPRoute"],
    ["snapshot.storage.k8s.io/v1", "VolumeSnapshot"],
    ["example.com/v1", "Shop"],
    ["storage.k8s.io/v1alpha1", "Shop"],
  ])("of %s %s are of a kind that somebody may know", (apiVersion, kind) => {
    const folder = filesIn({
      "a.yaml": `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: a } }`,
    });
    const { status, stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/ {2}warning schema-unknown\n[^]*: 1 warning\n$/),
    ]);
    expect(stdout).toContain(
      `no schema is known for ${apiVersion} ${kind}, so nobody has looked at its fields`,
    );
  });

  test("a misspelt field of ours is said with the one that is meant", () => {
    const folder = filesIn({
      "a.yaml":
        "{ apiVersion: db.atlasgo.io/v1alpha1, kind: AtlasSchema, metadata: { name: a, namespace: a }, spec: { url: 'sqlite://a.db', schema: { sql: a }, polcy: {} } }",
    });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect(stdout).toContain('spec.polcy: the field "polcy" does not exist');
    expect(stdout).toContain('fix: did you mean "policy"?');
  });

  const definition = JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "shops.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "Shop", plural: "shops" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: { spec: { type: "object", properties: { size: { type: "integer" } } } },
            },
          },
        },
      ],
    },
  });
  const withRule = (rule: string): string =>
    `${definition.replace(
      '{"size":{"type":"integer"}}}',
      `{"size":{"type":"integer"},"all":${JSON.stringify({
        type: "array",
        items: { type: "object", properties: { name: { type: "string" } } },
      })}},"x-kubernetes-validations":[${JSON.stringify({ rule })}]}`,
    )}\n`;
  const atlas = "db.atlasgo.io/v1alpha1";

  test.each<readonly [string, string, readonly string[]]>([
    ["a kind that no CRD of ours declares", custom(atlas, "AtlasShema"), ["error kind-unknown"]],
    [
      "a version that there is not",
      custom("db.atlasgo.io/v1", "AtlasSchema"),
      ["error atlas-object-refused"],
    ],
    ["a kind that another release brings", custom(atlas, "AtlasDriftCheck"), ["warning schema-unknown"]],
    [
      "a kind of nobody, once for all",
      custom("cert-manager.io/v1", "Certificate") + custom("cert-manager.io/v1", "Certificate", "b"),
      ["warning schema-unknown"],
    ],
    [
      "two of one group of nobody",
      custom("cert-manager.io/v1", "Certificate") + custom("cert-manager.io/v1", "Issuer"),
      ["warning schema-unknown"],
    ],
    [
      "two groups of nobody",
      custom("cert-manager.io/v1", "Certificate") + custom("argoproj.io/v1alpha1", "Application"),
      ["warning schema-unknown", "warning schema-unknown"],
    ],
    [
      "what the Prometheus Operator scrapes by",
      custom(
        "monitoring.coreos.com/v1",
        "PodMonitor",
        "a",
        ", spec: { selector: {}, podMetricsEndpoints: [] }",
      ) +
        custom("monitoring.coreos.com/v1", "ServiceMonitor", "b", ", spec: { selector: {}, endpoints: [] }"),
      [],
    ],
    [
      "a rule of Prometheus",
      custom(
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        "a",
        ", spec: { groups: [{ name: a, rules: [{ alert: A, expr: up, forr: 1m }] }] }",
      ),
      ["error schema-mismatch"],
    ],
    [
      "a kind of that group of which nothing is known",
      custom("monitoring.coreos.com/v1", "Alertmanager"),
      ["warning schema-unknown"],
    ],
    [
      "a version of which nothing is known",
      custom("external-secrets.io/v1beta1", "ExternalSecret", "a", ", spec: {}"),
      ["warning schema-unknown"],
    ],
    ["one with its definition", `${custom("example.com/v1", "Shop")}${definition}\n`, []],
    ["a definition whose rules compile", withRule("self.size > 0"), []],
    [
      "one whose rule reads a field that there is not",
      withRule("self.sise > 0"),
      ["error definition-malformed"],
    ],
    ["one whose rule does not fit its types", withRule("self.size == 'big'"), ["error definition-malformed"]],
    [
      "one whose rule may take too long",
      withRule("self.all.all(a, self.all.all(b, a.name == b.name))"),
      ["error definition-malformed"],
    ],
    [
      "one that its definition refuses",
      `${custom("example.com/v1", "Shop", "a", ", spec: { size: big }")}${definition}\n`,
      ["error"],
    ],
    [
      "one beside its definition",
      `${custom("example.com/v1", "Shopp")}${definition}\n`,
      ["warning schema-unknown"],
    ],
    ["two of one identity", configMap("a", "x") + "---\n" + configMap("a", "z"), ["error object-repeated"]],
    [
      "one name in two kinds",
      configMap("a", "x") +
        "---\n" +
        configMap("a", "z").replace("ConfigMap", "Secret").replace("\ndata: { a: z }", ""),
      [],
    ],
    [
      "one name in two namespaces",
      configMap("a", "x") + "---\n" + configMap("a", "z").replace("shop", "other"),
      [],
    ],
  ])("with %s have what rendering says", (_name, text, want) => {
    const folder = filesIn({ "a.yaml": text });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    const said = [...stdout.matchAll(/^ {2}((?:error|warning) \S+)$/gm)].map(([, code = ""]) => code);
    expect(said).toEqual(want.map((each) => expect.stringContaining(each)));
  });

  test("of one identity in two files are said with both places", () => {
    const folder = filesIn({ "a.yaml": configMap("a", "x"), "b.yaml": `---\n${configMap("a", "x")}` });
    const { status, stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml", "-f", "b.yaml");
    expect([status, places(stdout)]).toEqual([1, ["b.yaml:2:1"]]);
    expect(stdout).toContain("two objects are ConfigMap/a in shop, as at a.yaml:1:1\n");
  });

  test("are read as kubectl apply -f reads them: yes is true, and JSON objects follow one another", () => {
    const folder = filesIn({
      "words.yaml": `---\n${configMap("a", "yes")}---\n${configMap("b", "'yes'")}---\n# nothing\n---\n`,
      "stream.json": `${configMapJson("a", "x")}\n${configMapJson("b", true)}${configMapJson("c", 1)}\n`,
      "named.yaml": configMap("on", "x"),
      "dropped.yaml": `${configMap("a", "x")}...\n${configMap("b", "x")}`,
    });
    const check = (file: string) => atlasRenderIn(folder, "check", "-f", file);
    const words = check("words.yaml");
    expect([words.status, places(words.stdout)]).toEqual([1, ["words.yaml:5:9"]]);
    expect(words.stdout).toContain("data.a: got true");
    const stream = check("stream.json");
    expect([stream.status, stream.stdout]).toEqual([1, expect.stringMatching(/got true[^]*got 1\n/)]);
    expect(check("named.yaml").stderr).toMatch(
      /it has no metadata\.name that is text\n[^]*fix: {6}quote it: kubectl reads y, yes, on/,
    );
    expect(check("dropped.yaml")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("dropped.yaml:6:1: kubectl drops what follows on ... without a word"),
    });
  });

  test("that are none are refused, each with its line, and nothing is checked", () => {
    const folder = filesIn({ "a.yaml": "kind: Pod\n---\nmetadata: { name: a }\n" });
    const { status, stdout, stderr } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      "a.yaml:1:1: the document is not an object of Kubernetes: it has no apiVersion, metadata.name",
    );
    expect(stderr).toContain(
      "a.yaml:3:1: the document is not an object of Kubernetes: it has no apiVersion, kind",
    );
  });

  test.each([
    ["a folder", "deploy", "atlas-render: deploy: it is a folder"],
    ["a file that is not there", "gone.yaml", "atlas-render: gone.yaml: it cannot be read: ENOENT"],
    ["nothing", "none.yaml", "there is no object in none.yaml\n"],
    [
      "a kustomization alone",
      "deploy/kustomization.yaml",
      "there is no object in deploy/kustomization.yaml, but a kustomization",
    ],
  ])("that are %s are refused", (_what, given, said) => {
    const kustomization =
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n";
    const folder = filesIn({ "none.yaml": "# none\n", "deploy/kustomization.yaml": kustomization });
    const { status, stdout, stderr } = atlasRenderIn(folder, "check", "-f", given);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(said)]);
  });

  test("hold custom objects that the operator refuses", () => {
    const schema =
      "apiVersion: db.atlasgo.io/v1alpha1\nkind: AtlasSchema\nmetadata: { name: a }\nspec:\n  schema: { url: file://a }\n";
    const folder = filesIn({ "a.yaml": schema });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect(stdout).toContain("error atlas-object-refused");
    expect(places(stdout)).toEqual(["a.yaml:4:1", "a.yaml:5:13"]);
  });

  test("hold the digest of a release against another version", () => {
    const { mirror, version, digest } = atlasOperator.image;
    const of = (tag: string): string =>
      atlasRenderIn(
        filesIn({ "a.yaml": manifest.replace("image: nginx", `image: ${mirror}:${tag}@${digest}`) }),
        "check",
        "-f",
        "a.yaml",
      ).stdout;
    expect(of("v99.0.0")).toContain(`the tag is v99.0.0, and the release has ${version} for the same digest`);
    expect(of(version)).not.toContain("image-records-disagree");
  });

  test("hold the operator's flags against its release", () => {
    const operator = manifest.replace(
      "image: nginx",
      "image: arigaio/atlas-operator:v0.7.11\n          args: [--namespace=a]",
    );
    const folder = filesIn({ "a.yaml": operator });
    const { stdout } = atlasRenderIn(folder, "check", "-f", "a.yaml");
    expect(stdout).toContain(
      "v0.7.11 does not know --namespace, which is there since v0.7.36\n      a.yaml:12:18\n",
    );
  });
});

const liveCodesIn = (text: string): string[] => text.match(/live-field-[a-z]+/g) ?? [];

describe("what a cluster has written into an object that was copied from it", () => {
  const live = {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      namespace: "shop",
      uid: "6cdda112-11aa-4d52-b0fc-6be9d1beab79",
      resourceVersion: "12",
      creationTimestamp: "2026-01-01T00:00:00Z",
      managedFields: [{ manager: "kubectl", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1" }],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" },
    },
    spec: { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"], ports: [{ port: 80 }] },
    status: { loadBalancer: {} },
  };
  const source = `export default base({ resources: [define()(${JSON.stringify(live)})] });`;

  test("is refused, or warned of, where it is kept", () => {
    const folder = environmentsOf({ shop: source });
    const rendered = atlasRenderIn(folder, "render", "shop", "-o", "-", "--environments", folder);
    expect([rendered.status, rendered.stdout]).toEqual([2, ""]);
    expect(rendered.stderr).toContain("shop/index.ts:2:");
    expect(liveCodesIn(rendered.stderr).toSorted()).toEqual([
      "live-field-bound",
      ...Array.from({ length: 3 }, () => "live-field-ignored"),
      ...Array.from({ length: 3 }, () => "live-field-refused"),
    ]);
    const checked = atlasRenderIn(folder, "check", "shop", "--environments", folder);
    expect([checked.status, new Set(liveCodesIn(checked.stdout)).size]).toEqual([1, 3]);
  });

  test.each([
    [
      "by the object",
      `{ ...JSON.parse(live), metadata: { name: "web", namespace: "shop", annotations: { "checks.atlas-manifests/ignore-live-field-bound": "kube-dns has it" } } }`,
      "",
    ],
    [
      "by the layer",
      "{ ...JSON.parse(live), metadata: { name: 'web', namespace: 'shop' } }",
      `[{ code: "live-field-bound", object: "Service/web", reason: "kube-dns has it" }]`,
    ],
  ])("is not warned of where it is meant to be, as is said %s", (_by, made, ignored) => {
    const layer = `base({ resources: [define()(${made})] })`;
    const folder = environmentsOf({
      shop: `import { ignoring } from ${checks}; const live = ${JSON.stringify(JSON.stringify({ ...live, status: {} }))};
export default ${ignored === "" ? layer : `ignoring(${layer}, ${ignored})`};`,
    });
    const rendered = atlasRenderIn(folder, "render", "shop", "--strict", "-o", "-", "--environments", folder);
    expect([rendered.status, rendered.stderr]).toEqual([0, ""]);
  });

  test("is none in what kubectl has read", () => {
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: [live] });
    const { status, stdout } = spawnSync("sh", ["-c", commandLine("check", "-f", "-")], {
      input,
      encoding: "utf8",
    });
    expect([status, liveCodesIn(stdout)]).toEqual([0, []]);
  });
});

test("an environment without objects is warned of by render and check", () => {
  const folder = environmentsOf({ shop: "export default overlay({ base: base({}) });" });
  for (const command of [
    ["render", "shop", "-o", "-"],
    ["check", "shop"],
  ]) {
    const { status, stderr } = atlasRenderIn(folder, ...command, "--environments", folder);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("shop: warning: the environment has no object"),
    ]);
  }
});

test("a text in which an undefined value stands is warned of by render and check", () => {
  const folder = environmentsOf({
    shop: `const missing: unknown = undefined;
export default base({ resources: [define()({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" }, data: { HOST: \`db.\${missing}.svc\` } })] });`,
  });
  const { status, stderr } = atlasRenderIn(folder, "render", "shop", "-o", "-", "--environments", folder);
  expect(status).toBe(0);
  expect(stderr).toContain('data.HOST: warning: "db.undefined.svc" has undefined in it');
  const checked = atlasRenderIn(folder, "check", "shop", "--environments", folder);
  expect(checked.stdout).toContain("value-lost-in-text");
});

test("a namespace of an object of the cluster is warned of by render and check", () => {
  const role = `{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "a", namespace: "b" } }`;
  const folder = environmentsOf({ shop: `export default base({ resources: [define()(${role})] });` });
  const { status, stderr } = atlasRenderIn(folder, "render", "shop", "-o", "-", "--environments", folder);
  expect([status, stderr]).toEqual([
    0,
    expect.stringContaining("ClusterRole/a: metadata.namespace: warning:"),
  ]);
  const checked = atlasRenderIn(folder, "check", "shop", "--environments", folder);
  expect(checked.stdout).toContain("namespace-unused");
});

describe("formats", () => {
  const folder = filesIn({ "a,b.yaml": manifest });
  const run = (format: string) => atlasRenderIn(folder, "check", "-f", "a,b.yaml", "--format", format);

  test("json has a finding with all that the text has", () => {
    const [finding] = JSON.parse(run("json").stdout);
    expect(finding).toMatchObject({
      subject: "a,b.yaml",
      code: "image-version-unknown",
      file: "a,b.yaml",
      line: 11,
    });
  });

  test("github escapes what its commands mean", () => {
    expect(run("github").stdout).toContain(
      "::error file=a%2Cb.yaml,line=14,col=15,title=probe-port-missing::a,b.yaml: Deployment/web: ",
    );
  });

  test("sarif names each rule that a result refers to, and its place", () => {
    const { version, runs }: Log = JSON.parse(run("sarif").stdout);
    const [{ tool, results = [] } = { tool: { driver: { name: "" } } }] = runs;
    expect([version, tool.driver.rules?.length]).toEqual(["2.1.0", explanations.length]);
    for (const { ruleId, ruleIndex = -1 } of results) expect(tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
    expect(results.at(-1)?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "a%2Cb.yaml" },
      region: { startLine: 14, startColumn: 15 },
    });
  });
});

describe("what is meant to be", () => {
  test.each([
    [
      "is ignored by an environment that stands on the layer that says so",
      "probe-port-missing",
      "Deployment/web",
      0,
      "shop: nothing found\n",
    ],
    [
      "is said where nothing of it is found",
      "memory-unlimited",
      "Deployment/web",
      1,
      "warning ignore-unused",
    ],
    [
      "is said where its object is not there",
      "probe-port-missing",
      "Deployment/wbe",
      1,
      "probe-port-missing is ignored of Deployment/wbe, which is not there",
      "  warning ignore-unused\n",
      "shop/index.ts:23:10",
      'fix: did you mean "Deployment/web"?',
    ],
    [
      "is said of what is named, where no object has a name like it",
      "probe-port-missing",
      "CronJob/nightly",
      1,
      "CronJob/nightly\n  warning ignore-unused\n",
      "shop/index.ts:23:10",
    ],
  ])("%s", (_name, code, object, status, ...texts) => {
    const folder = environmentsOf({ shop: ignoring(code, object) });
    const run = atlasRender("check", "--environments", folder);
    expect([run.status, run.stderr]).toEqual([status, ""]);
    for (const text of texts) expect(run.stdout).toContain(text);
  });

  test("means an object by the name that it has in the end", () => {
    const text = ignoring("probe-port-missing").replace("base: below", 'base: below, namePrefix: "eu-"');
    const { stdout } = atlasRender("check", "--environments", environmentsOf({ shop: text }));
    expect(stdout).toContain('did you mean "Deployment/eu-web"?');
  });

  test("can be said in the overlays of the workspace", () => {
    const { dependencies = {} } = JSON.parse(
      readFileSync(new URL("../../../packages/manifests/package.json", import.meta.url), "utf8"),
    );
    expect(Object.keys(dependencies)).toContain("@atlas/checks");
  });
});

test("a code is explained, and one that there is not is refused with the one that was meant", () => {
  expect(atlasRender("check", "--explain", "memory-unlimited").stdout).toMatch(
    /^warning memory-unlimited\n {2}why: .*\n {2}fix: .*\n {2}see: https:/,
  );
  const { status, stderr } = atlasRender("check", "--explain", "memory-unlimitd");
  expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean "memory-unlimited"?')]);
});

test("what cannot be rendered is refused as render refuses it", () => {
  const folder = environmentsOf({ shop: `export default base({ resources: [{ kind: "Pod" }] });` });
  const { status, stdout } = atlasRender("check", "--environments", join(folder));
  expect([status, stdout]).toEqual([2, ""]);
});

/** The codes of findings, in their order. */
const codesOf = (json: string) => (JSON.parse(json) as { code: string }[]).map(({ code }) => code);

describe("dev", () => {
  const dev = atlasRender("check", "dev", "--format", "json");

  test("has the findings that packages/checks/README.md says are right, and no error", () => {
    const readme = readFileSync(new URL("../../../packages/checks/README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.split("### What is found in `dev`");
    const [table = ""] = section.split("\n## ");
    const said = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code = ""]) => code);
    const found: readonly { code: string; severity: string }[] = JSON.parse(dev.stdout);
    expect([...new Set(found.map(({ code }) => code))].toSorted()).toEqual(said.toSorted());
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(table).toContain(`${found.length} warnings, no error`);
  });

  test("has as many where its manifests are given", () => {
    const render = commandLine("render", "dev", "--output", "-");
    const check = commandLine("check", "--file", "-", "--format", "json");
    const { stdout } = spawnSync("sh", ["-c", `${render} | ${check}`], { encoding: "utf8" });
    expect(codesOf(stdout)).toEqual(codesOf(dev.stdout));
  });
});

describe("assumptions", () => {
  test("are said with who has them, at their places", () => {
    const folder = filesIn({
      "web.yaml": manifest.replace(
        "image: nginx",
        "image: nginx\n          envFrom: [{ secretRef: { name: db } }]",
      ),
    });
    const { status, stdout, stderr } = atlasRenderIn(folder, "check", "-f", "web.yaml", "--assumptions");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`web.yaml assumes that its cluster has

Namespace/shop
  Deployment/web: metadata.namespace: it lies there
    web.yaml:3:24
the namespace shop admits pods of the level baseline
  Deployment/web: spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: it must be false
    web.yaml:10:11
Secret/db in shop
  Deployment/web: spec.template.spec.containers[0].envFrom[0].secretRef.name: it is read from there
    web.yaml:12:36
`);
  });

  test("of dev are those that are known, for a program", () => {
    const { status, stdout } = atlasRender("check", "dev", "--assumptions", "--format", "json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).map(({ text }: { text: string }) => text)).toMatchInlineSnapshot(`
      [
        "the kind PeerAuthentication of security.istio.io/v1beta1",
        "the kind Sidecar of networking.istio.io/v1beta1",
        "the kind Telemetry of telemetry.istio.io/v1",
        "a network plugin that enforces NetworkPolicies",
        "a namespace with name=prometheus",
        "pods with app.kubernetes.io/name=prometheus,app.kubernetes.io/component= in a namespace with name=prometheus",
        "Istio's injector, of the revision default",
        "Istio's CNI plugin",
        "the provider otel-agent in the mesh's configuration",
        "Service/istiod in istio-system",
        "Service/otel-agent in otel",
        "Service/etcd in default",
      ]
    `);
  });

  test("have no form for code scanning", () => {
    const { status, stdout } = atlasRender("check", "dev", "--assumptions", "--format", "sarif");
    expect([status, stdout]).toEqual([2, ""]);
  });
});

const policyFrom = (name: string) =>
  `define()({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "from-${name}" }, spec: {
    podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "${name}" } } }] }] } })`;

const movedDev = (namespace: string) => `import dev from "@atlas/manifests/overlays/dev";
export default overlay({ base: overlay({ base: dev, resources: [${policyFrom("atlas-operator")}, ${policyFrom("monitoring")}] }), namespace: "${namespace}" });`;

test("a namespace written over that of an environment: what still names the one below is found, where it stands", () => {
  const folder = environmentsOf({ moved: movedDev("atlas-moved"), stays: movedDev("atlas-operator") });
  const { stdout } = atlasRender("check", "--environments", folder, "--format", "json");
  interface Shown {
    readonly code: string;
    readonly subject: string;
    readonly object: { readonly name: string };
    readonly path: readonly (string | number)[];
    readonly file?: string;
    readonly line?: number;
  }
  const found: readonly Shown[] = JSON.parse(stdout);
  const left = found.filter(({ code }) => code === "namespace-left-behind");
  expect(left.map(({ subject, object, path }) => `${subject} ${object.name} ${path.join(".")}`)).toEqual([
    "moved atlas-moved metadata.labels.name",
    "moved from-atlas-operator spec.ingress.0.from.0.namespaceSelector.matchLabels.kubernetes.io/metadata.name",
  ]);
  expect(left.map(({ file, line }) => [String(file).endsWith("index.ts"), typeof line])).toEqual([
    [false, "number"],
    [true, "number"],
  ]);
});

const inShop = (kind: string, name: string, more: string): string =>
  `{ apiVersion: "v1", kind: "${kind}", metadata: { name: "${name}", namespace: "shop" }, ${more} }`;

test("a namespace that the objects of a base state, and are moved out of: a host that names it is found", () => {
  const resources = `[define()(${inShop("Service", "web", "spec: { ports: [{ port: 80 }] }")}), define()(${inShop("ConfigMap", "settings", 'data: { URL: "http://web.shop.svc:80" }')})]`;
  const folder = environmentsOf({
    moved: `export default overlay({ base: base({ resources: ${resources} }), namespace: "qa" });`,
    stays: `export default overlay({ base: base({ resources: ${resources} }), namespace: "shop" });`,
  });
  const { stdout } = atlasRender("check", "--environments", folder, "--format", "json");
  const found: readonly { readonly code: string; readonly subject: string }[] = JSON.parse(stdout);
  expect(found.filter(({ code }) => code === "namespace-left-behind")).toMatchObject([
    { subject: "moved", object: { kind: "ConfigMap", name: "settings" }, path: ["data", "URL"] },
  ]);
});
