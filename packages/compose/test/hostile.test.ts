import {
  base,
  compose,
  component,
  define,
  external,
  overlay,
  patch,
  type KubernetesObject,
  type Layer,
  type Patch,
} from "@atlas/compose";
import { toJson, toYaml } from "@atlas/compose/yaml";
import { configMapGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import type { ConfigMap } from "kubernetes-types/core/v1.js";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { isRefusedForPods } from "./differential.ts";
import { deployment, shop } from "./fixtures.ts";
import { problemsOf, untyped } from "./problems.ts";
import { patchOf } from "./schema-patches.ts";
import { kindObject } from "./schema-values.ts";
import { builtInKinds } from "./kinds.ts";

const own = Reflect.ownKeys(Object.prototype).length;
afterEach(() => expect(Reflect.ownKeys(Object.prototype)).toHaveLength(own));

const names = ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"];
const bar = (spec: unknown): KubernetesObject & { spec: unknown } => ({
  apiVersion: "example.com/v1",
  kind: "Bar",
  metadata: { name: "a" },
  spec,
});
/** Plain data with a field of any name: an object literal would set the prototype. */
const withField = (name: string, value: unknown): object =>
  JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
const entriesOf = (value: unknown): unknown => Object.entries((value as { spec: object }).spec);

describe.each(names)("a field called %s", (name) => {
  const value = { polluted: true };
  const given = withField(name, value);
  const target = bar({});
  const forms: [string, Patch][] = [
    ["the record form", untyped(target, { spec: given })],
    ["a strategic merge", strategicMerge(target, { spec: given })],
    ["a strategic merge that replaces", strategicMerge(target, { spec: { $patch: "replace", ...given } })],
    ["a JSON patch", jsonPatch(target, [{ op: "add", path: `/spec/${name}`, value }])],
    ["a value of a JSON patch", jsonPatch(target, [{ op: "replace", path: "/spec", value: given }])],
  ];

  test.each(forms.filter(([form]) => form !== "a strategic merge that replaces" || name !== "__proto__"))(
    "is one of the object's own in %s",
    (_form, change) => {
      const [composed] = compose(base({ resources: [target], patches: [change] }));
      expect(entriesOf(composed)).toEqual([[name, value]]);
      expect(Object.getPrototypeOf((composed as typeof target).spec)).toBe(Object.prototype);
    },
  );

  test("is merged, removed and looked for like any other", () => {
    const there = bar(given);
    const more = strategicMerge(there, { spec: withField(name, { more: 1 }) });
    expect(entriesOf(compose(base({ resources: [there], patches: [more] }))[0])).toEqual([
      [name, { ...value, more: 1 }],
    ]);
    const gone = strategicMerge(there, { spec: withField(name, null) });
    expect(entriesOf(compose(base({ resources: [there], patches: [gone] }))[0])).toEqual([]);
    expect(
      problemsOf(
        { patches: [strategicMerge(target, { spec: withField(name, null) })] },
        base({ resources: [target] }),
      ),
    ).toMatchObject([{ path: `spec.${name}`, what: `there is no "${name}" to remove` }]);
  });

  test("does not exist in a built-in kind", () => {
    for (const change of [untyped(deployment, { spec: given }), strategicMerge(deployment, { spec: given })])
      expect(problemsOf({ patches: [change] })).toMatchObject([
        { path: `spec.${name}`, what: `the field "${name}" does not exist` },
      ]);
    const change = jsonPatch(deployment, [{ op: "add", path: `/spec/${name}/polluted`, value: true }]);
    expect(problemsOf({ patches: [change] })).toHaveLength(1);
  });

  test("may be a label, an annotation, a key of a ConfigMap and of a merged list", () => {
    const pairs = withField(name, "a") as Record<string, string>;
    const composed = compose(
      base({
        resources: [deployment],
        generators: [configMapGenerator({ name: "a", literals: pairs })],
        patches: [
          strategicMerge(deployment, {
            spec: { template: { spec: { containers: [{ name, image: "a", $patch: "merge" }] } } },
          }),
        ],
        ...(!name.startsWith("_") && { labels: [{ pairs }], annotations: pairs }),
      }),
    );
    const configMap = composed.find(({ kind }) => kind === "ConfigMap");
    expect(Object.entries((configMap as { data?: object }).data ?? {})).toEqual([[name, "a"]]);
  });
});

describe("a name that is not a segment of a path", () => {
  test.each(["..", ".", "../../etc/passwd", "a/b", "a%2fb", "a\nb", "a\u0000"])("is refused: %j", (name) => {
    const what = `${JSON.stringify(name)} cannot be a name`;
    const object = { ...bar({}), metadata: { name } };
    expect(problemsOf({ resources: [object] })).toMatchObject([{ what, path: "metadata.name" }]);
    expect(problemsOf({ generators: [configMapGenerator({ name })] })).toMatchObject([{ what }]);
  });

  test("is none of those with colons, dots and capitals, which roles may have", () => {
    const object = { ...bar({}), metadata: { name: "system:Auth..reader" } };
    expect(problemsOf({ resources: [object] })).toEqual([]);
  });
});

/** Objects in objects. */
const deep = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);

