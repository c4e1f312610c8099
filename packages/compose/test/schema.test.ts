import {
  base,
  compose,
  external,
  overlay,
  type KubernetesObject,
  type Layer,
  type LayerContent,
  type Patch,
} from "@atlas/compose";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { configMap, deployment, only, roleBinding, service, shop } from "./fixtures.ts";
import { problemsOf, untyped } from "./problems.ts";

const pod = (spec: object): object => ({ spec: { template: { spec } } });
const web = (container: object): object => pod({ containers: { web: container } });

describe("values of another type are refused", () => {
  const cases: [string, { given: object; path: string; what: string; expected: string }][] = [
    [
      "text for a number",
      { given: { spec: { replicas: "2" } }, path: "spec.replicas", what: 'got "2"', expected: "an integer" },
    ],
    [
      "a fraction for an integer",
      { given: { spec: { replicas: 1.5 } }, path: "spec.replicas", what: "got 1.5", expected: "an integer" },
    ],
    [
      "a number for text",
      {
        given: web({ env: { MODE: { value: 1 } } }),
        path: "spec.template.spec.containers[web].env[MODE].value",
        what: "got 1",
        expected: "a string",
      },
    ],
    [
      "text for true or false",
      {
        given: pod({ hostNetwork: "yes" }),
        path: "spec.template.spec.hostNetwork",
        what: 'got "yes"',
        expected: "true or false",
      },
    ],
    [
      "a number for a label",
      {
        given: { metadata: { labels: { "example.com/tier": 1 } } },
        path: 'metadata.labels["example.com/tier"]',
        what: "got 1",
        expected: "a string",
      },
    ],
    [
      "a number in a list of text",
      {
        given: web({ args: ["a", 1] }),
        path: "spec.template.spec.containers[web].args[1]",
        what: "got 1",
        expected: "a string",
      },
    ],
    [
      "a number in a new element",
      {
        given: web({ env: { $add: [{ name: "A", value: 1 }] } }),
        path: "spec.template.spec.containers[web].env.$add[0].value",
        what: "got 1",
        expected: "a string",
      },
    ],
    [
      "true for a quantity",
      {
        given: web({ resources: { limits: { cpu: true } } }),
        path: "spec.template.spec.containers[web].resources.limits.cpu",
        what: "got true",
        expected: "a number or a string",
      },
    ],
    [
      "a list for an object",
      { given: { spec: [] }, path: "spec", what: "got a list", expected: "an object" },
    ],
  ];
  test.each(cases)("%s", (_name, { given, ...problem }) => {
    expect(problemsOf({ patches: [untyped(deployment, given)] })).toMatchObject([problem]);
  });

  test("while a number or text is fine where Kubernetes takes both", () => {
    const given = {
      spec: {
        strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } },
        template: { spec: { containers: { web: { resources: { limits: { cpu: 1, memory: "1Gi" } } } } } },
      },
    };
    expect(problemsOf({ patches: [untyped(deployment, given)] })).toEqual([]);
  });
});

