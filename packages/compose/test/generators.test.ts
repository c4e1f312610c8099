import { base, compose, component, overlay, patch, type Layer } from "@atlas/compose";
import { configMapGenerator, secretGenerator, type Generator } from "@atlas/compose/generators";
import { strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { shop } from "./fixtures.ts";
import { inOrder, kustomize } from "./kubectl.ts";
import { problemsOf } from "./problems.ts";
import { workloads } from "./workloads.ts";

const bytes = new Uint8Array([0xff, 0x68, 0x00, 0xfe]);
const long = "0123456789 ".repeat(40);
const odd = 'a=b & <c> "d" \\ \u2028 \u00e9 \u{1f600}\tend';
const text = "first\r\nsecond\n\n  third: x\n";

/** The same objects by ours and by Kustomize. */
const both = (layer: Layer, kustomization: object, files: Readonly<Record<string, unknown>> = {}): void =>
  expect(inOrder(compose(layer))).toEqual(inOrder(kustomize(kustomization, files)));

const namesOf = (layer: Layer): string[] => compose(layer).map(({ metadata }) => metadata.name);

const pod = (name: string, namespace?: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, ...(namespace && { namespace }) },
  spec: { containers: [{ name: "a", envFrom: [{ configMapRef: { name: "settings" } }] }] },
});

