import {
  base,
  component,
  compose,
  overlay,
  withRules,
  type BrokenRule,
  type KubernetesObject,
  type LayerContent,
  type Patch,
} from "@atlas/compose";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { historyOf } from "@atlas/compose/history";
import { describe, expect, test } from "vitest";
import { problemsOf, untyped } from "./problems.ts";

const odd: BrokenRule = { path: "spec.size", what: "it is odd", expected: "an even size", fix: "add one" };
const sizeOf = (object: unknown): unknown => (object as { spec?: { size?: unknown } }).spec?.size;
/** A queue, whose builder wants it even. */
const queue = (name = "orders", size = 2): KubernetesObject =>
  withRules({ apiVersion: "example.com/v1", kind: "Queue", metadata: { name }, spec: { size } }, (object) =>
    Number(sizeOf(object)) % 2 === 0 ? [] : [odd],
  );
const shape = { apiVersion: "example.com/v1", kind: "Queue", metadata: { name: "orders" } };

const set = (target: Patch["target"], size: unknown): Patch => untyped(target, { spec: { size } });
const below = (...resources: KubernetesObject[]) => base({ resources });

describe("a rule is held against what patches make of the object", () => {
  const table: [string, { given: (target: KubernetesObject) => LayerContent; broken: boolean }][] = [
    ["nothing said", { given: () => ({}), broken: false }],
    ["a patch that keeps it", { given: (target) => ({ patches: [set(target, 4)] }), broken: false }],
    ["a patch that breaks it", { given: (target) => ({ patches: [set(target, 3)] }), broken: true }],
    ["a patch by what names the object", { given: () => ({ patches: [set(shape, 3)] }), broken: true }],
    [
      "a removal",
      { given: (target) => ({ patches: [untyped(target, { spec: { size: null } })] }), broken: true },
    ],
    [
      "a JSON patch",
      {
        given: (target) => ({
          patches: [jsonPatch(target, [{ op: "replace", path: "/spec/size", value: 5 }])],
        }),
        broken: true,
      },
    ],
    [
      "a strategic merge",
      { given: (target) => ({ patches: [strategicMerge(target, { spec: { size: 5 } })] }), broken: true },
    ],
    [
      "a component",
      { given: (target) => ({ components: [component({ patches: [set(target, 3)] })] }), broken: true },
    ],
  ];
  test.each(table)("%s", (_name, { given, broken }) => {
    const target = queue();
    const problems = problemsOf(given(target), below(target));
    expect(problems).toMatchObject(broken ? [{ object: "Queue/orders", ...odd }] : []);
  });

  test("as the last layer leaves it", () => {
    const target = queue();
    const layer = overlay({ base: below(target), patches: [set(target, 3)] });
    expect(problemsOf({ patches: [set(target, 6)] }, layer)).toEqual([]);
    expect(problemsOf({}, layer)).toHaveLength(1);
  });

  test("of each object that has some, all at once", () => {
    const [one, other, free] = [queue("a"), queue("b"), { ...queue("c") }];
    const patches = [one, other, free].map((target) => set(target, 1));
    const problems = problemsOf({ patches }, below(one, other, free));
    expect(problems.map(({ object }) => object)).toEqual(["Queue/a", "Queue/b"]);
  });

  test("of many environments that stand on one", () => {
    const target = queue();
    const [shared, known] = [below(target), new WeakMap()];
    const made = (size: number) => () =>
      compose(overlay({ base: shared, patches: [set(target, size)] }), undefined, known);
    for (const size of [2, 3, 4, 5])
      if (size % 2 === 0) expect(made(size)).not.toThrow();
      else expect(made(size)).toThrow("it is odd");
  });
});

test("the patch that set the value is named, though others come after it", () => {
  const target = queue();
  const patches = [set(target, 3), untyped(target, { spec: { name: "a" } })];
  const wrong = overlay({ base: below(target), patches });
  const [problem] = problemsOf({ patches: [untyped(target, { spec: { name: "b" } })] }, wrong);
  expect(problem?.places).toMatchObject([
    { label: "patch", within: { fields: ["patches", "0", "body", "spec", "size"] } },
    { label: "object", within: { fields: ["resources", "0", "spec", "size"] } },
  ]);
});

test("the object of the base that the patch is about is meant, where one stands in two", () => {
  const target = queue();
  const [eu, us] = ["eu", "us"].map((namespace) => overlay({ base: below(target), namespace }));
  if (!eu || !us) throw new Error("two layers");
  const both = overlay({ base: [eu, overlay({ base: us, patches: [set(target, 3)] })] });
  const [problem, ...others] = problemsOf({}, both);
  expect(others).toEqual([]);
  expect(problem?.places?.[0]).toMatchObject({ label: "patch" });
});

test("nothing of the rules can be seen in the object, nor in what is composed", () => {
  const target = queue();
  expect(Object.getOwnPropertySymbols({ ...target })).toEqual([]);
  expect(compose(below(target))).toEqual([{ ...shape, spec: { size: 2 } }]);
});

test("a history tells of what a rule refuses as every other problem: by throwing it", () => {
  const target = queue();
  const layer = overlay({ base: below(target), patches: [set(target, 3)] });
  const history = () =>
    historyOf(
      layer,
      ([first = target]) => first,
      () => target,
    );
  expect(history).toThrow("it is odd");
});

describe("what patches make of a generated object, the API server takes", () => {
  const settings = configMapGenerator({ name: "settings", literals: { a: "1" } });
  const keys = secretGenerator({ name: "keys", literals: { a: "1" } });
  const half = "x".repeat(600 * 1024);
  const table: [string, { given: Patch; paths: string[] }][] = [
    ["another key", { given: strategicMerge(settings.object, { data: { "b.txt": "2" } }), paths: [] }],
    [
      "text with a space",
      { given: strategicMerge(settings.object, { data: { "b c": "2" } }), paths: ['data["b c"]'] },
    ],
    [
      "a name that leads up",
      { given: strategicMerge(settings.object, { data: { "../b": "2" } }), paths: ['data["../b"]'] },
    ],
    [
      "text in binary data",
      { given: strategicMerge(settings.object, { binaryData: { b: "!" } }), paths: ["binaryData.b"] },
    ],
    ["bytes", { given: strategicMerge(settings.object, { binaryData: { b: "AAA=" } }), paths: [] }],
    [
      "more than it holds",
      { given: strategicMerge(settings.object, { data: { b: half, c: half } }), paths: ["data"] },
    ],
    [
      "text in a Secret",
      { given: strategicMerge(keys.object, { data: { b: "pass word" } }), paths: ["data.b"] },
    ],
    [
      "a key of a Secret",
      { given: strategicMerge(keys.object, { data: { "b/c": "AAAA" } }), paths: ['data["b/c"]'] },
    ],
  ];
  test.each(table)("%s", (_name, { given, paths }) => {
    const problems = problemsOf({ patches: [given] }, base({ generators: [settings, keys] }));
    expect(problems.map(({ path }) => path)).toEqual(paths);
    if (paths.length > 0) expect(problems[0]?.places?.[0]?.label).toBe("patch");
  });

  test("nor does it take so much from the generator itself", () => {
    const large = configMapGenerator({ name: "large", literals: { a: half, b: half } });
    expect(problemsOf({ generators: [large] }, base({}))).toMatchObject([{ path: "data" }]);
  });
});
