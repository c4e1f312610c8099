import {
  base,
  component,
  compose,
  overlay,
  patch,
  unstatedNamespaces,
  type KubernetesObject,
  type Layer,
  type LayerContent,
} from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { problemsOf } from "./problems.ts";

const rbac = "rbac.authorization.k8s.io";
const named = <O extends object>(apiVersion: string, kind: string, name: string, rest?: O) => ({
  apiVersion,
  kind,
  metadata: { name },
  ...(rest as O),
});
const inSpace = <O extends { metadata: object }>(object: O, namespace: string) => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});

const account = named("v1", "ServiceAccount", "app");
const web = named("apps/v1", "Deployment", "web", {
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        serviceAccountName: "app",
        containers: [
          { name: "web", image: "example/web:1", envFrom: [{ configMapRef: { name: "settings" } }] },
        ],
      },
    },
  },
});
const settings = named("v1", "ConfigMap", "settings", { data: { a: "b" } });
const role = named(`${rbac}/v1`, "ClusterRole", "app", { rules: [] });
const subject = (namespace?: string) => ({
  kind: "ServiceAccount",
  name: "app",
  ...(namespace !== undefined && { namespace }),
});
const binding = (namespace?: string) =>
  named(`${rbac}/v1`, "ClusterRoleBinding", "app", {
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "app" },
    subjects: [subject(namespace)],
  });
const policy = named("networking.k8s.io/v1", "NetworkPolicy", "deny", { spec: { podSelector: {} } });

const shop = base({ resources: [account, web, settings] });

/** `Kind/namespace/name` of what a layer comes to. */
const namesOf = (layer: Layer): string[] =>
  compose(layer).map(({ kind, metadata }) =>
    [kind, metadata.namespace, metadata.name].filter(Boolean).join("/"),
  );
/** The values at a path of the objects of a kind. */
const valuesOf = (layer: Layer, kind: string, path: string): unknown[] =>
  compose(layer)
    .filter((object) => object.kind === kind)
    .map((object) =>
      path.split(".").reduce<unknown>((value, field) => (value as Record<string, unknown>)?.[field], object),
    );

/** What is wrong with the namespaces of what a layer comes to. */
const problemsIn = (layer: Layer) => unstatedNamespaces(layer, compose(layer));

