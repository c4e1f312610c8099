import { readdirSync, readFileSync } from "node:fs";
import {
  compose,
  displayName,
  identity,
  isExternal,
  overlay,
  patch,
  type KubernetesObject,
  type Layer,
  type Resource,
} from "@atlas/compose";
import { strategicMerge } from "@atlas/compose/patches";
import { base, operator } from "@atlas/manifests";
import { atlasSchemaCrd, deployment } from "@atlas/manifests/base";
import {
  argocdDelivery,
  fluxDelivery,
  hindrances,
  ownDependencyProblems,
  togetherProblems,
  unmadeNamespaces,
  type DeliveredEnvironment,
  type FluxReference,
  type GitOpsTool,
} from "@atlas/manifests/gitops";
import { fluxHealthChecks } from "@atlas/manifests/health";
import { gitops, instance, persistence } from "@atlas/manifests/options";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const tools: readonly GitOpsTool[] = ["argocd", "flux"];
const release = {
  ...operator.image,
  name: operator.image.mirror,
  version: "v0.7.37",
  digest: `sha256:${"1".repeat(64)}`,
} as const;

const readYaml = (source: URL): KubernetesObject => parse(readFileSync(source, "utf8"));
const objectsOf = (layer: Layer): readonly KubernetesObject[] =>
  compose(layer, readYaml).map((resource) => (isExternal(resource) ? readYaml(resource.source) : resource));

const named = (apiVersion: string, kind: string, name: string, more: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name },
  ...more,
});
const schema = named("db.atlasgo.io/v1alpha1", "AtlasSchema", "shop", { spec: { schema: { sql: "" } } });
const migration = named("db.atlasgo.io/v1alpha1", "AtlasMigration", "shop", { spec: {} });

