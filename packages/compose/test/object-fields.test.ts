import { base, component, external, overlay, type KubernetesObject, type LayerContent } from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInKinds } from "./kinds.ts";
import { objectOf } from "./difference.ts";
import { problemsIn, problemsOf } from "./problems.ts";
import { kindObject } from "./schema-values.ts";

const web = (spec: object, fields: object = {}): KubernetesObject =>
  objectOf("apps/v1", "Deployment", { spec, ...fields });
const withEnv = (value: unknown): KubernetesObject =>
  web({ template: { spec: { containers: [{ name: "a", env: [{ name: "PORT", value }] }] } } });
const configMap = (fields: object): KubernetesObject => objectOf("v1", "ConfigMap", fields);

const crd = {
  ...objectOf("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
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
              properties: { spec: { type: "object", properties: { open: { type: "boolean" } } } },
            },
          },
        },
        { name: "v1beta1", served: false, storage: false },
      ],
    },
  }),
  metadata: { name: "shops.example.com" },
};
const shop = (version: string, spec: object): KubernetesObject =>
  objectOf(`example.com/${version}`, "Shop", { spec });

/** How objects come into a layer. */
const ways: [string, (object: KubernetesObject) => LayerContent][] = [
  ["a base", (object) => ({ resources: [object] })],
  ["a component", (object) => ({ components: [component({ resources: [object] })] })],
];

const refused: [string, { given: KubernetesObject; path: string; what: RegExp; fix?: RegExp }][] = [
  [
    "a field that does not exist",
    {
      given: web({ replicaz: 3 }),
      path: "spec.replicaz",
      what: /"replicaz" does not exist/,
      fix: /"replicas"/,
    },
  ],
  [
    "a field of the object itself",
    { given: configMap({ imutable: true }), path: "imutable", what: /does not exist/, fix: /"immutable"/ },
  ],
  [
    "a number in the place of text",
    { given: withEnv(8080), path: "spec.template.spec.containers[0].env[0].value", what: /^got 8080$/ },
  ],
  [
    "text in the place of a number",
    { given: web({ replicas: "3" }), path: "spec.replicas", what: /^got "3"$/ },
  ],
  ["a fraction", { given: web({ replicas: 1.5 }), path: "spec.replicas", what: /^got 1.5$/ }],
  [
    "a list in the place of an object",
    { given: web({ template: [] }), path: "spec.template", what: /got a list/ },
  ],
  [
    "an object in the place of a list",
    {
      given: web({ template: { spec: { containers: { web: {} } } } }),
      path: "spec.template.spec.containers",
      what: /got an object/,
    },
  ],
  [
    "a label that is not text",
    {
      given: configMap({ metadata: { name: "a", labels: { on: true } } }),
      path: "metadata.labels.on",
      what: /got true/,
    },
  ],
  [
    "content that is a number",
    { given: configMap({ data: { "a.b": 1 } }), path: 'data["a.b"]', what: /got 1/ },
  ],
  [
    "a kind that does not exist",
    {
      given: objectOf("apps/v1", "Deploymnt"),
      path: "kind",
      what: /no kind "Deploymnt" in apps\/v1/,
      fix: /"Deployment"/,
    },
  ],
  [
    "a part of another definition",
    { given: objectOf("apps/v1", "DeploymentSpec"), path: "kind", what: /no kind "DeploymentSpec"/ },
  ],
  [
    "a version that is served no more",
    {
      given: objectOf("policy/v1beta1", "PodDisruptionBudget"),
      path: "apiVersion",
      what: /policy\/v1beta1/,
      fix: /"policy\/v1"/,
    },
  ],
  [
    "a kind in another group",
    {
      given: objectOf("v1", "Deployment"),
      path: "apiVersion",
      what: /"Deployment" in v1/,
      fix: /"apps\/v1"/,
    },
  ],
  [
    "a kind that is gone, with the last version that had it",
    {
      given: objectOf("autoscaling/v2beta2", "HorizontalPodAutoscaler"),
      path: "apiVersion",
      what: /any more: 1\.25 was the last version with it/,
      fix: /"autoscaling\/v2"/,
    },
  ],
  [
    "a group that can be none of a custom kind",
    { given: objectOf("app/v1", "Deployment"), path: "apiVersion", what: /app\/v1/, fix: /"apps\/v1"/ },
  ],
  [
    "an API version of three parts",
    { given: objectOf("a/b/v1", "Thing"), path: "apiVersion", what: /a\/b\/v1/ },
  ],
];

describe.each(ways)("what a patch could not say is refused in an object of %s", (_way, contentWith) => {
  test.each(refused)("%s", (_name, { given, path, what, fix = /./ }) => {
    const problems = problemsOf(contentWith(given), base({}));
    expect(problems).toMatchObject([
      {
        object: `${given.kind}/${given.metadata.name}`,
        path,
        what: expect.stringMatching(what),
        fix: expect.stringMatching(fix),
      },
    ]);
    expect(problems[0]?.places).toHaveLength(1);
  });
});

