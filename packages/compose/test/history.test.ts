import {
  base,
  component,
  compose,
  external,
  overlay,
  patch,
  type Component,
  type Layer,
  type Resource,
} from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { historyOf } from "@atlas/compose/history";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";

const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 1,
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "web",
            image: "nginx",
            args: ["-a"],
            ports: [{ containerPort: 53 }],
            envFrom: [{ configMapRef: { name: "web" } }],
          },
        ],
      },
    },
  },
};
const account = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const onWeb = (containers: object[]) => strategicMerge(web, { spec: { template: { spec: { containers } } } });

const below = base({
  resources: [web, account],
  generators: [configMapGenerator({ name: "web", literals: { LEVEL: "warn" } })],
  images: [{ name: "nginx", version: "1.27" }],
});
const quiet = component({
  patches: [jsonPatch(web, [{ op: "add", path: "/spec/template/spec/containers/0/args/-", value: "-q" }])],
});
const middle = overlay({
  base: below,
  components: [quiet],
  patches: [
    onWeb([{ name: "web", ports: [{ $patch: "merge", containerPort: 53, protocol: "UDP" }], args: null }]),
  ],
  labels: [{ pairs: { team: "shop" }, templates: true }],
});
const top = overlay({
  base: middle,
  namespace: "prod",
  generators: [configMapGenerator({ name: "web", behavior: "merge", literals: { LEVEL: "error" } })],
  patches: [
    onWeb([{ name: "proxy", $patch: "merge", image: "envoy" }]),
    strategicMerge(web, { spec: { replicas: null } }),
  ],
  annotations: { owner: "shop" },
  replicas: [{ name: "web", count: 3 }],
  images: [
    { name: "nginx", version: "1.28" },
    { name: "envoy", version: "2" },
  ],
});

const names = new Map<Layer | Component, string>([
  [below, "base"],
  [quiet, "quiet"],
  [middle, "middle"],
  [top, "top"],
]);

const unread = (): never => {
  throw new Error("nothing is read here");
};
const ofKind = (kind: string) => (resources: readonly Resource[]) =>
  resources.find((resource) => resource.kind === kind) ?? web;

/** The changes of the values at or below a path: `layer statement: before → after`. */
function changesAt(path: string, kind = "Deployment"): string[] {
  const { changes } = historyOf(top, ofKind(kind), unread);
  return changes
    .filter(({ path: own }) => own === path || own.startsWith(`${path}.`) || own.startsWith(`${path}[`))
    .map(({ path: own, statement: { by, says }, before, after }) => {
      const rest = own.slice(path.length);
      const values = `${JSON.stringify(before) ?? "-"} → ${JSON.stringify(after) ?? "-"}`;
      return `${names.get(by)} ${says}${rest && ` ${rest}`}: ${values}`;
    });
}

const containers = "spec.template.spec.containers";