const overlays = new URL("../src/overlays/", import.meta.url);
const environments: [string, Layer][] = [["base", base]];
for (const name of readdirSync(overlays)) {
  const { default: layer }: { default: Layer } = await import(new URL(`${name}/index.ts`, overlays).href);
  environments.push([name, layer]);
}
const withDatabases = (layer: Layer): Layer => overlay({ base: layer, resources: [schema, migration] });
environments.push(
  ...environments.map(([name, layer]): [string, Layer] => [`${name} with databases`, withDatabases(layer)]),
);
environments.push([
  "base with volumes",
  overlay({
    base: overlay({ base, images: [release] }),
    resources: [named("v1", "PersistentVolume", "data", { spec: { capacity: { storage: "1Gi" } } })],
    components: [persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteMany" })],
  }),
]);

const annotation = (object: KubernetesObject, name: string): string | undefined => {
  const { annotations }: { name: string; annotations?: Record<string, string> } = object.metadata;
  return annotations?.[name];
};
const wave = (object: KubernetesObject): number =>
  Number(annotation(object, "argocd.argoproj.io/sync-wave") ?? "0");
const kept = /^(?:Namespace|CustomResourceDefinition|AtlasSchema|AtlasMigration|PersistentVolume(?:Claim)?)$/;

const isKept = (object: KubernetesObject): boolean =>
  annotation(object, "argocd.argoproj.io/sync-options") === "Prune=false,Delete=false" &&
  annotation(object, "kustomize.toolkit.fluxcd.io/prune") === "disabled";

const bare = (object: KubernetesObject): unknown => {
  const { annotations, ...metadata }: { name: string; annotations?: Record<string, string> } =
    object.metadata;
  const left = Object.entries(annotations ?? {}).filter(
    ([name]) => !/^(?:argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io)\//.test(name),
  );
  return { ...object, metadata: { ...metadata, annotations: Object.fromEntries(left) } };
};

describe.each(environments)("%s with the option", (_name, layer) => {
  const before = objectsOf(layer);
  const objects = objectsOf(overlay({ base: layer, components: [gitops("argocd", "flux")] }));

  test("keeps each namespace, CRD, database and volume, and prunes all else", () => {
    const wanted = objects.filter(({ kind }) => kept.test(kind)).map(displayName);
    expect(objects.filter(isKept).map(displayName)).toEqual(wanted);
    expect(wanted).toContain("CustomResourceDefinition/atlasschemas.db.atlasgo.io");
  });

  test("is applied namespaces and CRDs first, and databases when the operator runs", () => {
    const ofKind = (pattern: RegExp): number[] => objects.filter(({ kind }) => pattern.test(kind)).map(wave);
    const others = objects
      .filter(({ kind }) => !kept.test(kind) || kind.startsWith("PersistentVolume"))
      .map(wave);
    const first = ofKind(/^(?:Namespace|CustomResourceDefinition)$/);
    expect(Math.max(...first)).toBeLessThan(Math.min(...others));
    expect(Math.min(...ofKind(/^Atlas/), Infinity)).toBeGreaterThan(Math.max(...others));
  });

  test("differs from what it was by these annotations alone", () => {
    expect(objects.map(bare)).toEqual(before.map(bare));
  });

  test.each(tools)("is ready for %s, and was not", (tool) => {
    expect(hindrances({ objects }, tool)).toEqual([]);
    expect(hindrances({ objects: before }, tool).map(({ code }) => code)).toContain(
      "manifests/gitops-unguarded",
    );
  });
});

const withDefinition = (body: object): Layer =>
  overlay({
    base: overlay({ base, patches: [strategicMerge(atlasSchemaCrd, body)] }),
    components: [gitops("argocd")],
  });

test("an annotation that an object states itself stays, and is refused where it does not keep the object", () => {
  const own = { metadata: { annotations: { "argocd.argoproj.io/sync-options": "Replace=true" } } };
  expect(hindrances({ objects: objectsOf(withDefinition(own)) }, "argocd")).toMatchObject([
    {
      object: "CustomResourceDefinition/atlasschemas.db.atlasgo.io",
      what: expect.stringContaining("Prune=false and Delete=false are"),
    },
  ]);
  const confirmed = {
    metadata: {
      annotations: { "argocd.argoproj.io/sync-options": "Replace=true, Prune=confirm,Delete=false" },
    },
  };
  expect(hindrances({ objects: objectsOf(withDefinition(confirmed)) }, "argocd")).toEqual([]);
});

const at = (number: number): Record<string, string> => ({ "argocd.argoproj.io/sync-wave": String(number) });

describe("the order of Argo CD", () => {
  const turned = (
    object: KubernetesObject,
    annotations: Record<string, string>,
    namespace?: string,
  ): KubernetesObject => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...guarded, ...annotations },
      ...(namespace !== undefined && { namespace }),
    } as KubernetesObject["metadata"],
  });
  const guarded = { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" };
  const namespace = named("v1", "Namespace", "a");
  const crd = named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "gizmos.example.com", {
    spec: { group: "example.com", names: { kind: "Gizmo" } },
  });
  const configMap = named("v1", "ConfigMap", "c", { metadata: { name: "c", namespace: "z" } });
  const gizmo = named("example.com/v1", "Gizmo", "g");
  const hook = { "argocd.argoproj.io/hook": "PreSync" };

  test.each<[string, readonly KubernetesObject[], readonly string[]]>([
    [
      "a namespace after its object",
      [turned(namespace, at(1)), turned(configMap, at(0), "a")],
      ["ConfigMap/c"],
    ],
    ["a namespace in the wave of its object", [turned(namespace, at(0)), turned(configMap, {}, "a")], []],
    ["a namespace after an object of another", [turned(namespace, at(1)), turned(configMap, {}, "b")], []],
    [
      "a hook before its namespace",
      [turned(namespace, at(-1)), turned(configMap, hook, "a")],
      ["ConfigMap/c"],
    ],
    ["hooks in their order", [turned(namespace, { ...hook, ...at(-1) }), turned(configMap, hook, "a")], []],
    ["a CRD after an object of its kind", [turned(crd, at(2)), turned(gizmo, at(1))], ["Gizmo/g"]],
    ["a CRD in the wave of an object of its kind", [turned(crd, at(1)), turned(gizmo, at(1))], ["Gizmo/g"]],
    ["a CRD before an object of its kind", [turned(crd, at(-1)), turned(gizmo, {})], []],
    [
      "a CRD of another group",
      [turned(crd, at(2)), turned({ ...gizmo, apiVersion: "example.org/v1" }, at(1))],
      [],
    ],
  ])("%s", (_what, objects, want) => {
    const problems = hindrances({ objects }, "argocd");
    expect(problems.map(({ object, code }) => [object, code])).toEqual(
      want.map((object) => [object, "manifests/gitops-order"]),
    );
    // Flux applies namespaces and CRDs first, whatever Argo CD is told.
    expect(hindrances({ objects }, "flux").map(({ code }) => code)).not.toContain("manifests/gitops-order");
  });

  test("is found to be wrong exactly where something comes before what it needs", () => {
    const number = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(number, number, number, number, (ofNamespace, ofCrd, ofObject, ofGizmo) => {
        const objects = [
          turned(gizmo, at(ofGizmo)),
          turned(configMap, at(ofObject), "a"),
          turned(crd, at(ofCrd)),
          turned(namespace, at(ofNamespace)),
        ];
        const isRight = ofNamespace <= ofObject && ofCrd < ofGizmo;
        expect(hindrances({ objects }, "argocd").length === 0).toBe(isRight);
      }),
    );
  });
});