const taken: [string, KubernetesObject][] = [
  ["fields that are null", web({ replicas: null, template: { metadata: { creationTimestamp: null } } })],
  ["a status", web({}, { status: { anything: 1 } })],
  ["a number or text", objectOf("v1", "Service", { spec: { ports: [{ port: 80, targetPort: "http" }] } })],
  ["a kind of another group", objectOf("gateway.networking.k8s.io/v1", "Gateway", { spec: { any: 1 } })],
  ["a group that begins like one of Kubernetes", objectOf("apps.example.com/v1", "Deployment", { a: 1 })],
  [
    "an alpha version that is not known",
    objectOf("resource.k8s.io/v1alpha9", "DeviceTaintRule", { spec: { any: 1 } }),
  ],
];

test.each(taken)("%s are taken", (_name, given) => {
  expect(problemsOf({ resources: [given] }, base({}))).toEqual([]);
});

describe("an object of a custom kind", () => {
  const table: [string, { given: KubernetesObject; path?: string }][] = [
    ["is taken as its CRD has it", { given: shop("v1", { open: true }) }],
    ["of another type is refused", { given: shop("v1", { open: "yes" }), path: "spec.open" }],
    ["with a field that it has not is refused", { given: shop("v1", { opne: true }), path: "spec.opne" }],
    ["of a version that is not there is refused", { given: shop("v2", {}), path: "apiVersion" }],
    ["of a version that is not served is refused", { given: shop("v1beta1", {}), path: "apiVersion" }],
  ];
  const crds: [string, (object: KubernetesObject) => LayerContent][] = [
    ["among the resources", (object) => ({ resources: [object, crd] })],
    ["of the cluster", (object) => ({ resources: [object], crds: [crd] })],
  ];
  describe.each(crds)("whose CRD is %s", (_where, contentWith) => {
    test.each(table)("%s", (_name, { given, path }) => {
      const paths = problemsOf(contentWith(given), base({})).map((problem) => problem.path);
      expect(paths).toEqual(path === undefined ? [] : [path]);
    });
  });

  test("is taken where no CRD is known", () => {
    expect(problemsOf({ resources: [shop("v7", { anything: 1 })] }, base({}))).toEqual([]);
  });
});

test("an object in a file is not read for it, but its kind is told", () => {
  const source = new URL("file:///nowhere.yaml");
  const inFile = (kind: string) => external({ apiVersion: "apps/v1", kind, metadata: { name: "a" } }, source);
  expect(problemsOf({ resources: [inFile("Deployment")] }, base({}))).toEqual([]);
  expect(problemsOf({ resources: [inFile("Deploymet")] }, base({}))).toMatchObject([{ path: "kind" }]);
});

test("all that is wrong in all layers is said at once", () => {
  const below = overlay({ base: base({ resources: [withEnv(1)] }), resources: [configMap({ dta: {} })] });
  const problems = problemsOf({ resources: [objectOf("v1", "ConfigMapp")] }, below);
  expect(problems.map(({ path }) => path)).toEqual([
    "spec.template.spec.containers[0].env[0].value",
    "dta",
    "kind",
  ]);
});

describe("what a generator is given", () => {
  const table: [string, { given: object; path: string; fix: RegExp }][] = [
    ["a field that does not exist", { given: { literal: { a: "1" } }, path: "literal", fix: /"literals"/ }],
    ["a label that is not text", { given: { labels: { a: 1 } }, path: "labels.a", fix: /a string/ }],
    ["text in the place of true", { given: { immutable: "yes" }, path: "immutable", fix: /true or false/ }],
    ["a field of the object", { given: { data: { a: "1" } }, path: "data", fix: /./ }],
  ];
  describe.each([
    ["configMapGenerator", configMapGenerator],
    ["secretGenerator", secretGenerator],
  ])("%s", (_name, generate) => {
    test.each(table)("%s is refused", (_what, { given, path, fix }) => {
      const generator = generate({ name: "a", ...given });
      expect(problemsOf({ generators: [generator] }, base({}))).toMatchObject([
        { path, fix: expect.stringMatching(fix) },
      ]);
    });
  });
  test("a type is text, and of a Secret alone", () => {
    const problems = [
      configMapGenerator(Object.assign({ name: "a" }, { type: "b" })),
      secretGenerator({ name: "b", type: 1 as never }),
    ].flatMap((generator) => problemsOf({ generators: [generator] }, base({})));
    expect(problems.map(({ path }) => path)).toEqual(["type", "type"]);
  });
});

const clone = (object: KubernetesObject): Record<string, unknown> => JSON.parse(JSON.stringify(object));

describe("of any object of any kind", () => {
  const any = fc.constantFrom(...builtInKinds).chain((kind) => kindObject(kind).object);
  test("what the field table has is taken", () => {
    fc.assert(
      fc.property(any, (object) => {
        const problems = problemsIn({ resources: [object] }, base({}));
        // The numbers are any: some counts may not be 0, which is no matter of types.
        expect(problems.filter(({ code }) => code !== "count-out-of-range")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("a field that the table does not have is refused, and said once", () => {
    fc.assert(
      fc.property(any, (object) => {
        const given = clone(object);
        given["noSuchField"] = 1;
        (given["metadata"] as Record<string, unknown>)["lables"] = {};
        const problems = problemsIn({ resources: [given as unknown as KubernetesObject] }, base({}));
        expect(new Set(problems.map(({ path }) => path))).toEqual(
          new Set(["metadata.lables", "noSuchField"]),
        );
        expect(problems).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });
});
