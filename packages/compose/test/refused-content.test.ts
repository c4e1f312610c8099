import { base, component, overlay, patch, type Layer, type LayerContent } from "@atlas/compose";
import { configMapGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge, type JsonOperation } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { configMap, deployment, service, shop } from "./fixtures.ts";
import { objectOf } from "./difference.ts";
import { podWith } from "./pods.ts";
import { problemsOf, untyped } from "./problems.ts";

const pod = (spec: object): object => ({ spec: { template: { spec } } });
const merged = (body: object): LayerContent => ({ patches: [strategicMerge(deployment, body)] });
const recorded = (body: unknown): LayerContent => ({ patches: [untyped(deployment, body)] });
const operations = (...list: object[]): LayerContent => ({
  patches: [jsonPatch(deployment, list as JsonOperation[])],
});
const finalized = objectOf("v1", "ConfigMap", { metadata: { name: "a", finalizers: ["x/y"] } });
const web = "/spec/template/spec/containers/0";

describe("is refused in a patch:", () => {
  test.each<[what: string, given: LayerContent, said: string]>([
    ["text for a list of elements", recorded(pod({ containers: "web" })), 'got "web"'],
    [
      "a list of elements for new ones beside one",
      recorded(pod({ containers: { $before: [] } })),
      "got a list",
    ],
    ["an object for new elements", recorded(pod({ containers: { $add: { name: "a" } } })), "got an object"],
    ["text for the change of an element", recorded(pod({ containers: { web: "a" } })), 'got "a"'],
    [
      "an element of an empty list",
      recorded(pod({ imagePullSecrets: { a: {} } })),
      'the list has no element "a"',
    ],
    ["another value of a set's list", merged({ metadata: { finalizers: [1] } }), "got 1"],
    ["an order that is not a list", merged(pod({ "$setElementOrder/containers": "web" })), 'got "web"'],
    [
      "an order of what is not a list",
      merged(pod({ "$setElementOrder/nodeSelector": [] })),
      'there is no list "nodeSelector"',
    ],
    [
      "an order in an object without lists",
      merged({ metadata: { "$setElementOrder/finalizers": [] } }),
      'there is no list "finalizers"',
    ],
    [
      "an order of a misspelt list",
      merged(pod({ "$setElementOrder/container": [] })),
      'there is no list "container"',
    ],
    [
      "an order that names an element by nothing",
      merged(pod({ "$setElementOrder/containers": [{}] })),
      "the list has no element {}",
    ],
    [
      "an order of a value that is not there",
      {
        resources: [finalized],
        patches: [
          strategicMerge(finalized, {
            metadata: { "$setElementOrder/finalizers": ["x/z"] },
          }),
        ],
      },
      'the list has no element "x/z"',
    ],
    [
      "a removal from a list that is none",
      merged({ metadata: { "$deleteFromPrimitiveList/finalizers": "a" } }),
      'got "a"',
    ],
    [
      "a removal from a list that is not there",
      merged({ metadata: { "$deleteFromPrimitiveList/finalizers": ["a"] } }),
      'there is no list "finalizers"',
    ],
    ["text for the keys to keep", merged({ spec: { strategy: { $retainKeys: "type" } } }), 'got "type"'],
    ["an operation that is none", operations({ path: "/spec" }), "there is no operation here"],
    ["an operation that is a number", operations({ op: 1, path: "/spec" }), "there is no operation 1"],
    ["a removal of what is not there", operations({ op: "remove", path: "/spec/no" }), 'there is no "no"'],
    [
      "a test of what is not there",
      operations({ op: "test", path: "/spec/no", value: 1 }),
      'there is no "no"',
    ],
    [
      "a copy of what is not there",
      operations({ op: "copy", from: "/spec/no", path: "/spec/paused" }),
      'there is no "no"',
    ],
    [
      "a move of what is not there",
      operations({ op: "move", from: "/spec/no", path: "/spec/paused" }),
      'there is no "no"',
    ],
    [
      "an index of an empty list",
      operations({ op: "add", path: `${web}/env`, value: [] }, { op: "remove", path: `${web}/env/0` }),
      'the list has no index "0"',
    ],
    [
      "an index to add at",
      operations({ op: "add", path: `${web}/args/7`, value: "a" }),
      'the list has no index "7"',
    ],
    [
      "a field of an empty object",
      operations({ op: "remove", path: "/spec/template/spec/volumes/0/emptyDir/a" }),
      'there is no "a"',
    ],
    [
      "nothing after what has failed",
      operations({ op: "remove", path: "/spec/no" }, { op: "remove", path: "/spec/neither" }),
      'there is no "no"',
    ],
  ])("%s", (_what, given, said) => {
    const problems = problemsOf(given);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(said);
  });
});