describe("the namespace of what a layer adds", () => {
  const dev = overlay({ base: shop, namespace: "shop" });
  test.each<[string, Layer, string]>([
    ["over a layer that states one", overlay({ base: dev, resources: [policy] }), "shop"],
    [
      "over one that states none, over one that does",
      overlay({ base: overlay({ base: dev }), resources: [policy] }),
      "shop",
    ],
    ["in a component", overlay({ base: dev, components: [component({ resources: [policy] })] }), "shop"],
    [
      "over objects that all state one",
      overlay({ base: base({ resources: [inSpace(account, "own"), role] }), resources: [policy] }),
      "own",
    ],
    [
      "over several bases in one",
      overlay({
        base: [dev, base({ resources: [named("v1", "Service", "x")], namespace: "shop" })],
        resources: [policy],
      }),
      "shop",
    ],
    ["that states its own", overlay({ base: dev, resources: [inSpace(policy, "edge")] }), "edge"],
    ["where the layer states one", overlay({ base: dev, namespace: "other", resources: [policy] }), "other"],
  ])("%s", (_name, layer, namespace) => {
    expect(valuesOf(layer, "NetworkPolicy", "metadata.namespace")).toEqual([namespace]);
  });

  test("is not given to what stands in none", () => {
    const layer = overlay({ base: dev, resources: [role, named("v1", "Namespace", "extra")] });
    expect(valuesOf(layer, "ClusterRole", "metadata")).toEqual([{ name: "app" }]);
    expect(valuesOf(layer, "Namespace", "metadata")).toEqual([{ name: "extra" }]);
  });

  test("is given to generated objects, and to the default account of bindings", () => {
    const accounts = named(`${rbac}/v1`, "RoleBinding", "app", {
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "app" },
      subjects: [{ kind: "ServiceAccount", name: "default" }],
    });
    const layer = overlay({
      base: dev,
      resources: [accounts],
      generators: [configMapGenerator({ name: "extra", literals: { a: "b" }, disableNameSuffixHash: true })],
    });
    expect(namesOf(layer)).toContain("ConfigMap/shop/extra");
    expect(valuesOf(layer, "RoleBinding", "subjects.0.namespace")).toEqual(["shop"]);
  });

  test("makes a namesake of one below a problem", () => {
    const below = overlay({ base: dev, resources: [policy] });
    expect(problemsOf({ resources: [{ ...policy }] }, below)).toMatchObject([
      { what: 'two objects are NetworkPolicy/deny in the namespace "shop"' },
    ]);
  });

  test.each([
    ["a kind of Kubernetes", named(`${rbac}/v1`, "ClusterRole", "app", { rules: [] })],
    ["a kind whose definition says so", named("example.com/v1", "Bar", "app")],
  ])("tells no objects of the cluster apart: %s", (_title, object) => {
    const crds = [
      named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "bars.example.com", {
        spec: { group: "example.com", scope: "Cluster", names: { kind: "Bar" }, versions: [] },
      }),
    ];
    const resources = [inSpace(object, "a"), object];
    const what = `two objects are ${object.kind}/app, which lies in no namespace, whatever is stated`;
    expect(() => compose(base({ crds, resources }))).toThrow(what);
    expect(() => compose(base({ crds, resources: [inSpace(object, "a"), inSpace(object, "b")] }))).toThrow(
      what,
    );
    const apart = [inSpace(policy, "a"), inSpace(policy, "b")];
    expect(problemsIn(base({ crds, resources: apart }))).toEqual([]);
  });

  test("is a problem where the bases stand in several", () => {
    const [eu, us] = ["eu", "us"].map((namespace) => overlay({ base: shop, namespace })) as [Layer, Layer];
    const layer = overlay({ base: [eu, us], resources: [policy] });
    expect(() => compose(layer)).toThrow(
      "NetworkPolicy/deny: metadata.namespace: the object states no namespace, and the layers below stand in several",
    );
  });

  test("is a problem where some state one and others none", () => {
    const bar = named("example.com/v1", "Bar", "bar");
    const crd = named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "bars.example.com", {
      spec: { group: "example.com", scope: "Cluster", names: { kind: "Bar" }, versions: [] },
    });
    const resources = [inSpace(account, "a"), policy, role, bar];
    const what = 'the object states no namespace, and ServiceAccount/app stands in "a"';
    expect(problemsIn(base({ resources }))).toMatchObject([
      { object: "NetworkPolicy/deny", what },
      { object: "Bar/bar", what },
    ]);
    expect(problemsIn(overlay({ base: base({ resources, crds: [crd] }) }))).toMatchObject([
      { object: "NetworkPolicy/deny", what },
    ]);
    expect(problemsIn(base({ resources, namespace: "b" }))).toEqual([]);
    expect(problemsIn(base({ resources: [account, policy, role] }))).toEqual([]);
  });
});