describe("the history of a value", () => {
  const name = compose(top).find(({ kind }) => kind === "ConfigMap")?.metadata.name;
  const table: [string, { path: string; kind?: string; want: string[] }][] = [
    [
      "a field that patches and transforms set",
      { path: "spec.replicas", want: ["base object: - → 1", "top patch: 1 → -", "top replicas: - → 3"] },
    ],
    [
      "an image that two layers set",
      {
        path: `${containers}[web].image`,
        want: [
          'base object: - → "nginx"',
          'base images: "nginx" → "nginx:1.27"',
          'top images: "nginx:1.27" → "nginx:1.28"',
        ],
      },
    ],
    [
      "an element that is added and moves the others",
      {
        path: `${containers}[proxy]`,
        want: [
          'top patch .name: - → "proxy"',
          'top patch .image: - → "envoy"',
          'top images .image: "envoy" → "envoy:2"',
        ],
      },
    ],
    [
      "a list that a component adds to and an overlay removes",
      {
        path: `${containers}[web].args`,
        want: [
          'base object [0]: - → "-a"',
          'quiet patch [1]: - → "-q"',
          'middle patch [0]: "-a" → -',
          'middle patch [1]: "-q" → -',
        ],
      },
    ],
    [
      "an element that is told apart only later",
      { path: `${containers}[web].ports[53/TCP]`, want: ["base object .containerPort: - → 53"] },
    ],
    [
      "labels and annotations",
      {
        path: "spec.template.metadata",
        want: [
          'base object .labels.app: - → "web"',
          'middle labels .labels.team: - → "shop"',
          'top annotations .annotations.owner: - → "shop"',
        ],
      },
    ],
    ["a namespace", { path: "metadata.namespace", want: ['top namespace: - → "prod"'] }],
    [
      "the name of a Namespace",
      {
        path: "metadata.name",
        kind: "Namespace",
        want: ['base object: - → "shop"', 'top namespace: "shop" → "prod"'],
      },
    ],
    [
      "generated content",
      {
        path: "data",
        kind: "ConfigMap",
        want: ['base generator .LEVEL: - → "warn"', 'top generator .LEVEL: "warn" → "error"'],
      },
    ],
    [
      "a name with a hash",
      {
        path: "metadata.name",
        kind: "ConfigMap",
        want: ['base generator: - → "web"', `base name hash: "web" → "${name}"`],
      },
    ],
    [
      "a reference to it",
      {
        path: `${containers}[web].envFrom`,
        want: [
          'base object [0].configMapRef.name: - → "web"',
          `base name hash [0].configMapRef.name: "web" → "${name}"`,
        ],
      },
    ],
  ];
  test.each(table)("%s", (_name, { path, kind, want }) => {
    expect(changesAt(path, kind)).toEqual(want);
  });

  test("ends with the object as it is composed", () => {
    const { object, changes } = historyOf(top, ofKind("Deployment"), unread);
    expect(object).toEqual(compose(top).find(({ kind }) => kind === "Deployment"));
    expect(changes.every(({ place }) => place?.file.includes("history.test.ts"))).toBe(true);
  });

  test("of an object that a patch has removed, says so, and where", () => {
    const removed = overlay({
      base: below,
      patches: [strategicMerge(account, { metadata: { labels: { a: "b" } } }), patch(web, null)],
    });
    const history = historyOf(removed, (_, gone) => gone[0] ?? account, unread);
    expect(history.object.kind).toBe("Deployment");
    expect(history.removal).toMatchObject({
      statement: { by: removed, says: "patch", index: 1 },
      place: { file: expect.stringContaining("history.test.ts"), within: { fields: [] } },
    });
    // What is there has not been removed, though something else has.
    expect(historyOf(removed, ofKind("Namespace"), unread)).not.toHaveProperty("removal");
  });

  test("an external object is read, and stands in its file", () => {
    const source = new URL("file:///crds/shop.yaml");
    const crd = external(
      {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "shops.example.com" },
      },
      source,
    );
    const text = { ...crd, metadata: { name: "shops.example.com" }, spec: { scope: "Cluster" } };
    const { changes } = historyOf(
      base({ resources: [crd] }),
      () => crd,
      () => text,
    );
    const change = changes.find(({ path }) => path === "spec.scope");
    expect(change).toMatchObject({
      after: "Cluster",
      place: { file: source.href, line: 1, column: 1, within: { fields: ["spec", "scope"] } },
    });
  });
});