describe("what is not a patch is refused", () => {
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`);
  test.each([
    ["nothing", undefined, "got undefined"],
    ["a list", [], "got a list"],
    ["text", "replicas: 2", 'got "replicas: 2"'],
    ["a function", { spec: () => 1 }, "got a function"],
    ["half of a character", { spec: { paused: "\ud800" } }, "got half of a character"],
    ["a field with half of a character", { spec: { "\udc00": 1 } }, "got half of a character"],
    ["NaN", { spec: { replicas: Number.NaN } }, "got NaN"],
    ["a date", { metadata: { annotations: { at: new Date(0) } } }, "got a Date"],
    ["what contains itself", cyclic, "got more than 500 levels"],
    ["what is nested deeply", deep, "got more than 500 levels"],
  ])("%s", (_name, body, what) => {
    const problems = problemsOf({ patches: [untyped(deployment, body)] });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(what);
    expect(problems[0]?.object).toBe("Deployment/shop");
  });

  test("nor is an object that contains itself composed", () => {
    const resources = [{ ...configMap, metadata: { name: "cyclic" }, data: cyclic }];
    expect(problemsOf({ resources })[0]?.what).toContain("more than 500 levels");
  });

  test("nor a patch that two files lost by importing each other", () => {
    const patches = [
      undefined,
      untyped(undefined as unknown as KubernetesObject, {}),
    ] as LayerContent["patches"];
    expect(problemsOf(patches ? { patches } : {}).map(({ what }) => what)).toEqual([
      "a patch is undefined",
      "a patch has no target",
    ]);
    const circle: Layer = { ...overlay({ base: shop }) };
    Object.assign(circle, { below: { ...overlay({ base: shop }), below: circle } });
    expect(() => compose(circle)).toThrow("a layer stands on itself");
    const lost = { base: undefined } as unknown as Parameters<typeof overlay>[0];
    expect(() => compose(overlay(lost))).toThrow("the base of an overlay is undefined");
  });
});

test("subjects are patched by name", () => {
  const change = untyped(roleBinding, {
    subjects: { shop: null, other: { namespace: "here" }, $add: [{ kind: "Group", name: "admins" }] },
  });
  const [ambiguous] = problemsOf({ patches: [change] });
  expect(ambiguous).toMatchObject({ path: "subjects[shop]", what: '"shop" stands for 2 elements' });
  const exact = untyped(roleBinding, {
    subjects: { "shop/User": null, other: { namespace: "here" }, $add: [{ kind: "Group", name: "admins" }] },
  });
  const composed = compose(overlay({ base: shop, patches: [exact] }));
  expect(only(composed, "RoleBinding").subjects).toEqual([
    { kind: "ServiceAccount", name: "shop" },
    { kind: "ServiceAccount", name: "other", namespace: "here" },
    { kind: "Group", name: "admins" },
  ]);
});

const nodePort = (namespace?: string) =>
  untyped(
    { apiVersion: "v1", kind: "Service", metadata: { name: "shop", ...(namespace && { namespace }) } },
    { spec: { type: "NodePort" } },
  );

test("a target of which there are several must name its namespace", () => {
  const twice = ["a", "b"].map((namespace) => ({ ...service, metadata: { name: "shop", namespace } }));
  const [one] = twice;
  const below = base({ resources: twice });
  expect(problemsOf({ patches: [nodePort()] }, below)).toMatchObject([
    {
      what: "a patch is for Service/shop, of which there are 2",
      expected: "metadata.namespace to be one of: a, b",
    },
  ]);
  expect(problemsOf({ patches: [nodePort("a")] }, below)).toEqual([]);
  expect(problemsOf({ patches: one ? [untyped(one, { spec: { type: "NodePort" } })] : [] }, below)).toEqual(
    [],
  );
});

describe("patches that disagree", () => {
  const image = untyped(deployment, web({ image: "example/shop:1" }));
  test.each([
    ["one removes what the other changes", untyped(deployment, pod({ containers: { web: null } }))],
    [
      "one replaces the list of what the other changes",
      untyped(deployment, pod({ containers: { $replace: [] } })),
    ],
  ])("%s", (_name, other) => {
    expect(problemsOf({ patches: [image, other] })).toMatchObject([{ object: "Deployment/shop" }]);
  });

  test("do not, when they say the same", () => {
    const remove = untyped(deployment, pod({ containers: { proxy: null } }));
    const add = untyped(deployment, web({ env: { $add: [{ name: "A", value: "b" }] } }));
    const label = untyped(deployment, { metadata: { labels: { app: null, "app.example.com/a": "b" } } });
    expect(problemsOf({ patches: [remove, { ...remove }, add, { ...add }, label, { ...label }] })).toEqual(
      [],
    );
  });

  test("do not, when one label's name begins with the other's", () => {
    const labels = [{ app: "a" }, { "app.kubernetes.io/name": "b" }];
    const patches = labels.map((given) => untyped(deployment, { metadata: { labels: given } }));
    expect(problemsOf({ patches })).toEqual([]);
  });

  test("and so do image records", () => {
    const images = ["1", "2"].map((version) => ({ name: "example/shop", version }));
    expect(problemsOf({ images })[0]?.what).toContain("example/shop:1 and example/shop:2");
  });
});

describe("custom kinds", () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "crews.example.com" },
    spec: {
      group: "example.com",
      scope: "Cluster",
      names: { kind: "Crew", plural: "crews" },
      versions: [
        {
          name: "v1",
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                spec: {
                  type: "object",
                  properties: {
                    size: { type: "integer" },
                    pace: { "x-kubernetes-int-or-string": true },
                    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                    tags: { type: "object", additionalProperties: { type: "string" } },
                    members: {
                      type: "array",
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": ["id"],
                      items: {
                        type: "object",
                        properties: { id: { type: "string" }, age: { type: "integer" } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  };
  const crew = {
    apiVersion: "example.com/v1",
    kind: "Crew",
    metadata: { name: "a" },
    spec: { size: 1, members: [{ id: "x", age: 1 }, { id: "y" }] },
  };
  const file = external(crd, new URL("file:///crews.yaml"));
  const change = untyped(crew, {
    spec: {
      pace: "5%",
      free: { any: [1] },
      tags: { "a.b": "c" },
    },
  });
  const membersChange = strategicMerge(crew, {
    spec: {
      members: [
        { id: "x", age: 2 },
        { id: "y", $patch: "delete" },
        { id: "z", $patch: "merge" },
      ],
    },
  });
  const want = {
    size: 1,
    members: [{ id: "x", age: 2 }, { id: "z" }],
    pace: "5%",
    free: { any: [1] },
    tags: { "a.b": "c" },
  };

  test.each([
    ["a CRD among the resources", { resources: [crd, crew] }],
    ["a CRD in a file", { resources: [file, crew] }],
    ["a CRD that the cluster has", { resources: [crew], crds: [crd] }],
  ])("are merged by the keys of %s", (_name, content) => {
    const layer = base({ ...content, patches: [change, membersChange] });
    const found = compose(layer, () => crd).find(({ kind }) => kind === "Crew");
    expect(found).toMatchObject({ spec: want });
    expect(compose(layer, () => crd).some(({ kind }) => kind === crd.kind)).toBe(!("crds" in content));
  });

  test.each<[string, LayerContent]>([
    ["among the resources", { resources: [crd, crew] }],
    ["in a file", { resources: [file, crew] }],
  ])("have the fields that a patch of their CRD %s gives them, from the next patch on", (_name, content) => {
    const root = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/rank";
    const widen = jsonPatch(crd, [{ op: "add", path: root, value: { type: "integer" } }]);
    const rank = untyped(crew, { spec: { rank: 1 } });
    const composed = (patches: Patch[]) => compose(overlay({ base: base(content), patches }), () => crd);
    expect(composed([untyped(crew, { spec: { size: 2 } }), widen, rank])).toContainEqual(
      expect.objectContaining({ kind: "Crew", spec: { ...crew.spec, size: 2, rank: 1 } }),
    );
    expect(() => composed([rank, widen])).toThrow('the field "rank" does not exist');
  });

  /** How often the schema is looked at when that many objects of the kind are patched. */
  const readsFor = (count: number): number => {
    const { openAPIV3Schema } = crd.spec.versions[0]?.schema ?? {};
    let reads = 0;
    const schema = {
      get openAPIV3Schema() {
        reads++;
        return openAPIV3Schema;
      },
    };
    const counted = { ...crd, spec: { ...crd.spec, versions: [{ name: "v1", schema }] } };
    const crews = Array.from({ length: count }, (_, index) => ({
      ...crew,
      metadata: { name: `c${index}` },
    }));
    const patches = crews.map((each) => untyped(each, { spec: { size: 2 } }));
    compose(base({ resources: crews, crds: [counted], patches }));
    return reads;
  };

  test("have their CRD converted as often for many patches as for one", () => {
    expect(readsFor(50)).toBe(readsFor(1));
  });

  test("have the fields of a CRD that a lower layer names", () => {
    const below = base({ resources: [crew], crds: [crd] });
    const patches = [untyped(crew, { spec: { siez: 2 } })];
    expect(problemsOf({ patches }, below)).toMatchObject([{ path: "spec.siez" }]);
  });

  test("have the fields of their CRD and no others", () => {
    const wrong = untyped(crew, {
      metadata: { lables: {} },
      spec: { siez: 2, size: "2", members: { x: { age: 1 } } },
    });
    const members = strategicMerge(crew, {
      spec: {
        members: [
          { id: "z", age: 1 },
          { id: "x", aeg: 2 },
        ],
      },
    });
    const problems = problemsOf({ patches: [wrong, members] }, base({ resources: [crd, crew] }));
    expect(problems.map(({ path, fix }) => [path, fix?.split("?")[0]])).toEqual([
      ["metadata.lables", 'did you mean "labels"'],
      ["spec.siez", 'did you mean "size"'],
      ["spec.size", "give an integer"],
      // What stands in the CustomResourceDefinition alone, no type tells a patch that is written as a record.
      ["spec.members", expect.stringMatching(/^give the whole list: /)],
      ["spec.members[z]", expect.stringContaining("x")],
      ["spec.members[x].aeg", 'did you mean "age"'],
    ]);
  });

  test("keep the shape that the base gives them where no CRD is known", () => {
    const below = base({ resources: [crew] });
    const problems = problemsOf(
      { patches: [untyped(crew, { metadata: { lables: {} }, spec: { members: {}, size: {}, new: 1 } })] },
      below,
    );
    expect(problems.map(({ path, expected }) => [path, expected])).toEqual([
      ["metadata.lables", "a field that the kind has here"],
      ["spec.members", "a list"],
      ["spec.size", "a number, as in the base"],
    ]);
  });

  test("are no built-in kinds of the same name", () => {
    const rollout = { ...crew, apiVersion: "apps.example.com/v1", kind: "Deployment", spec: {} };
    const patches = [untyped(rollout, { spec: { anything: 1 } })];
    expect(problemsOf({ patches }, base({ resources: [rollout] }))).toEqual([]);
  });

  test("stand in no namespace when their CRD says so", () => {
    const spaces = (content: LayerContent) =>
      compose(base({ ...content, namespace: "prod" }), () => crd).flatMap(({ kind, metadata }) =>
        kind === "Crew" ? [Object.entries(metadata)] : [],
      );
    const name = ["name", "a"];
    expect(spaces({ resources: [file, crew, service] })).toEqual([[name]]);
    expect(spaces({ resources: [crew, service], crds: [crd] })).toEqual([[name]]);
    expect(spaces({ resources: [crew, service] })).toEqual([[name, ["namespace", "prod"]]]);
  });
});

test("images are set wherever an object holds containers, but not in a CRD's schema", () => {
  const job = {
    apiVersion: "example.com/v1",
    kind: "Rollout",
    metadata: { name: "a" },
    spec: { canary: { pod: { containers: [{ name: "a", image: "example/a:1" }] } } },
  };
  const [composed] = compose(base({ resources: [job], images: [{ name: "example/a", version: "2" }] }));
  expect(composed).toMatchObject({ spec: { canary: { pod: { containers: [{ image: "example/a:2" }] } } } });
});