describe("an object that several bases have", () => {
  const [eu, us] = ["eu", "us"].map((namespace) => overlay({ base: shop, namespace })) as [Layer, Layer];
  const bases: [Layer, Layer] = [eu, us];
  const body = { spec: { replicas: 3 } };
  const operations = [{ op: "replace", path: "/spec/replicas", value: 3 }] as const;
  const byData = { ...web, metadata: { name: "web", namespace: "us" } };

  test.each([
    ["patch", patch(web, body)],
    ["strategicMerge", strategicMerge(web, body)],
    ["jsonPatch", jsonPatch(web, operations)],
    ["patch by data", strategicMerge({ ...web }, body)],
    ["removal", patch(web, null)],
  ])("is not changed by a %s that does not say which", (_name, change) => {
    const problems = problemsOf({ patches: [change] }, overlay({ base: bases }));
    expect(problems).toMatchObject([
      {
        what: "a patch is for Deployment/web, of which there are 2",
        expected: "metadata.namespace to be one of: eu, us",
        fix: "say of which base the one is that is meant: patch(target, body, { in: base })",
      },
    ]);
  });

  test.each([
    ["patch", patch(web, body, { in: us })],
    ["strategicMerge", strategicMerge(web, body, { in: us })],
    ["jsonPatch", jsonPatch(web, operations, { in: us })],
    ["patch by data", strategicMerge(byData, body)],
  ])("is changed by a %s that does", (_name, change) => {
    for (const layer of [
      overlay({ base: bases, patches: [change] }),
      overlay({ base: overlay({ base: bases }), patches: [change] }),
    ]) {
      expect(valuesOf(layer, "Deployment", "metadata.namespace")).toEqual(["eu", "us"]);
      expect(valuesOf(layer, "Deployment", "spec.replicas")).toEqual([1, 3]);
    }
  });

  test.each([
    ["first", eu, [3, 1, 1]],
    ["second", us, [1, 1, 3]],
  ])("is found in the %s of two bases of a base that stands beside another", (_name, below, replicas) => {
    const other = overlay({ base: shop, namespace: "other" });
    const layer = overlay({
      base: [overlay({ base: bases }), other],
      patches: [patch(web, body, { in: below })],
    });
    expect(valuesOf(layer, "Deployment", "metadata.namespace")).toEqual(["eu", "other", "us"]);
    expect(valuesOf(layer, "Deployment", "spec.replicas")).toEqual(replicas);
  });

  test("is found in the one base that there is, and in none that there is not", () => {
    expect(problemsOf({ patches: [patch(web, body, { in: eu })] }, eu)).toEqual([]);
    expect(problemsOf({ patches: [patch(web, body, { in: us })] }, eu)).toMatchObject([
      { what: "a patch is for Deployment/web in a layer that it does not come from" },
    ]);
  });
});

describe("a reference by where the object came from", () => {
  const moved = overlay({ base: shop, namespace: "shop" });
  test.each([undefined, "default", "shop"])("a subject in %s follows its account", (namespace) => {
    const layer = overlay({ base: moved, resources: [role, binding(namespace)] });
    expect(valuesOf(layer, "ClusterRoleBinding", "subjects.0.namespace")).toEqual(["shop"]);
    const twice = overlay({ base: layer, namespace: "later" });
    expect(valuesOf(twice, "ClusterRoleBinding", "subjects.0.namespace")).toEqual(["later"]);
  });

  test("a subject of another namespace stays", () => {
    const layer = overlay({ base: moved, resources: [role, binding("elsewhere")] });
    expect(valuesOf(layer, "ClusterRoleBinding", "subjects.0.namespace")).toEqual(["elsewhere"]);
  });

  test("a webhook, an APIService and a conversion follow their service", () => {
    const service = named("v1", "Service", "hook", { spec: {} });
    const below = overlay({ base: base({ resources: [service] }), namespace: "shop" });
    const layer = overlay({
      base: below,
      resources: [
        named("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "hook", {
          webhooks: [{ name: "a.b.c", clientConfig: { service: { name: "hook", namespace: "default" } } }],
        }),
        named("apiregistration.k8s.io/v1", "APIService", "v1.example.com", {
          spec: { service: { name: "hook", namespace: "default" } },
        }),
      ],
    });
    expect(
      valuesOf(layer, "ValidatingWebhookConfiguration", "webhooks.0.clientConfig.service.namespace"),
    ).toEqual(["shop"]);
    expect(valuesOf(layer, "APIService", "spec.service.namespace")).toEqual(["shop"]);
  });

  test("an account that two bases have is not guessed", () => {
    const [eu, us] = ["eu", "us"].map((namespace) => overlay({ base: shop, namespace })) as [Layer, Layer];
    const layer = overlay({ base: [eu, us], resources: [role, binding()] });
    expect(() => compose(layer)).toThrow(
      'ClusterRoleBinding/app: subjects[0].name: "app" may mean 2 objects',
    );
  });
});

const byName = (name: string): KubernetesObject => named("apps/v1", "Deployment", name);

