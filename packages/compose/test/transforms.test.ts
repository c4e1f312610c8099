import { base, compose, external, overlay, type LabelRecord, type LayerContent } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { deployment, only, shop } from "./fixtures.ts";
import { inOrder, kustomize } from "./kubectl.ts";
import { problemsOf } from "./problems.ts";
import { workloads } from "./workloads.ts";

/** Ours and Kustomize's objects of the same content. */
function both(content: LayerContent, kustomization: object): void {
  const list = { apiVersion: "v1", kind: "List", items: workloads };
  const theirs = kustomize({ resources: ["objects.yaml"], ...kustomization }, { "objects.yaml": list });
  const ours = compose(base({ resources: workloads, ...content }));
  expect(inOrder(ours)).toEqual(inOrder(theirs));
}

describe("labels", () => {
  const pairs = { team: "shop", "app.kubernetes.io/part-of": "store" };
  test.each<[string, LabelRecord[], object]>([
    ["metadata alone", [{ pairs }], { labels: [{ pairs }] }],
    ["templates", [{ pairs, templates: "all" }], { labels: [{ pairs, includeTemplates: true }] }],
    ["selectors", [{ pairs, selectors: "all" }], { labels: [{ pairs, includeSelectors: true }] }],
    ["selectors as common labels", [{ pairs, selectors: "all" }], { commonLabels: pairs }],
    [
      "several records",
      [{ pairs }, { pairs: { tier: "web" }, selectors: "all" }],
      { labels: [{ pairs }, { pairs: { tier: "web" }, includeSelectors: true }] },
    ],
  ])("reach what Kustomize's reach: %s", (_name, labels, kustomization) => both({ labels }, kustomization));

  test("leave kinds of the same name that are another group's", () => {
    const knative = {
      apiVersion: "serving.knative.dev/v1",
      kind: "Service",
      metadata: { name: "a" },
      spec: {},
    };
    const layer = base({ resources: [knative], labels: [{ pairs, selectors: true }] });
    expect(compose(layer)).toEqual([{ ...knative, metadata: { name: "a", labels: pairs } }]);
  });

  test.each([
    [{ team: 1 }, "got 1"],
    [{ team: "a b" }, 'got "a b"'],
    [{ team: "x".repeat(64) }, "got"],
    [{ "a b": "c" }, '"a b" is not a name'],
    ["team", "got no pairs"],
  ])("%j are refused", (given, what) => {
    const labels = [{ pairs: given as unknown as Record<string, string> }];
    expect(problemsOf({ labels })[0]?.what).toContain(what);
  });

  test("of one name have one value", () => {
    const labels = [{ pairs: { a: "1" } }, { pairs: { a: "2" } }];
    expect(problemsOf({ labels })[0]?.what).toBe(
      'two label records of this layer set "a" to different values: 1 and 2',
    );
  });
});