describe("generated ConfigMaps and Secrets", () => {
  test("have the content and the hash that Kustomize gives them", () => {
    const files = {
      "a.txt": text,
      "b.bin": bytes,
      "c.long": long,
      odd,
      "d.env": "\ufeffA=1\n# no\n\n  B=x=y\nC\n",
    };
    const literals = { empty: "", "v.10": "ten", "v.9": "nine", V: "capital", number: "1", yes: "yes" };
    const sources = {
      literals: Object.entries(literals).map(([key, value]) => `${key}=${value}`),
      files: ["a.txt", "b.bin", "odd", "renamed=c.long"],
      envs: ["d.env"],
    };
    const content = {
      literals,
      files: { "a.txt": text, "b.bin": bytes, odd, renamed: long },
      env: files["d.env"],
    };
    const options = { labels: { a: "b" }, annotations: { c: "d" }, immutable: true };
    both(
      base({
        generators: [
          configMapGenerator({ name: "all", ...content }),
          configMapGenerator({ name: "none" }),
          configMapGenerator({ name: "text", literals: { a: "b" } }),
          configMapGenerator({ name: "same", literals: { a: "b" }, ...options, disableNameSuffixHash: true }),
          configMapGenerator({ name: "options", files: { "b.bin": bytes }, ...options }),
          secretGenerator({ name: "all", ...content }),
          secretGenerator({ name: "none" }),
          secretGenerator({ name: "typed", type: "kubernetes.io/tls", literals: { a: "b" }, ...options }),
          secretGenerator({
            name: "seventy",
            literals: { a: "x".repeat(51), b: "x".repeat(52), c: "x".repeat(53) },
          }),
        ],
      }),
      {
        configMapGenerator: [
          { name: "all", ...sources },
          { name: "none" },
          { name: "text", literals: ["a=b"] },
          { name: "same", literals: ["a=b"], options: { ...options, disableNameSuffixHash: true } },
          { name: "options", files: ["b.bin"], options },
        ],
        secretGenerator: [
          { name: "all", ...sources },
          { name: "none" },
          { name: "typed", type: "kubernetes.io/tls", literals: ["a=b"], options },
          {
            name: "seventy",
            literals: [51, 52, 53].map((length, index) => `${"abc"[index]}=${"x".repeat(length)}`),
          },
        ],
      },
      files,
    );
  });

  test("are followed wherever Kustomize follows them", () => {
    const items = workloads.filter(({ kind }) => kind !== "ReplicationController");
    const list = { apiVersion: "v1", kind: "List", items };
    both(
      base({
        resources: items,
        generators: [
          configMapGenerator({ name: "settings", literals: { color: "blue" } }),
          secretGenerator({ name: "keys", literals: { key: "x" } }),
        ],
      }),
      {
        resources: ["objects.yaml"],
        configMapGenerator: [{ name: "settings", literals: ["color=blue"] }],
        secretGenerator: [{ name: "keys", literals: ["key=x"] }],
      },
      { "objects.yaml": list },
    );
  });

  test("keep to their namespace", () => {
    const items = [pod("one", "one"), pod("default", "default")];
    both(
      base({
        resources: items,
        generators: [
          configMapGenerator({ name: "settings", namespace: "one", literals: { a: "1" } }),
          configMapGenerator({ name: "settings", namespace: "default", literals: { a: "3" } }),
        ],
      }),
      {
        resources: ["objects.yaml"],
        configMapGenerator: [
          { name: "settings", namespace: "one", literals: ["a=1"] },
          { name: "settings", namespace: "default", literals: ["a=3"] },
        ],
      },
      { "objects.yaml": { apiVersion: "v1", kind: "List", items } },
    );
  });

  test("are merged and replaced by the layers above", () => {
    const below = base({
      namespace: "store",
      generators: [
        configMapGenerator({ name: "a", literals: { x: "1", y: "2" }, labels: { a: "1" } }),
        configMapGenerator({
          name: "b",
          literals: { x: "1" },
          files: { z: bytes },
          labels: { a: "1", b: "1" },
        }),
        configMapGenerator({ name: "c", literals: { x: "1" }, disableNameSuffixHash: true, immutable: true }),
        secretGenerator({ name: "d", type: "t", literals: { x: "1" } }),
        configMapGenerator({ name: "e", literals: { x: "1" } }),
      ],
    });
    both(
      overlay({
        base: below,
        generators: [
          configMapGenerator({
            name: "a",
            behavior: "merge",
            literals: { y: "3", z: "4" },
            annotations: { n: "1" },
          }),
          configMapGenerator({ name: "b", behavior: "replace", literals: { y: "1" }, labels: { b: "2" } }),
          configMapGenerator({ name: "c", behavior: "merge", literals: { y: "1" } }),
          secretGenerator({ name: "d", behavior: "merge", literals: { y: "1" } }),
          configMapGenerator({
            name: "e",
            behavior: "merge",
            literals: { y: "1" },
            disableNameSuffixHash: true,
          }),
        ],
      }),
      {
        resources: ["base"],
        configMapGenerator: [
          { name: "a", behavior: "merge", literals: ["y=3", "z=4"], options: { annotations: { n: "1" } } },
          { name: "b", behavior: "replace", literals: ["y=1"], options: { labels: { b: "2" } } },
          { name: "c", behavior: "merge", literals: ["y=1"] },
          { name: "e", behavior: "merge", literals: ["y=1"], options: { disableNameSuffixHash: true } },
        ],
        secretGenerator: [{ name: "d", behavior: "merge", literals: ["y=1"] }],
      },
      {
        "base/kustomization.yaml": {
          namespace: "store",
          configMapGenerator: [
            { name: "a", literals: ["x=1", "y=2"], options: { labels: { a: "1" } } },
            { name: "b", literals: ["x=1"], files: ["z"], options: { labels: { a: "1", b: "1" } } },
            { name: "c", literals: ["x=1"], options: { disableNameSuffixHash: true, immutable: true } },
            { name: "e", literals: ["x=1"] },
          ],
          secretGenerator: [{ name: "d", type: "t", literals: ["x=1"] }],
        },
        "base/z": bytes,
      },
    );
  });

  test("are hashed when everything else is done", () => {
    const generator = configMapGenerator({ name: "settings", literals: { color: "blue" } });
    const below = base({ generators: [generator] });
    const change = patch(generator.object, { data: { size: "big" } } as never);
    both(
      overlay({ base: below, patches: [change], namespace: "store", labels: [{ pairs: { a: "b" } }] }),
      {
        resources: ["base"],
        namespace: "store",
        labels: [{ pairs: { a: "b" } }],
        patches: [{ path: "patch.yaml" }],
      },
      {
        "base/kustomization.yaml": { configMapGenerator: [{ name: "settings", literals: ["color=blue"] }] },
        "patch.yaml": {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "settings" },
          data: { size: "big" },
        },
      },
    );
  });

  test("are followed in custom kinds and fields that Kustomize does not know", () => {
    const reference = { secretKeyRef: { name: "keys", key: "url" } };
    const custom = {
      apiVersion: "example.com/v1",
      kind: "Bar",
      metadata: { name: "a" },
      spec: {
        urlFrom: reference,
        dir: { configMapRef: { name: "settings" } },
        valuesFrom: [
          { kind: "ConfigMap", name: "settings" },
          { kind: "Other", name: "settings" },
        ],
        elsewhere: { secretRef: { name: "keys", namespace: "other" } },
        name: "settings",
      },
    };
    const role = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: { name: "a" },
      rules: [{ apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["keys"], verbs: ["get"] }],
    };
    const layer = base({
      resources: [custom, role],
      generators: [configMapGenerator({ name: "settings" }), secretGenerator({ name: "keys" })],
    });
    const composed = compose(layer);
    const find = (kind: string) => composed.find((object) => object.kind === kind);
    const secret = find("Secret")?.metadata.name;
    const settings = find("ConfigMap")?.metadata.name;
    expect(secret).toMatch(/^keys-[2456789bcdfghkmt]{10}$/);
    expect(find("Bar")).toHaveProperty("spec", {
      urlFrom: { secretKeyRef: { name: secret, key: "url" } },
      dir: { configMapRef: { name: settings } },
      valuesFrom: [
        { kind: "ConfigMap", name: settings },
        { kind: "Other", name: "settings" },
      ],
      elsewhere: { secretRef: { name: "keys", namespace: "other" } },
      name: "settings",
    });
    expect(find("Role")).toEqual(role);
  });

  const refused: [string, Generator, { what: string; path?: string; fix?: string }][] = [
    [
      "a key twice",
      configMapGenerator({ name: "a", literals: { A: "1" }, env: "A=2" }),
      { what: 'the key "A" is there twice', path: 'literals["A"]' },
    ],
    [
      "a key with a slash",
      configMapGenerator({ name: "a", files: { "a/b": "" } }),
      { what: '"a/b" is not a key' },
    ],
    [
      "an environment line without a name",
      configMapGenerator({ name: "a", env: "=1" }),
      { what: '"" is not a key' },
    ],
    [
      "a number",
      configMapGenerator({ name: "a", literals: { a: 1 as unknown as string } }),
      { what: "got 1", path: 'literals["a"]' },
    ],
    [
      "half a character",
      secretGenerator({ name: "a", literals: { a: "\ud800" } }),
      { what: "half a character" },
    ],
    ["no name", configMapGenerator({ name: "" }), { what: "a generator has no name" }],
    [
      "what is there already",
      configMapGenerator({ name: "shop" }),
      { what: "a generator creates what is there already", fix: 'behavior: "merge"' },
    ],
    [
      "a merge into what is not there",
      configMapGenerator({ name: "shpo", behavior: "merge" }),
      { what: "a generator is to merge what is not there", fix: 'did you mean "ConfigMap/shop"' },
    ],
    [
      "an unknown behavior",
      configMapGenerator({ name: "a", behavior: "merg" as "merge" }),
      { what: 'the behavior is "merg"', fix: 'did you mean "merge"' },
    ],
  ];
  test.each(refused)("%s is refused", (_name, generator, { what, path, fix = "" }) => {
    const [problem, ...others] = problemsOf({ generators: [generator] });
    expect(others).toEqual([]);
    expect(problem?.what).toContain(what);
    expect(problem?.fix).toContain(fix);
    if (path) expect(problem).toMatchObject({ path });
  });

  test("merge into an object that no generator made", () => {
    const merge = configMapGenerator({ name: "shop", behavior: "merge", literals: { size: "small" } });
    const composed = compose(overlay({ base: shop, generators: [merge] }));
    expect(composed.find(({ kind }) => kind === "ConfigMap")).toMatchObject({
      metadata: { name: "shop" },
      data: { color: "blue", size: "small" },
    });
  });
});