describe("prefix and suffix", () => {
  const full = base({ resources: [account, web, settings, role, binding("default")] });
  const a = overlay({ base: full, namespace: "shop", namePrefix: "a-", nameSuffix: "-x" });

  test("rename every object but namespaces, definitions and APIServices", () => {
    const kept = [
      named("v1", "Namespace", "ns"),
      named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "bars.example.com", { spec: {} }),
      named("apiregistration.k8s.io/v1", "APIService", "v1.example.com", { spec: {} }),
    ];
    const layer = overlay({ base: base({ resources: [...kept, account] }), namePrefix: "a-" });
    expect(namesOf(layer).map((name) => name.split("/").at(-1))).toEqual([
      "ns",
      "bars.example.com",
      "a-app",
      "v1.example.com",
    ]);
  });

  test("are followed by references, also those of layers above", () => {
    expect(valuesOf(a, "Deployment", "spec.template.spec.serviceAccountName")).toEqual(["a-app-x"]);
    expect(valuesOf(a, "Deployment", "spec.template.spec.containers.0.envFrom.0.configMapRef.name")).toEqual([
      "a-settings-x",
    ]);
    expect(valuesOf(a, "ClusterRoleBinding", "subjects.0")).toEqual([
      { kind: "ServiceAccount", name: "a-app-x", namespace: "shop" },
    ]);
    expect(valuesOf(a, "ClusterRoleBinding", "roleRef.name")).toEqual(["a-app-x"]);
    const cron = named("batch/v1", "CronJob", "tidy", {
      spec: {
        schedule: "@daily",
        jobTemplate: { spec: { template: { spec: { serviceAccountName: "app", containers: [] } } } },
      },
    });
    const above = overlay({ base: a, resources: [cron] });
    expect(valuesOf(above, "CronJob", "spec.jobTemplate.spec.template.spec.serviceAccountName")).toEqual([
      "a-app-x",
    ]);
  });

  test("stand before the hash of a generated name", () => {
    const generated = base({
      resources: [web, account],
      generators: [configMapGenerator({ name: "settings", literals: { a: "b" } })],
    });
    const layer = overlay({ base: generated, namePrefix: "a-" });
    const [name] = valuesOf(layer, "ConfigMap", "metadata.name");
    expect(name).toMatch(/^a-settings-\w{10}$/);
    expect(
      valuesOf(layer, "Deployment", "spec.template.spec.containers.0.envFrom.0.configMapRef.name"),
    ).toEqual([name]);
  });

  test("leave the object itself, its old name and its new one as targets", () => {
    const body = { spec: { replicas: 2 } };
    for (const change of [
      patch(web, body),
      strategicMerge(byName("web"), body),
      strategicMerge(byName("a-web-x"), body),
    ]) {
      expect(valuesOf(overlay({ base: a, patches: [change] }), "Deployment", "spec.replicas")).toEqual([2]);
    }
    const scaled = overlay({ base: a, replicas: [{ name: "web", count: 4 }] });
    expect(valuesOf(scaled, "Deployment", "spec.replicas")).toEqual([4]);
  });

  test("tell two instances of a stack apart", () => {
    const b = overlay({ base: full, namespace: "shop", namePrefix: "b-" });
    expect(namesOf(overlay({ base: [a, b] }))).toHaveLength(10);
  });

  test("that nothing takes are a problem", () => {
    const spaces = base({ resources: [named("v1", "Namespace", "a")] });
    expect(problemsOf({ namePrefix: "a-" }, spaces)).toMatchObject([{ what: '"a-" applies to no object' }]);
  });
});

const from = (app: string) => ({ from: [{ podSelector: { matchLabels: { app } } }] });

describe("labels in selectors", () => {
  const pairs = { team: "shop" };
  const edge = named("networking.k8s.io/v1", "NetworkPolicy", "edge", {
    spec: { podSelector: { matchLabels: { app: "web" } }, ingress: [from("web"), from("prometheus")] },
  });
  const service = (name: string, spec: object) => named("v1", "Service", name, { spec });
  const store = named("apps/v1", "StatefulSet", "store", {
    spec: {
      serviceName: "store",
      selector: { matchLabels: { app: "store" } },
      template: { metadata: { labels: { app: "store" } }, spec: { containers: [] } },
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }],
    },
  });
  const all = base({
    resources: [
      account,
      settings,
      web,
      edge,
      store,
      service("external", { ports: [] }),
      service("other", { selector: { app: "other" } }),
      service("web", { selector: { app: "web" } }),
      service("bare", { selector: { app: "bare", tier: "a" } }),
      service("barer", { selector: { app: "bare", tier: "b" } }),
      named("v1", "Pod", "bare", { metadata: { name: "bare", labels: { app: "bare", tier: "a" } } }),
    ],
  });

  test("reach what selects pods of the layer, and nothing else", () => {
    const layer = overlay({ base: all, labels: [{ pairs, selectors: true }] });
    expect(valuesOf(layer, "NetworkPolicy", "spec")).toEqual([
      {
        podSelector: { matchLabels: { app: "web", ...pairs } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: "web", ...pairs } } }] }, from("prometheus")],
      },
    ]);
    expect(valuesOf(layer, "Service", "spec.selector")).toEqual([
      { app: "bare", tier: "a", ...pairs },
      { app: "bare", tier: "b" },
      undefined,
      { app: "other" },
      { app: "web", ...pairs },
    ]);
    expect(valuesOf(layer, "Deployment", "spec.selector.matchLabels")).toEqual([{ app: "web", ...pairs }]);
    expect(valuesOf(layer, "StatefulSet", "spec.volumeClaimTemplates.0.metadata")).toEqual([
      { name: "data" },
    ]);
  });
});