const source = {
  url: "https://git.example.com/platform.git",
  revision: "main",
  path: "deploy",
  namespace: "gitops",
};
const delivered = (
  name: string,
  objects: readonly KubernetesObject[],
  more: Partial<DeliveredEnvironment> = {},
) => ({
  name,
  namespace: "a",
  release: "v0.7.37",
  objects,
  ...more,
});
const applicationsOf = (given: readonly DeliveredEnvironment[], fleets: readonly string[] = []) =>
  argocdDelivery({ source, environments: given }, new Set(fleets));
const kustomizationsOf = (given: readonly DeliveredEnvironment[]) =>
  fluxDelivery({ source, environments: given }).flatMap(({ cluster, objects }) =>
    objects.filter(({ kind }) => kind === "Kustomization").map((object) => ({ cluster, ...object })),
  );

const references = (names: readonly string[]): object[] => names.map((name) => ({ name }));

describe("a namespace is stated by", () => {
  const own = (scope: string): KubernetesObject =>
    named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "gizmos.example.com", {
      spec: { group: "example.com", names: { kind: "Gizmo" }, scope },
    });
  const gizmo = named("example.com/v1", "Gizmo", "g");

  test.each<[string, readonly KubernetesObject[], readonly string[]]>([
    [
      "objects of Kubernetes",
      [named("v1", "ConfigMap", "a"), named("apps/v1", "Deployment", "b")],
      ["ConfigMap/a", "Deployment/b"],
    ],
    [
      "none that stands in no namespace",
      [named("v1", "Node", "a"), named("rbac.authorization.k8s.io/v1", "ClusterRole", "b")],
      [],
    ],
    ["custom objects", [own("Namespaced"), gizmo], ["Gizmo/g"]],
    ["no custom objects of the cluster", [own("Cluster"), gizmo], []],
    ["no custom objects of which nothing is known", [gizmo], []],
  ])("%s", (_what, objects, want) => {
    const found = tools.map((tool) =>
      hindrances({ objects }, tool)
        .filter(({ code }) => code === "manifests/gitops-unplaced")
        .map(({ object }) => object),
    );
    expect(found).toEqual([want, want]);
  });

  test.each(environments)("all of %s", (_name, layer) => {
    expect(hindrances({ objects: objectsOf(layer) }, "flux").map(({ code }) => code)).not.toContain(
      "manifests/gitops-unplaced",
    );
  });
});