describe("the place of a change", () => {
  const shop = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "shop" },
    data: { a: "1", "b.c": "2" },
  };
  const db = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db" },
    spec: { replicas: 1, template: { spec: { containers: [{ name: "db", image: "postgres" }] } } },
  };
  const bottom = base({
    resources: [web, shop, db],
    generators: [
      configMapGenerator({
        name: "web",
        literals: { LEVEL: "warn" },
        files: { "a.txt": "a" },
        labels: { team: "a" },
      }),
      configMapGenerator({ name: "env", env: "A=1", immutable: true }),
      secretGenerator({ name: "key", literals: { K: "v" }, type: "example.com/key" }),
    ],
  });
  const layer = overlay({
    base: bottom,
    namePrefix: "p-",
    patches: [
      jsonPatch(shop, [
        { op: "replace", path: "/data/a", value: "0" },
        { op: "replace", path: "/data/a", value: "3" },
        { op: "replace", path: "/data/b.c", value: "4" },
      ]),
      strategicMerge(shop, { data: { d: "5" } }),
      jsonPatch(web, [{ op: "add", path: "/spec/template/spec/containers/0/args/-", value: "-q" }]),
    ],
    labels: [
      { pairs: { team: "a" }, templates: true },
      { pairs: { tier: "a", part: "b" }, templates: true },
      { pairs: { zone: "b" } },
    ],
    annotations: { owner: "shop" },
    replicas: [
      { name: "db", count: 2 },
      { name: "web", count: 3 },
    ],
    images: [
      { name: "postgres", mirror: "registry.example.com/postgres" },
      { name: "nginx", version: "1.28" },
    ],
  });
  const annotated = overlay({
    base: bottom,
    annotations: [
      { pairs: { team: "a" }, kinds: [{ group: "apps", kind: "Deployment" }] },
      { pairs: { team: "a" }, kinds: [{ group: "apps", kind: "StatefulSet" }] },
    ],
  });
  const suffixed = overlay({ base: bottom, nameSuffix: "-s", namespace: "prod" });

  /** The way from the call that states it to what has changed a value last, for each statement. */
  function wayTo(path: string, kind: string, name: string, from: Layer): string[] {
    const { changes } = historyOf(
      from,
      (resources) =>
        resources.find((other) => other.kind === kind && other.metadata.name.includes(name)) ?? web,
      unread,
    );
    return changes
      .filter((change) => change.path === path)
      .map(({ statement: { says }, place }) => `${says}: ${place?.within?.fields.join("/") ?? "nowhere"}`);
  }

  test.each<[path: string, kind: string, name: string, want: string[], from?: Layer]>([
    ["kind", "Deployment", "web", ["object: resources/0/kind"]],
    [
      "spec.replicas",
      "Deployment",
      "web",
      ["object: resources/0/spec/replicas", "replicas: replicas/1/count"],
    ],
    [
      "spec.replicas",
      "StatefulSet",
      "db",
      ["object: resources/2/spec/replicas", "replicas: replicas/0/count"],
    ],
    [
      `${containers}[web].image`,
      "Deployment",
      "web",
      [`object: resources/0/${containers.replaceAll(".", "/")}/0/image`, "images: images/1"],
    ],
    [
      `${containers}[db].image`,
      "StatefulSet",
      "db",
      [`object: resources/2/${containers.replaceAll(".", "/")}/0/image`, "images: images/0"],
    ],
    [`${containers}[web].args[1]`, "Deployment", "web", ["patch: 0/value"]],
    ["metadata.name", "Deployment", "web", ["object: resources/0/metadata/name", "name: namePrefix"]],
    [
      "metadata.name",
      "Deployment",
      "web",
      ["object: resources/0/metadata/name", "name: nameSuffix"],
      suffixed,
    ],
    ["metadata.namespace", "Deployment", "web", ["namespace: namespace"], suffixed],
    ["metadata.labels.team", "Deployment", "web", ["labels: labels/0/pairs/team"]],
    ["metadata.labels.zone", "Deployment", "web", ["labels: labels/2/pairs/zone"]],
    ["spec.template.metadata.labels.part", "Deployment", "web", ["labels: labels/1/pairs/part"]],
    ["spec.template.metadata.annotations.owner", "Deployment", "web", ["annotations: annotations/owner"]],
    ["metadata.annotations.team", "StatefulSet", "db", ["annotations: annotations/1/pairs/team"], annotated],
    [
      `${containers}[web].envFrom[0].configMapRef.name`,
      "Deployment",
      "web",
      [
        `object: resources/0/${containers.replaceAll(".", "/")}/0/envFrom/0/configMapRef/name`,
        "references: ",
        "name hash: ",
      ],
    ],
    ["data.a", "ConfigMap", "shop", ["object: resources/1/data/a", "patch: 1/value"]],
    ['data["b.c"]', "ConfigMap", "shop", ["object: resources/1/data/b.c", "patch: 2/value"]],
    ["data.d", "ConfigMap", "shop", ["patch: data/d"]],
    ["kind", "ConfigMap", "web", ["generator: "]],
    ["data.LEVEL", "ConfigMap", "web", ["generator: literals/LEVEL"]],
    ['data["a.txt"]', "ConfigMap", "web", ["generator: files/a.txt"]],
    ["data.A", "ConfigMap", "env", ["generator: env"]],
    ["immutable", "ConfigMap", "env", ["generator: immutable"]],
    ["type", "Secret", "key", ["generator: type"]],
    ["data.K", "Secret", "key", ["generator: literals/K"]],
    ["metadata.labels.team", "ConfigMap", "web", ["generator: labels/team"]],
    ["metadata.name", "ConfigMap", "env", ["generator: name", "name: namePrefix", "name hash: "]],
  ])("%s of %s %s", (path, kind, name, want, from = layer) => {
    expect(wayTo(path, kind, name, from)).toEqual(want);
  });
});