const optional = { configMapRef: { name: "setings", optional: true } };

describe("a reference that the layer could have meant", () => {
  const generated = configMapGenerator({ name: "settings", literals: { a: "b" } });
  const typo = named("v1", "Pod", "a", {
    spec: { containers: [{ name: "a", envFrom: [{ configMapRef: { name: "setings" } }] }] },
  });
  test.each<[string, LayerContent, object | undefined]>([
    [
      "a misspelt generator",
      { resources: [typo], generators: [generated] },
      { object: "Pod/a", what: 'the ConfigMap "setings" is not there', fix: 'did you mean "settings"?' },
    ],
    [
      "a misspelt object that nothing else refers to",
      { resources: [typo, settings] },
      { object: "Pod/a", fix: 'did you mean "settings"?' },
    ],
    [
      "a misspelt object that is used",
      { resources: [typo, settings, web, account] },
      { object: "Pod/a", fix: 'did you mean "settings"?' },
    ],
    [
      "what may be missing",
      {
        resources: [
          named("v1", "Pod", "a", { spec: { containers: [{ name: "a", envFrom: [optional] }] } }),
          settings,
        ],
      },
      undefined,
    ],
    [
      "an account and roles that every cluster has",
      {
        resources: [
          named("v1", "Pod", "a", { spec: { serviceAccountName: "default", containers: [{ name: "a" }] } }),
          named("v1", "ServiceAccount", "defaults"),
          named(`${rbac}/v1`, "ClusterRole", "views", { rules: [] }),
          named(`${rbac}/v1`, "ClusterRoleBinding", "views", {
            roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "view" },
          }),
        ],
      },
      undefined,
    ],
    [
      "a namesake of another namespace that nothing has generated",
      {
        resources: [inSpace(typo, "one"), inSpace({ ...settings, metadata: { name: "setings" } }, "two")],
      },
      undefined,
    ],
    [
      "a generator of another namespace",
      {
        resources: [inSpace(web, "one"), inSpace(account, "one")],
        generators: [configMapGenerator({ name: "settings", namespace: "two", literals: { a: "b" } })],
      },
      {
        object: "Deployment/web",
        what: 'the ConfigMap "settings" is not there',
        fix: "move one of the two",
      },
    ],
    ["what is nothing like the others", { resources: [typo, named("v1", "ConfigMap", "other")] }, undefined],
  ])("%s", (_name, content, problem) => {
    expect(problemsOf({}, base(content))).toMatchObject(problem ? [problem] : []);
  });
});