describe("what others write", () => {
  const workload = (kind: string): KubernetesObject =>
    named("apps/v1", kind, "web", { spec: { replicas: 1 } });
  const scaler = (
    more: object,
    group = "autoscaling/v2",
    kind = "HorizontalPodAutoscaler",
  ): KubernetesObject => named(group, kind, "web", { spec: { scaleTargetRef: { name: "web", ...more } } });
  const webhooks = [{ clientConfig: { caBundle: "" } }, { clientConfig: {} }];
  const conversion = { strategy: "Webhook" };

  test.each<[string, readonly KubernetesObject[], readonly object[]]>([
    ["nothing", [workload("Deployment")], []],
    [
      "the replicas of what is scaled",
      [workload("Deployment"), workload("StatefulSet"), scaler({ kind: "StatefulSet" })],
      [{ group: "apps", kind: "StatefulSet", name: "web", jsonPointers: ["/spec/replicas"] }],
    ],
    [
      "the replicas of what KEDA scales",
      [workload("Deployment"), scaler({}, "keda.sh/v1alpha1", "ScaledObject")],
      [{ group: "apps", kind: "Deployment", name: "web", jsonPointers: ["/spec/replicas"] }],
    ],
    ["no replicas of another's", [workload("Deployment"), scaler({ name: "other" })], []],
    [
      "certificates of webhooks",
      [named("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "w", { webhooks })],
      [
        {
          group: "admissionregistration.k8s.io",
          kind: "MutatingWebhookConfiguration",
          name: "w",
          jsonPointers: ["/webhooks/0/clientConfig/caBundle", "/webhooks/1/clientConfig/caBundle"],
        },
      ],
    ],
    [
      "the certificate of a conversion",
      [named("apiextensions.k8s.io/v1", "CustomResourceDefinition", "a.b", { spec: { conversion } })],
      [
        {
          group: "apiextensions.k8s.io",
          kind: "CustomResourceDefinition",
          name: "a.b",
          jsonPointers: ["/spec/conversion/webhook/clientConfig/caBundle"],
        },
      ],
    ],
    [
      "rules of a role that gathers others'",
      [named("rbac.authorization.k8s.io/v1", "ClusterRole", "all", { aggregationRule: {}, rules: [] })],
      [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "all", jsonPointers: ["/rules"] }],
    ],
    [
      "the status of the operator's and the mesh's kinds",
      [schema, { ...schema, metadata: { name: "other" } }, named("networking.istio.io/v1", "Sidecar", "s")],
      [
        { group: "db.atlasgo.io", kind: "AtlasSchema", jsonPointers: ["/status"] },
        { group: "networking.istio.io", kind: "Sidecar", jsonPointers: ["/status"] },
      ],
    ],
  ])("is %s", (_what, objects, want) => {
    const [application] = applicationsOf([delivered("a", objects)]);
    expect(application?.spec["ignoreDifferences"] ?? []).toEqual(want);
    const [kustomization] = kustomizationsOf([delivered("a", objects)]);
    const ofFlux = want
      .map(({ jsonPointers: paths, ...target }: { jsonPointers?: string[] }) => ({ paths, target }))
      .filter(({ paths }) => paths?.[0] !== "/status");
    expect(kustomization?.spec["ignore"] ?? []).toEqual(ofFlux);
  });
});

describe("the environments of a cluster", () => {
  const namespace = named("v1", "Namespace", "a");
  const inside = { ...named("v1", "ConfigMap", "c"), metadata: { name: "c", namespace: "a" } };
  const crd =
    objectsOf(base).find(({ metadata }) => metadata.name === "atlasschemas.db.atlasgo.io") ?? namespace;
  const home = delivered("home", [namespace, crd]);

  test.each<[string, readonly DeliveredEnvironment[], Readonly<Record<string, readonly string[]>>]>([
    [
      "one in the namespace of another",
      [home, delivered("app", [inside])],
      { "atlas-operator-app": ["atlas-operator-home"] },
    ],
    [
      "one of a kind of another's",
      [home, delivered("app", [schema])],
      { "atlas-operator-app": ["atlas-operator-home"] },
    ],
    [
      "one that takes a CRD to be there",
      [delivered("app", [deployment], { needs: [crd.metadata.name] }), home],
      { "atlas-operator-app": ["atlas-operator-home"] },
    ],
    ["none of another cluster", [home, delivered("app", [inside], { cluster: "b" })], {}],
    ["none for what it has itself", [home, delivered("app", [schema, crd], { cluster: "b" })], {}],
  ])("wait for each other: %s", (_what, given, want) => {
    const found = kustomizationsOf(given)
      .map(({ metadata, spec }) => [metadata.name, spec["dependsOn"]] as const)
      .filter(([, dependsOn]) => dependsOn !== undefined);
    expect(found).toEqual(Object.entries(want).map(([name, on]) => [name, references(on)]));
    const waves = applicationsOf(given).map((object) => [object.metadata.name, wave(object)]);
    expect(waves.filter(([, number]) => number !== 0)).toEqual(Object.keys(want).map((name) => [name, 1]));
  });

  test.each<[string, readonly DeliveredEnvironment[], readonly string[]]>([
    ["share no object", [home, delivered("app", [namespace])], ["manifests/gitops-shared"]],
    ["may have the same in two clusters", [home, delivered("app", [namespace], { cluster: "b" })], []],
    [
      "do not need each other",
      [
        delivered("one", [namespace, { ...inside, metadata: { name: "c", namespace: "b" } }]),
        delivered("two", [named("v1", "Namespace", "b"), inside]),
      ],
      ["manifests/gitops-circular"],
    ],
    ["have names of their own", [delivered("a/b-c", []), delivered("a-b/c", [])], ["manifests/gitops-name"]],
    [
      "have names that Kubernetes takes",
      [delivered("a_b", []), delivered("x".repeat(49), [])],
      ["manifests/gitops-name", "manifests/gitops-name"],
    ],
    ["are as many as one likes", [delivered("a", []), delivered("b", [])], []],
  ])("%s", (_what, given, want) => {
    expect(togetherProblems(given).map(({ code }) => code)).toEqual(want);
  });

  const dweller = (where: string) => ({ ...inside, metadata: { name: "c", namespace: where } });

  test.each<[string, readonly DeliveredEnvironment[], readonly (readonly string[])[]]>([
    ["one of its own", [delivered("app", [namespace, inside])], []],
    ["one of another environment", [home, delivered("app", [inside])], []],
    ["one of another cluster", [home, delivered("app", [inside], { cluster: "b" })], [["b", "a", "app"]]],
    [
      "one that nobody has",
      [delivered("app", [inside, dweller("z")]), delivered("web", [dweller("z")]), home],
      [["in-cluster", "z", "app", "web"]],
    ],
    ["those of Kubernetes", [delivered("app", ["default", "kube-system"].map(dweller))], []],
    ["none at all", [delivered("app", [crd])], []],
  ])("stand in namespaces that are made or not: %s", (_what, given, want) => {
    expect(
      unmadeNamespaces(given).map((each) => [each.cluster, each.namespace, ...each.environments]),
    ).toEqual(want);
  });

  test.each<[FluxReference, readonly string[]]>([
    [{ name: "atlas-operator-app" }, ["manifests/gitops-circular"]],
    [{ name: "atlas-operator-app", namespace: "gitops" }, ["manifests/gitops-circular"]],
    [{ name: "atlas-operator-home" }, ["manifests/gitops-circular"]],
    [{ name: "atlas-operator-app", namespace: "infra" }, []],
    [{ name: "app" }, []],
    [{ name: "istio" }, []],
  ])("do not wait for themselves: %o", (reference, want) => {
    const given = [home, delivered("app", [inside])];
    const found = ownDependencyProblems(given, [reference, { name: "dns" }], source.namespace);
    expect(found.map(({ code }) => code)).toEqual(want);
  });

  test("say which objects they share", () => {
    const objects = ["a", "b", "c", "d", "e"].map((name) => named("v1", "ConfigMap", name));
    expect(togetherProblems([delivered("one", objects), delivered("two", objects)])[0]?.what).toBe(
      "one and two are for one cluster, and both have ConfigMap/a, ConfigMap/b, ConfigMap/c and 2 more",
    );
  });

  test("stand on an operator that owns the CRDs, by the option", () => {
    const component = instance({
      image: release,
      name: "billing",
      labelSelector: "team=billing",
      crds: "of another",
    });
    const second = overlay({
      base: overlay({ base, images: [release] }),
      namespace: "billing",
      components: [component, gitops("flux")],
    });
    const needs = component.crds.map(({ metadata }: Resource) => metadata.name);
    const first = delivered("home", objectsOf(base));
    const own = delivered("billing", objectsOf(second), { needs });
    expect(togetherProblems([first, own])).toEqual([]);
    expect(hindrances(own, "flux")).toEqual([]);
    expect(kustomizationsOf([first, own])[1]?.spec["dependsOn"]).toEqual([{ name: "atlas-operator-home" }]);
  });
});

describe("Flux", () => {
  test.each(["v0.7.11", "v0.7.37"])("judges the kinds that are there by the model of %s", (version) => {
    const [both, one, none] = [[schema, migration], [migration], [deployment]].map(
      (objects) => kustomizationsOf([delivered("a", objects, { release: version })])[0]?.spec,
    );
    expect(both?.["healthCheckExprs"]).toEqual(fluxHealthChecks(version));
    expect(one?.["healthCheckExprs"]).toEqual(
      fluxHealthChecks(version).filter(({ kind }) => kind === "AtlasMigration"),
    );
    expect(none).not.toHaveProperty("healthCheckExprs");
    expect(none).toMatchObject({ wait: true, prune: true, deletionPolicy: "Orphan" });
  });

  test.each([
    ["main", { branch: "main" }],
    ["refs/tags/v1", { name: "refs/tags/v1" }],
    ["a".repeat(40), { commit: "a".repeat(40) }],
  ])("takes the revision %s", (revision, ref) => {
    const [cluster] = fluxDelivery({ source: { ...source, revision }, environments: [delivered("a", [])] });
    expect(cluster?.objects[0]?.spec["ref"]).toEqual(ref);
  });

  test("is told of each cluster by itself", () => {
    const given = [
      delivered("a", []),
      delivered("b", [], { cluster: "one" }),
      delivered("c", [], { cluster: "one" }),
    ];
    expect(
      fluxDelivery({ source, environments: given }, [{ name: "istio" }]).map(({ cluster, objects }) => [
        cluster,
        ...objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
      ]),
    ).toEqual([
      ["in-cluster", "GitRepository/atlas-operator", "Kustomization/atlas-operator-a"],
      [
        "one",
        "GitRepository/atlas-operator",
        "Kustomization/atlas-operator-b",
        "Kustomization/atlas-operator-c",
      ],
    ]);
  });
});

const kindsOf = (members: readonly DeliveredEnvironment[], fleets: readonly string[]): string[] =>
  applicationsOf([delivered("dev", []), ...members], fleets).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );

describe("Argo CD", () => {
  const members = ["eu", "us"].map((name) => delivered(`production/${name}`, [schema], { cluster: name }));

  test("gets an ApplicationSet for a fleet of which all is delivered, and Applications else", () => {
    expect(kindsOf(members, ["production"])).toEqual([
      "Application/atlas-operator-dev",
      "ApplicationSet/atlas-operator-production",
    ]);
    expect(kindsOf(members, [])).toEqual([
      "Application/atlas-operator-dev",
      "Application/atlas-operator-production-eu",
      "Application/atlas-operator-production-us",
    ]);
  });

  test("makes of an ApplicationSet what the Applications would be", () => {
    const [set] = applicationsOf(members, ["production"]);
    const { generators, template } = (set?.spec ?? {}) as {
      generators: [{ list: { elements: Record<string, string>[] } }];
      template: { metadata: object; spec: object };
    };
    const made = generators[0].list.elements.map((element) =>
      JSON.parse(
        JSON.stringify(template).replace(/\{\{\.(\w+)\}\}/g, (_, field: string) => element[field] ?? ""),
      ),
    );
    expect(made).toEqual(
      applicationsOf(members).map(({ metadata: { name, annotations }, spec }) => ({
        metadata: { name, annotations },
        spec,
      })),
    );
  });

  test.each([
    [".", "dev"],
    ["./", "dev"],
    ["./deploy/", "deploy/dev"],
    ["deploy", "deploy/dev"],
  ])("finds rendered folders in %s", (path, want) => {
    const [application] = argocdDelivery(
      { source: { ...source, path }, environments: [delivered("dev", [])] },
      new Set(),
    );
    expect(application?.spec["source"]).toMatchObject({ path: want });
    const [cluster] = fluxDelivery({ source: { ...source, path }, environments: [delivered("dev", [])] });
    expect(cluster?.objects[1]?.spec["path"]).toBe(`./${want}`);
  });
});