const crdOf = (openAPIV3Schema: unknown) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "bars.example.com" },
  spec: {
    group: "example.com",
    names: { kind: "Bar", plural: "bars" },
    scope: "Namespaced",
    versions: [{ name: "v1", schema: { openAPIV3Schema } }],
  },
});

describe("what is too deep, circular or too much", () => {
  test.each([
    ["a strategic merge", (value: unknown) => strategicMerge(bar({}), { spec: value })],
    ["a JSON patch", (value: unknown) => jsonPatch(bar({}), [{ op: "add", path: "/spec/a", value }])],
    ["the record form", (value: unknown) => untyped(bar({}), { spec: value })],
  ])("%s that is nested a hundred thousand times is refused, four hundred times is not", (_form, change) => {
    const below = base({ resources: [bar({})] });
    expect(problemsOf({ patches: [change(deep(100_000))] }, below)[0]?.what).toContain(
      "more than 500 levels",
    );
    expect(problemsOf({ patches: [change(deep(400))] }, below)).toEqual([]);
  });

  test("an object that is nested so is refused", () => {
    expect(problemsOf({ resources: [bar(deep(100_000))] })[0]?.what).toContain("more than 500 levels");
  });

  const lists: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));

  test.each<[string, unknown, string]>([
    ["nested lists", lists, "more than 500 levels"],
    ["nested objects", deep(50_000), "more than 500 levels"],
    ["inherited fields", Object.create({ a: "b" }), 'an object that inherits its field "a"'],
    ["a map", new Map([["a", "b"]]), "a Map"],
  ])("%s are refused wherever a layer takes a value", (_what, value, got) => {
    const given = value as never;
    const target = { ...bar({}), data: {} };
    const layers: Record<string, Parameters<typeof base>[0]> = {
      "a field": { resources: [bar(value)] },
      "a strategic merge": { resources: [target], patches: [strategicMerge(target, { spec: value })] },
      "a patch": { resources: [target], patches: [untyped(target, { spec: value })] },
      "a JSON patch": {
        resources: [target],
        patches: [jsonPatch(target, [{ op: "add", path: "/spec", value }])],
      },
      "a label": { labels: [{ pairs: { a: given } }] },
      labels: { labels: [{ pairs: given }] },
      "an annotation": { annotations: { a: given } },
      annotations: { annotations: given },
      "a version": { images: [{ name: "a", version: given }] },
      "a count": { replicas: [{ name: "a", count: given }] },
      "a namespace": { namespace: given },
      "a prefix": { namePrefix: given },
      "a CRD": { crds: [crdOf(value)] },
      "a label of a generator": { generators: [configMapGenerator({ name: "a", labels: { a: given } })] },
    };
    for (const [where, layer] of Object.entries(layers))
      expect(
        problemsOf(layer)
          .map(({ what }) => what)
          .join(),
        where,
      ).toContain(got);
  });

  test.each([lists, deep(50_000), Object.create({ a: "b" }), new Map()])(
    "nothing of the kind is the content of a generator, nor its contents: %#",
    (value) => {
      for (const content of [
        { literals: { a: value } },
        { files: { a: value } },
        { literals: value },
        { files: value },
        { env: value },
      ])
        expect(
          problemsOf({ generators: [configMapGenerator({ name: "a", ...(content as object) })] }),
        ).not.toEqual([]);
    },
  );

  test("a schema that is nested so says nothing of what lies so deep", () => {
    const schema: unknown = JSON.parse(
      `${'{"type":"object","properties":{"a":'.repeat(20_000)}{}${"}}".repeat(20_000)}`,
    );
    const change = strategicMerge(bar({}), { a: 1 });
    const crd = external(crdOf({}), new URL("file:///crd.yaml"));
    const layer = base({ resources: [bar({}), crd], patches: [change] });
    expect(() => compose(layer, () => crdOf(schema))).toThrow("got 1");
  });

  test("is no document, and no error of the engine's", () => {
    for (const value of [lists, deep(50_000)] as object[]) {
      expect(() => toYaml(value)).toThrow(TypeError);
      expect(() => toJson(value)).toThrow(TypeError);
    }
    expect(() => toYaml({ a: [Object.create({ b: 1 })] })).toThrow(
      'a[0]: expected text, a number, true, false, null, a list or an object, got an object that inherits its field "b"',
    );
  });

  test("a component among its own components, a layer that stands on itself, two objects of one identity", () => {
    const circular = { ...component({}) };
    Object.assign(circular, { components: [circular] });
    expect(problemsOf({ components: [circular] })).toMatchObject([
      { what: "a component is among its own components" },
    ]);
    const circle = { ...overlay({ base: shop }) };
    Object.assign(circle, { below: circle });
    expect(() => compose(circle)).toThrow("a layer stands on itself");
    expect(problemsOf({ resources: [deployment] })).toMatchObject([
      { what: "two objects are Deployment/shop" },
    ]);
  });

  test("ten thousand objects with as many patches are composed", () => {
    const maps = Array.from({ length: 10_000 }, (_, index) =>
      define<ConfigMap>()({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: `a${index}` },
        data: { a: "b" },
      }),
    );
    const patches = maps.map((target, index) => patch(target, { data: { a: String(index) } }));
    const composed = compose(overlay({ base: base({ resources: maps }), patches }));
    expect(new Set(composed.map((object) => (object as ConfigMap).data?.["a"])).size).toBe(10_000);
  });

  test("ten thousand patches of one object are composed, and the one that disagrees is found among them", () => {
    const target = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: {} };
    const patches = Array.from({ length: 10_000 }, (_, index) =>
      untyped(target, { data: { [`a${index}`]: String(index) } }),
    );
    const composed = compose(base({ resources: [target], patches }));
    expect(Object.keys((composed[0] as ConfigMap).data ?? {})).toHaveLength(10_000);
    const other = untyped(target, { data: { a5000: "other" } });
    expect(problemsOf({ resources: [target], patches: [...patches, other] })).toMatchObject([
      { path: "data.a5000", what: 'two patches of this layer disagree: "5000" and "other"' },
    ]);
  });

  test("ten thousand patches that miss are all named", () => {
    const patches = Array.from({ length: 10_000 }, (_, index) =>
      strategicMerge({ ...deployment, metadata: { name: `a${index}` } }, {}),
    );
    expect(problemsOf({ patches })).toHaveLength(10_000);
  });
});

/** Freezes all that can be reached. */
function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

/** The objects as text, or that the patch leaves a pod without a container. */
function outcomeOf(layer: Layer): string {
  try {
    return JSON.stringify(compose(layer));
  } catch (error) {
    if (isRefusedForPods(error)) return "refused";
    throw error;
  }
}

test("random objects and patches stay as they are, and give the same each time", () => {
  const cases = fc.constantFrom(...builtInKinds).chain((kind) => {
    const { site, object } = kindObject(kind);
    return object.chain((resource) => patchOf(resource, site).map((body) => ({ resource, body })));
  });
  fc.assert(
    fc.property(cases, ({ resource, body }) => {
      const [below, change] = [base({ resources: [resource] }), strategicMerge(resource, body)];
      const before = JSON.stringify([resource, body]);
      const layer = freeze(overlay({ base: below, patches: [change], annotations: { a: "b" } }));
      const once = outcomeOf(layer);
      expect(outcomeOf(layer)).toBe(once);
      expect(JSON.stringify([resource, body])).toBe(before);
    }),
    { numRuns: 1000 },
  );
});