describe("a layer's own fields", () => {
  test.each<[string, object, object]>([
    ["a namespace that is not set", { namespace: undefined }, { what: "the value is undefined" }],
    ["a list that is not set", { resources: undefined }, { what: "the value is undefined" }],
    ["a list that is none", { patches: web }, { path: "patches", what: "got an object" }],
    [
      "a misspelt field",
      { patchs: [] },
      { path: "patchs", fix: 'did you mean "patches"? Otherwise take the field out' },
    ],
    [
      "a word of Kustomize's",
      { commonLabels: { a: "b" } },
      { path: "commonLabels", fix: "here it is labels: [{ pairs: { … }, selectors: true }]" },
    ],
    [
      "an affix that is none",
      { namePrefix: "a b" },
      { path: "namePrefix", what: '"a b" is not part of a name' },
    ],
    ["an empty affix", { nameSuffix: "" }, { path: "nameSuffix" }],
    ["a record's misspelt field", { labels: [{ pair: {} }] }, { path: "labels[0].pair" }],
    [
      "a record's extent",
      { labels: [{ pairs: { a: "b" }, selectors: "some" }] },
      { path: "labels[0].selectors" },
    ],
    [
      "a replica record's misspelt field",
      { replicas: [{ name: "web", counts: 1 }] },
      { path: "replicas[0].counts" },
    ],
    ["a cluster that is none", { cluster: 1 }, { path: "cluster", what: "got 1" }],
  ])("%s", (_name, content, problem) => {
    for (const given of [content, { components: [component(content)] }]) {
      const problems = problemsOf(given, shop);
      if ("cluster" in content && "components" in given) expect(problems[0]?.path).toBe("cluster");
      else expect(problems).toMatchObject([problem]);
    }
    expect(problemsOf({}, { ...shop, ...content })).toMatchObject([problem]);
  });

  test("say what is not a layer", () => {
    const piece = component({ resources: [policy] });
    // @ts-expect-error -- a component is not a base
    expect(() => compose(overlay({ base: piece }))).toThrow("the base of an overlay is a component");
    // @ts-expect-error -- nor is an object that only looks like one
    expect(() => compose(overlay({ base: { resources: [policy] } }))).toThrow(
      "the base of an overlay is a plain object",
    );
    // @ts-expect-error -- a layer is not a component
    expect(() => compose(overlay({ base: shop, components: [shop] }))).toThrow("not a component");
  });
});

describe("a removal", () => {
  test("leaves no reference behind, unless it is an override", () => {
    expect(problemsOf({ patches: [patch(settings, null)] }, shop)).toMatchObject([
      {
        what: "ConfigMap/settings is removed, and this still names it",
        object: "Deployment/web",
        path: "spec.template.spec.containers[0].envFrom[0].configMapRef.name",
      },
    ]);
    expect(problemsOf({ patches: [patch(settings, null, { override: true })] }, shop)).toEqual([]);
    const anew = { ...settings, data: { a: "c" } };
    expect(problemsOf({ patches: [patch(settings, null)] }, overlay({ base: shop }))).toHaveLength(1);
    const removed = overlay({ base: shop, patches: [patch(settings, null, { override: true })] });
    expect(problemsOf({ resources: [anew] }, removed)).toEqual([]);
  });

  test("takes the object out of this layer alone", () => {
    const below = base({ resources: [account, web, settings] });
    const layer = overlay({ base: below, patches: [patch(settings, null, { override: true })] });
    expect(namesOf(layer)).toEqual(["ServiceAccount/app", "Deployment/web"]);
    expect(namesOf(below)).toHaveLength(3);
  });

  test("disagrees with a change of the same layer", () => {
    const patches = [patch(web, { spec: { replicas: 2 } }), patch(web, null)];
    expect(problemsOf({ patches }, shop)[0]?.what).toContain("two patches of this layer disagree");
    expect(problemsOf({ patches: patches.toReversed() }, shop)[0]?.what).toContain(
      "two patches of this layer disagree",
    );
  });

  test("of what is not there is a problem", () => {
    expect(problemsOf({ patches: [patch(policy, null)] }, shop)).toMatchObject([
      { what: "a patch is for NetworkPolicy/deny, which is not there to be patched" },
    ]);
  });
});