const byVersion = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe("annotations", () => {
  test("reach what Kustomize's reach", () => {
    const annotations = { "example.com/note": "a: b\n", other: "true" };
    both({ annotations }, { commonAnnotations: annotations });
  });

  test("are text", () => {
    const annotations = { a: true } as unknown as Record<string, string>;
    expect(problemsOf({ annotations })[0]).toMatchObject({ path: 'annotations["a"]', what: "got true" });
  });

  describe("as records", () => {
    const own = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "a", annotations: { kept: "own" } },
    };
    const namesake = { apiVersion: "example.com/v1", kind: "Namespace", metadata: { name: "a" } };
    const shown = (annotations: LayerContent["annotations"]): unknown[] =>
      compose(base({ resources: [own, namesake, deployment], ...(annotations && { annotations }) })).map(
        ({ apiVersion, metadata, ...rest }) => [
          apiVersion,
          "annotations" in metadata ? metadata.annotations : undefined,
          JSON.stringify(rest).includes("annotations"),
        ],
      );

    test.each<[string, LayerContent["annotations"], unknown[]]>([
      [
        "reach the kind of the group, and leave what an object states",
        [{ pairs: { kept: "of the layer", more: "1" }, kinds: [{ group: "", kind: "Namespace" }] }],
        [
          ["v1", { kept: "own", more: "1" }, false],
          ["example.com/v1", undefined, false],
          ["apps/v1", undefined, false],
        ],
      ],
      [
        "reach every kind of a group, but no template",
        [{ pairs: { more: "1" }, kinds: [{ group: "apps" }, { group: "example.com" }] }],
        [
          ["v1", { kept: "own" }, false],
          ["example.com/v1", { more: "1" }, false],
          ["apps/v1", { more: "1" }, false],
        ],
      ],
      [
        "have the first one's word",
        [
          { pairs: { more: "1" }, kinds: [{ group: "apps" }] },
          { pairs: { more: "2" }, kinds: [{ group: "apps", kind: "Deployment" }] },
        ],
        [
          ["v1", { kept: "own" }, false],
          ["example.com/v1", undefined, false],
          ["apps/v1", { more: "1" }, false],
        ],
      ],
    ])("%s", (_what, annotations, want) => {
      expect(shown(annotations).toSorted(byVersion)).toEqual(want.toSorted(byVersion));
    });

    test("read no file but those of their kinds", () => {
      const files = ["Namespace", "Secret"].map((kind) =>
        external({ apiVersion: "v1", kind, metadata: { name: "a" } }, new URL(`file:///${kind}.yaml`)),
      );
      const read: string[] = [];
      compose(
        base({
          resources: files,
          annotations: [{ pairs: { a: "1" }, kinds: [{ group: "", kind: "Namespace" }] }],
        }),
        (source) => {
          read.push(source.pathname);
          return { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
        },
      );
      expect(read).toEqual(["/Namespace.yaml"]);
    });

    test.each<[string, unknown, string]>([
      ["no pairs", [{ kinds: [{ group: "" }] }], "annotations[0].pairs"],
      ["a pair that is no text", [{ pairs: { a: 1 }, kinds: [{ group: "" }] }], 'annotations[0].pairs["a"]'],
      ["no kinds", [{ pairs: { a: "b" } }], "annotations[0].kinds"],
      [
        "a kind without group",
        [{ pairs: { a: "b" }, kinds: [{ kind: "Pod" }] }],
        "annotations[0].kinds[0].group",
      ],
      [
        "a misspelt field",
        [{ pairs: { a: "b" }, kinds: [{ group: "", kin: "Pod" }] }],
        "annotations[0].kinds[0].kin",
      ],
    ])("are refused with %s", (_what, annotations, path) => {
      expect(problemsOf({ annotations } as LayerContent)[0]?.path).toBe(path);
    });
  });
});

describe("replicas", () => {
  test("are those of Kustomize", () => {
    const replicas = [
      { name: "web", count: 5 },
      { name: "bare", count: 0 },
    ];
    both({ replicas }, { replicas });
  });

  test.each([
    [{ name: "shpo", count: 1 }, 'the replicas of "shpo" match no workload', 'did you mean "shop"'],
    [{ name: "shop", count: 1.5 }, '"shop" has the count 1.5', ""],
    [{ name: "shop", count: -1 }, '"shop" has the count -1', ""],
    [{ name: "shop", count: "2" as unknown as number }, '"shop" has the count "2"', ""],
  ])("%j are refused", (record, what, fix) => {
    const [problem, ...others] = problemsOf({ replicas: [record] });
    expect(others).toEqual([]);
    expect(problem?.what).toBe(what);
    expect(problem?.fix).toContain(fix);
  });

  test("of one name are stated once", () => {
    const replicas = [
      { name: "shop", count: 1 },
      { name: "shop", count: 2 },
    ];
    expect(problemsOf({ replicas })[0]?.what).toBe('two replica records of this layer set "shop": 1 and 2');
  });
});

test("the transforms of a layer come after its patches, and before those of the next", () => {
  const lower = overlay({
    base: shop,
    replicas: [{ name: "shop", count: 2 }],
    labels: [{ pairs: { a: "1" } }],
  });
  const top = overlay({
    base: lower,
    replicas: [{ name: "shop", count: 3 }],
    labels: [{ pairs: { a: "2" } }],
  });
  const object = only(compose(top), "Deployment");
  expect(object.spec?.replicas).toBe(3);
  expect(object.metadata?.labels).toEqual({ app: "shop", a: "2" });
  expect(deployment.metadata.labels).toEqual({ app: "shop" });
});
