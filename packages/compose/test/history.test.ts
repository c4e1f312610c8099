import {
  base,
  component,
  compose,
  external,
  overlay,
  type Component,
  type Layer,
  type Resource,
} from "@atlas/compose";
import { configMapGenerator } from "@atlas/compose/generators";
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