describe("what stands in a list of a layer and does not belong there says what it is", () => {
  const write = "patch(target, { … })";
  const table: [string, LayerContent, [path: string, what: string, fix: string]][] = (
    [
      [
        "a plain object among the patches",
        { patches: [{ spec: { replicas: 2 } }] },
        ["patches[0]", "got a plain object, of which nobody knows what it patches", write],
      ],
      [
        "an object as strategic merge takes it",
        { patches: [web] },
        ["patches[0]", "got the object itself, not a patch of it", "strategicMerge(target, { … })"],
      ],
      [
        "operations",
        { patches: [[{ op: "remove", path: "/spec" }]] },
        ["patches[0]", "got a list, not a patch", "jsonPatch(target, [ … ])"],
      ],
      [
        "a list of patches",
        { patches: [[patch(web, { spec: { replicas: 2 } })]] },
        ["patches[0]", "got a list, not a patch", "put what is in it among the patches itself"],
      ],
      [
        "a patch of Kustomize's",
        { patches: [{ target: { kind: "Deployment" }, patch: "- op: …" }] },
        ["patches[0]", "got a patch as Kustomize has it: patch, target", write],
      ],
      ["a file's name", { patches: ["patch.yaml"] }, ["patches[0]", 'got "patch.yaml", not a patch', write]],
      ["a function", { patches: [patch] }, ["patches[0]", "got a function, not a patch", "call it"]],
      ["nothing", { patches: [undefined] }, ["patches[0]", "a patch is undefined", "import each other"]],
      [
        "a patch of nothing",
        { patches: [patch(undefined as never, null)] },
        ["patches[0]", "a patch has no target", "import each other"],
      ],
      [
        "a plain object among the generators",
        { generators: [{ name: "settings", literals: {} }] },
        ["generators[0]", "got a plain object, not a generator", "put it into one of them"],
      ],
      [
        "no generator",
        { generators: [undefined] },
        ["generators[0]", "got undefined, not a generator", "import each"],
      ],
      [
        "no definition",
        { crds: [undefined] },
        ["crds[0]", "got undefined, not a CustomResourceDefinition", "import each"],
      ],
      [
        "a file's name among the definitions",
        { crds: ["crews.yaml"] },
        ["crds[0]", 'got "crews.yaml", not a CustomResourceDefinition', "external("],
      ],
    ] as const
  ).map(([name, content, want]) => [name, content as unknown as LayerContent, [...want]]);
  test.each(table)("%s", (_name, content, [path, what, fix]) => {
    const problems = problemsOf(content, shop);
    expect(problems).toMatchObject([{ path, what }]);
    expect(problems[0]?.fix).toContain(fix);
    expect(problems[0]?.places).toHaveLength(1);
  });
});

/** A base in a namespace that generates a ConfigMap of its own content. */
const generating = (namespace: string): Layer =>
  base({ namespace, generators: [configMapGenerator({ name: "g", literals: { namespace } })] });