const maps = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    objectOf("v1", "ConfigMap", { metadata: { name: `m${index}` } }),
  );
const thing = objectOf("v1", "ConfigMap", { metadata: { name: "thing" } });
const inSpace = (namespace: string, name = "thing") =>
  objectOf("v1", "ConfigMap", { metadata: { name, namespace } });
const generator = (behavior: string, name = "thing") =>
  ({
    generators: [configMapGenerator({ name, behavior: behavior as "merge", literals: { a: "b" } })],
  }) as const;
const none = base({});

describe("is refused in a layer:", () => {
  test.each<[what: string, given: LayerContent, said: string, below?: Layer]>([
    [
      "an image record without a value",
      { images: [{ name: "a", version: undefined as never }] },
      "the value is undefined",
    ],
    [
      "an image of no container",
      { images: [{ name: "a/b", version: "1" }] },
      'the image "a/b" matches no container',
      none,
    ],
    [
      "an image of no container, with a mirror",
      { images: [{ name: "a/b", mirror: "c/d", version: "1" }] },
      'the image "a/b" matches no container',
    ],
    [
      "a near image",
      { images: [{ name: "example/shoop", version: "1" }] },
      'the image "example/shoop" matches no container',
    ],
    [
      "another word for a field",
      { images: [{ name: "a", newTag: 7 } as never] },
      'the field "newTag" does not exist',
    ],
    ["a count below nothing", { replicas: [{ name: "shop", count: -1 }] }, '"shop" has the count -1'],
    [
      "a count beyond all",
      { replicas: [{ name: "shop", count: 2 ** 31 }] },
      '"shop" has the count 2147483648',
    ],
    [
      "replicas of nothing",
      { replicas: [{ name: "a", count: 1 }] },
      'the replicas of "a" match no workload',
      none,
    ],
    [
      "a patch of an object that is not there",
      { patches: [patch(thing, null)] },
      "a patch is for ConfigMap/thing, which is not there",
      none,
    ],
    [
      "a patch of one that is not among many",
      { patches: [strategicMerge(thing, { data: { a: "b" } })] },
      "a patch is for ConfigMap/thing",
      base({ resources: maps(31) }),
    ],
    [
      "a patch of one of two",
      { patches: [strategicMerge(thing, { data: { a: "b" } })] },
      "of which there are 2",
      base({ resources: [inSpace("a"), inSpace("b")] }),
    ],
    [
      "a generator that is to change nothing",
      generator("merge"),
      "a generator is to merge what is not there",
      none,
    ],
    [
      "a generator that is to change something else",
      generator("replace", "thingg"),
      "a generator is to replace what is not there",
      base({ resources: [thing] }),
    ],
    [
      "a generator that may change two",
      generator("merge"),
      "a generator is to merge what is there more than once",
      base({ resources: [inSpace("a"), inSpace("b")] }),
    ],
    [
      "a version of Kubernetes that is not known",
      { kubernetesVersion: "0.1" } as LayerContent,
      '"0.1" is not a version of Kubernetes that is known',
    ],
    [
      "a version with its patch",
      { kubernetesVersion: "v1.34.2" } as unknown as LayerContent,
      '"v1.34.2" is not a version',
    ],
    [
      "a version that is a number",
      { kubernetesVersion: 1.34 } as unknown as LayerContent,
      "1.34 is not a version",
    ],
    ["a function for an annotation", { annotations: (() => 1) as never }, "got"],
    ["text for a list", { patches: "a" as never }, 'got "a"'],
    ["a component that is a list", { components: [[] as never] }, "a component"],
  ])("%s", (_what, given, said, below = shop) => {
    const problems = problemsOf(given, below);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(said);
  });

  test.each<[what: string, given: unknown, said: string]>([
    ["a list in a list", [[shop]], "the base of an overlay is a list"],
    ["an object", {}, "the base of an overlay is a plain object"],
    ["a component", component({}), "the base of an overlay is a component"],
  ])("%s as the base", (_what, given, said) => {
    const [problem] = problemsOf({}, given as Layer);
    expect(problem?.what).toBe(said);
  });
});