test("a patch of the layer itself has the last word", () => {
  const layer = overlay({
    base,
    components: [gitops("argocd")],
    patches: [patch(deployment, { metadata: { annotations: { "argocd.argoproj.io/sync-wave": "3" } } })],
  });
  const found = objectsOf(layer).find((object) => identity(object).kind === "Deployment");
  expect(found && wave(found)).toBe(3);
});

test.each<[readonly unknown[], string, string]>([
  [[], "[] names no tool", 'name "argocd" or "flux", or both'],
  [["argoCD"], '"argoCD" is not one of the words that there are', 'did you mean "argocd"?'],
  [["flux", "flx"], '"flx" is not one of the words that there are', 'did you mean "flux"?'],
  [["toString"], '"toString" is not one of the words that there are', "give one of them"],
  [[undefined], "undefined is not one of the words that there are", "give one of them"],
  [[["argocd"]], '["argocd"] is not one of the words that there are', 'did you mean "argocd"?'],
])("the option refuses %j", (given, what, fix) => {
  const make = gitops as (...tools: readonly unknown[]) => unknown;
  const problems = [
    expect.objectContaining({ code: "manifests/setting-malformed", what, fix: expect.stringContaining(fix) }),
  ];
  expect(() => make(...given)).toThrow(expect.objectContaining({ name: "ComposeError", problems }));
});