describe("components", () => {
  const workload = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { template: { spec: { containers: [{ name: "web", image: "example/web:1" }] } } },
  };
  const extra = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "extra" },
    spec: { ports: [{ port: 1 }] },
  };
  const change = (env: string, value: string) => ({
    ...workload,
    spec: {
      template: { spec: { containers: [{ name: "web", env: [{ name: env, value, $patch: "merge" }] }] } },
    },
  });

  test("change what a layer has so far, as Kustomize's do", () => {
    const inner = component({ labels: [{ pairs: { inner: "1" } }] });
    const first = component({
      resources: [extra],
      components: [inner],
      generators: [configMapGenerator({ name: "settings", literals: { a: "1" } })],
      patches: [strategicMerge(workload, change("A", "first"))],
    });
    const second = component({
      annotations: { second: "1" },
      generators: [configMapGenerator({ name: "settings", behavior: "merge", literals: { b: "2" } })],
      patches: [strategicMerge(workload, change("A", "second"))],
      replicas: [{ name: "web", count: 3 }],
    });
    both(
      overlay({
        base: base({ resources: [workload] }),
        namespace: "store",
        components: [first, second],
        patches: [strategicMerge(workload, change("A", "overlay"))],
      }),
      {
        resources: ["base"],
        namespace: "store",
        components: ["first", "second"],
        patches: [{ path: "patch.yaml" }],
      },
      {
        "patch.yaml": change("A", "overlay"),
        "base/kustomization.yaml": { resources: ["web.yaml"] },
        "base/web.yaml": workload,
        "inner/kustomization.yaml": {
          apiVersion: "kustomize.config.k8s.io/v1alpha1",
          kind: "Component",
          labels: [{ pairs: { inner: "1" } }],
        },
        "first/kustomization.yaml": {
          apiVersion: "kustomize.config.k8s.io/v1alpha1",
          kind: "Component",
          resources: ["extra.yaml"],
          components: ["../inner"],
          configMapGenerator: [{ name: "settings", literals: ["a=1"] }],
          patches: [{ path: "patch.yaml" }],
        },
        "first/extra.yaml": extra,
        "first/patch.yaml": change("A", "first"),
        "second/kustomization.yaml": {
          apiVersion: "kustomize.config.k8s.io/v1alpha1",
          kind: "Component",
          commonAnnotations: { second: "1" },
          configMapGenerator: [{ name: "settings", behavior: "merge", literals: ["b=2"] }],
          patches: [{ path: "patch.yaml" }],
          replicas: [{ name: "web", count: 3 }],
        },
        "second/patch.yaml": change("A", "second"),
      },
    );
  });

  test("serve several overlays", () => {
    const piece = component({ resources: [extra] });
    const below = base({ resources: [workload] });
    const layers = ["a", "b"].map((namespace) => overlay({ base: below, namespace, components: [piece] }));
    expect(layers.map(namesOf)).toEqual([
      ["extra", "web"],
      ["extra", "web"],
    ]);
  });

  test("that are circular, undefined or none are refused", () => {
    const circular = { ...component({}) };
    Object.assign(circular, { components: [{ ...component({}), components: [circular] }] });
    expect(problemsOf({ components: [circular] })).toMatchObject([
      { what: "a component is among its own components", path: "components[0]" },
    ]);
    const given = [undefined, base({})] as unknown as readonly (typeof circular)[];
    expect(problemsOf({ components: given })).toMatchObject([
      { what: "got undefined, not a component", path: "components[0]" },
      { what: "got a layer, not a component", path: "components[1]" },
    ]);
  });

  test("that add what is there are refused", () => {
    const piece = component({ resources: [extra] });
    expect(problemsOf({ components: [piece, piece] })).toMatchObject([
      { what: "two objects are Service/extra" },
    ]);
  });

  test("bring the definitions of custom kinds along", () => {
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "bars.example.com" },
      spec: { group: "example.com", scope: "Cluster", names: { kind: "Bar" }, versions: [] },
    };
    const bar = { apiVersion: "example.com/v1", kind: "Bar", metadata: { name: "a" } };
    const layer = base({
      resources: [bar, extra],
      components: [component({ crds: [crd] })],
      namespace: "store",
    });
    expect(compose(layer)).toContainEqual(bar);
  });
});