// Names that a slip of the finger tells apart; others may well name two things.
describe("a reference that is nearly the name of something is", () => {
  test.each<[stated: string, there: string, isMisspelt: boolean]>([
    ["settings", "setings", true],
    ["settings", "sttings", true],
    ["settings", "settigns", true],
    ["shop-settings", "shopsettings", true],
    ["shop.settings", "shop-settings", true],
    ["ab-c", "abc", false],
    ["a-bcd", "abcd", true],
    ["shop-settings", "web-settings", false],
    ["shop-settings", "shop-settings-a", false],
    ["shop-eu", "shop-us", false],
    ["cert-1", "cert-2", false],
    ["settings1", "settings2", false],
    ["app", "api", false],
    ["app", "pap", true],
    ["web", "webb", true],
    ["webb", "web", true],
    ["web", "wbe", true],
    ["web", "wez", false],
    ["shops", "ships", true],
    ["shops", "chips", false],
    ["settings", "sextinks", true],
    ["settings", "sextinkt", false],
    ["setting", "sextink", false],
    ["shop-setings", "shp-settings", false],
  ])("%s for %s: %j", (stated, there, isMisspelt) => {
    const refers = podWith({ containers: [{ name: "a", envFrom: [{ configMapRef: { name: stated } }] }] });
    const problems = problemsOf(
      { resources: [refers, objectOf("v1", "ConfigMap", { metadata: { name: there } })] },
      none,
    );
    expect(problems.map(({ what, fix }) => `${what}; ${fix}`)).toEqual(
      isMisspelt ? [`the ConfigMap "${stated}" is not there; did you mean "${there}"?`] : [],
    );
  });
});

test("an overlay changes what its layers below have", () => {
  const changed = overlay({ base: shop, patches: [strategicMerge(configMap, { data: { size: "small" } })] });
  expect(problemsOf({ patches: [strategicMerge(service, { spec: { type: "NodePort" } })] }, changed)).toEqual(
    [],
  );
});

// The lengths of `IsDNS1123Subdomain`, `IsDNS1123Label` and `IsDNS1035Label` of k8s.io/apimachinery, and of a job's name.
test.each([
  ["v1", "ConfigMap", 253],
  ["v1", "Namespace", 63],
  ["v1", "Service", 63],
  ["apps/v1", "StatefulSet", 63],
  ["batch/v1", "CronJob", 52],
])("the name of a %s %s has at most %i characters", (apiVersion, kind, longest) => {
  const named = (length: number) => ({
    ...objectOf(apiVersion, kind),
    metadata: { name: "a".repeat(length) },
  });
  expect(problemsOf({ resources: [named(longest)] }, none)).toEqual([]);
  expect(problemsOf({ resources: [named(longest + 1)] }, none)).toMatchObject([{ path: "metadata.name" }]);
});