describe("references of every sort", () => {
  const secret = named("v1", "Secret", "creds", { stringData: {} });
  const claim = named("v1", "PersistentVolumeClaim", "data", { spec: {} });

  test.each<[string, KubernetesObject, KubernetesObject, string]>([
    [
      "a volume's claim",
      named("v1", "PersistentVolume", "disk", { spec: { claimRef: { name: "data", namespace: "a" } } }),
      claim,
      "spec.claimRef.namespace",
    ],
    [
      "a custom kind's Secret",
      named("example.com/v1", "Store", "s", { spec: { secretRef: { name: "creds", namespace: "a" } } }),
      secret,
      "spec.secretRef.namespace",
    ],
    [
      "a custom kind's object",
      named("example.com/v1", "Store", "s", {
        spec: { ref: { kind: "Secret", name: "creds", namespace: "a" } },
      }),
      secret,
      "spec.ref.namespace",
    ],
  ])("a stated namespace follows: %s", (_name, referrer, target, path) => {
    const below = base({ namespace: "a", resources: [referrer, target] });
    expect(valuesOf(overlay({ base: below, namespace: "b" }), referrer.kind, path)).toEqual(["b"]);
  });

  test.each<[string, KubernetesObject, KubernetesObject, string]>([
    [
      "a token's account",
      {
        ...named("v1", "Secret", "token"),
        metadata: { name: "token", annotations: { "kubernetes.io/service-account.name": "app" } },
      } as KubernetesObject,
      account,
      "metadata.annotations",
    ],
    [
      "a policy's binding",
      named("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicyBinding", "b", {
        spec: { policyName: "p" },
      }),
      named("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy", "p", { spec: {} }),
      "spec.policyName",
    ],
    [
      "the role of a binding, whose kind nobody states",
      named(`${rbac}/v1`, "ClusterRoleBinding", "b", { roleRef: { apiGroup: "a", name: "app" } }),
      named(`${rbac}/v1`, "ClusterRole", "app"),
      "roleRef.name",
    ],
    [
      "a pod's claim template",
      named("v1", "Pod", "pod", {
        spec: {
          containers: [{ name: "a", image: "a" }],
          resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "gpus" }],
        },
      }),
      named("resource.k8s.io/v1", "ResourceClaimTemplate", "gpus", { spec: { spec: {} } }),
      "spec.resourceClaims.0.resourceClaimTemplateName",
    ],
  ])("a new name is followed: %s", (_name, referrer, target, path) => {
    const layer = overlay({ base: base({ resources: [referrer, target] }), namePrefix: "x-" });
    expect(JSON.stringify(valuesOf(layer, referrer.kind, path))).toContain(`"x-${target.metadata.name}"`);
  });

  test("a name in a role's rule becomes the names of all that it means", () => {
    const rules = [
      { apiGroups: [""], resources: ["configmaps", "secrets"], resourceNames: ["web"], verbs: ["get"] },
    ];
    const layer = base({
      resources: [named(`${rbac}/v1`, "Role", "r", { rules })],
      generators: [
        configMapGenerator({ name: "web", literals: { a: "1" } }),
        secretGenerator({ name: "web", literals: { a: "1" } }),
      ],
    });
    const names = ["ConfigMap", "Secret"].flatMap((kind) => valuesOf(layer, kind, "metadata.name"));
    expect(valuesOf(layer, "Role", "rules.0.resourceNames")).toEqual([names]);
  });

  test("a cluster-scoped custom object follows what is generated", () => {
    const crd = named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "bars.example.com", {
      spec: { group: "example.com", scope: "Cluster", names: { kind: "Bar" }, versions: [] },
    });
    const below = base({
      crds: [crd],
      resources: [named("example.com/v1", "Bar", "b", { spec: { secretRef: { name: "creds" } } })],
      generators: [secretGenerator({ name: "creds", literals: { a: "1" } })],
    });
    const layer = overlay({ base: below, namespace: "cm" });
    expect(valuesOf(layer, "Bar", "spec.secretRef.name")).toEqual(valuesOf(layer, "Secret", "metadata.name"));
  });

  test("what two bases generate under one name is not guessed", () => {
    const rules = [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["g"], verbs: ["get"] }];
    const layer = overlay({
      base: [generating("n1"), generating("n2")],
      resources: [named(`${rbac}/v1`, "ClusterRole", "r", { rules })],
    });
    expect(() => compose(layer)).toThrow("may mean 2 objects");
  });
});

test("what is not a layer is not composed", () => {
  // @ts-expect-error -- a component is not a layer
  expect(() => compose(component({}))).toThrow("what is to be composed is a component");
  // @ts-expect-error -- nor is an object that only looks like one
  expect(() => compose({ resources: [] })).toThrow("what is to be composed is a plain object");
});

describe("what a layer states cannot be changed in place", () => {
  const image = { name: "example/web", version: "2" };
  const labels = { team: "shop" };
  const body = { spec: { replicas: 2 } };
  const resources = [structuredClone(web)];
  const piece = component({ patches: [jsonPatch(web, [{ op: "add", path: "/spec/paused", value: true }])] });
  const lower = base({ resources, images: [image], labels: [{ pairs: labels }], components: [piece] });
  const upper = overlay({ base: lower, patches: [strategicMerge(web, body)] });

  test.each<[string, object]>([
    ["an object", resources[0]?.spec ?? {}],
    ["a list in it", resources[0]?.spec.template.spec.containers ?? []],
    ["the list of objects", resources],
    ["an image record", image],
    ["labels", labels],
    ["the body of a patch", body.spec],
    ["a component", piece.patches],
    ["a layer", upper],
  ])("%s", (_name, value) => {
    expect(() => Object.assign(value, { replicas: 7 })).toThrow(TypeError);
  });

  test("and what it comes to can", () => {
    const before = JSON.stringify(compose(upper));
    for (const object of compose(upper)) {
      Object.assign(object.metadata, { name: "other", labels: {} });
      if ("spec" in object) Object.assign(object.spec as object, { replicas: 7 });
    }
    expect(JSON.stringify(compose(upper))).toBe(before);
  });

  test("and what is no plain data is left alone", () => {
    const url = new URL("https://example.com/");
    const external = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "rules" }, source: url };
    base({ resources: [external] });
    expect(Object.isFrozen(url)).toBe(false);
  });
});
