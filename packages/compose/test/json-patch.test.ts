import { base, compose, overlay, patch } from "@atlas/compose";
import { jsonPatch, type JsonOperation } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import { configMap, deployment, only, service, shop } from "./fixtures.ts";
import { problemsOf } from "./problems.ts";

const web = "/spec/template/spec/containers/0";
const containersOf = (operations: JsonOperation[]) =>
  only(compose(overlay({ base: shop, patches: [jsonPatch(deployment, operations)] })), "Deployment").spec
    ?.template.spec?.containers;

describe("a JSON patch", () => {
  test("adds, removes, replaces, moves, copies and tests", () => {
    const containers = containersOf(
      [
        { op: "test", path: `${web}/name`, value: "web" },
        { op: "add", path: `${web}/args/-`, value: "--last" },
        { op: "add", path: `${web}/args/0`, value: "--first" },
        { op: "replace", path: `${web}/args/1`, value: "--port=1" },
        { op: "remove", path: `${web}/volumeMounts` },
        { op: "move", from: `${web}/env/0`, path: "/spec/template/spec/containers/1/env" },
        { op: "add", path: "/spec/template/spec/containers/1/env", value: [] },
        { op: "copy", from: `${web}/ports/0`, path: `${web}/ports/-` },
        { op: "replace", path: `${web}/ports/3/containerPort`, value: 81 },
      ].filter(({ op }) => op !== "move") as JsonOperation[],
    );
    expect(containers?.[0]).toMatchObject({
      args: ["--first", "--port=1", "--last"],
      ports: [
        { containerPort: 8080 },
        { containerPort: 53 },
        { containerPort: 53 },
        { name: "http", containerPort: 81 },
      ],
    });
    expect(containers?.[0]).not.toHaveProperty("volumeMounts");
  });

  test("moves a value", () => {
    const moved = jsonPatch(configMap, [{ op: "move", from: "/data/color", path: "/data/shade" }]);
    const composed = compose(overlay({ base: shop, patches: [moved] }));
    expect(composed.find(({ kind }) => kind === "ConfigMap")).toHaveProperty("data", {
      size: "big",
      shade: "blue",
    });
  });

  test("reads ~1 as / and ~0 as ~", () => {
    const change = jsonPatch(service, [
      { op: "add", path: "/metadata/annotations", value: {} },
      { op: "add", path: "/metadata/annotations/a.b~1c~0d", value: "x" },
    ]);
    const composed = compose(overlay({ base: shop, patches: [change] }));
    expect(composed.find(({ kind }) => kind === "Service")?.metadata).toHaveProperty("annotations", {
      "a.b/c~d": "x",
    });
  });

  // RFC 6902, 4.6: values of one type that say the same; in an object, the order does not matter.
  test.each<[held: unknown, value: unknown, isSame: boolean]>([
    [{ a: [1], b: "2" }, { b: "2", a: [1] }, true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [{}, [], false],
    [["a"], { 0: "a" }, false],
    [{ 0: "a" }, ["a"], false],
    [{ a: null }, {}, false],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, false],
    [null, null, true],
    [null, {}, false],
    [{}, null, false],
    [0, false, false],
    ["1", 1, false],
  ])("tests whether %j says the same as %j: %j", (held, value, isSame) => {
    const thing = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" }, spec: { held } };
    const found = problemsOf(
      { patches: [jsonPatch(thing, [{ op: "test", path: "/spec/held", value: value as never }])] },
      base({ resources: [thing] }),
    );
    expect(found.map(({ path, what }) => `${path}: ${what}`)).toEqual(
      isSame
        ? []
        : [expect.stringContaining('spec.held: operation 0 (test "/spec/held"): the test fails: it is ')],
    );
  });

  const refused: [string, unknown, { path?: string; what: string; expected?: string; fix?: string }][] = [
    [
      "a pointer that stops matching",
      [{ op: "replace", path: "/spec/template/spec/contianers/0/image", value: "a" }],
      {
        path: "spec.template.spec.contianers",
        what: 'operation 0 (replace "/spec/template/spec/contianers/0/image"): the pointer stops matching: there is no "contianers"',
        fix: 'did you mean "containers"',
      },
    ],
    [
      "a slash in a name",
      [{ op: "replace", path: "/metadata/labels/example.com/x", value: "a" }],
      {
        what: 'operation 0 (replace "/metadata/labels/example.com/x"): the pointer stops matching: there is no "example.com"',
        fix: 'write its slash as ~1: "example.com~1x"',
      },
    ],
    [
      "an index beyond the list",
      [{ op: "remove", path: "/spec/template/spec/containers/2" }],
      {
        path: "spec.template.spec.containers[2]",
        what: "the list has no index",
        expected: "an index from 0 to 1 (0 is web, 1 is proxy)",
      },
    ],
    [
      "an index with a sign",
      [{ op: "remove", path: `${web}/args/-1` }],
      { what: 'the list has no index "-1"' },
    ],
    [
      "the end of a list to remove",
      [{ op: "remove", path: `${web}/args/-` }],
      { what: 'the list has no index "-"' },
    ],
    [
      "a field that the kind does not have",
      [{ op: "add", path: "/spec/replicaz", value: 1 }],
      { path: "spec.replicaz", what: 'the field "replicaz" does not exist', fix: 'did you mean "replicas"' },
    ],
    [
      "a field within a value that the kind does not have",
      [{ op: "add", path: `${web}/env/-`, value: { name: "A", valeu: "b" } }],
      { path: "spec.template.spec.containers[web].env[1].valeu", what: 'the field "valeu" does not exist' },
    ],
    ["a value of another type", [{ op: "replace", path: "/spec/replicas", value: "2" }], { what: 'got "2"' }],
    [
      "a field of a number",
      [{ op: "add", path: "/spec/replicas/a", value: 1 }],
      { path: "spec.replicas", what: 'the pointer stops matching: 1 holds no "a"' },
    ],
    [
      "the removal of what is not there",
      [{ op: "remove", path: "/spec/paused" }],
      { what: 'there is no "paused"' },
    ],
    [
      "a test that fails",
      [{ op: "test", path: "/spec/replicas", value: 2 }],
      { path: "spec.replicas", what: "the test fails: it is 1", expected: "2" },
    ],
    [
      "a move into itself",
      [{ op: "move", from: "/spec/template", path: "/spec/template/spec" }],
      { what: "a value cannot move into itself" },
    ],
    [
      "an unknown operation",
      [{ op: "ad", path: "/spec" }],
      { what: 'there is no operation "ad"', fix: 'did you mean "add"' },
    ],
    [
      "a pointer without a slash",
      [{ op: "remove", path: "spec" }],
      { what: 'path is "spec"', fix: "start path with /" },
    ],
    ["a stray ~", [{ op: "remove", path: "/a~2" }], { what: 'path is "/a~2"' }],
    ["no value", [{ op: "add", path: "/spec/paused" }], { what: "there is no value" }],
    ["no source", [{ op: "copy", path: "/spec/paused" }], { what: "from is missing" }],
    ["the whole object", [{ op: "remove", path: "" }], { what: "the pointer names the whole object" }],
    ["no list", { op: "remove" }, { what: "got no list of operations" }],
    [
      "another name",
      [{ op: "replace", path: "/metadata/name", value: "x" }],
      { path: "metadata.name", what: "cannot turn" },
    ],
    [
      "no metadata",
      [{ op: "remove", path: "/metadata" }],
      { path: "metadata.name", what: "cannot turn Deployment/shop" },
    ],
    [
      "a prototype",
      [{ op: "add", path: "/__proto__/polluted", value: 1 }],
      { what: 'the pointer stops matching: there is no "__proto__"' },
    ],
  ];
  test.each(refused)("%s is refused", (_name, operations, { path, what, expected, fix = "" }) => {
    const problems = problemsOf({ patches: [jsonPatch(deployment, operations as JsonOperation[])] });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(what);
    expect(problems[0]?.fix).toContain(fix);
    expect(problems[0]).toMatchObject({
      object: "Deployment/shop",
      ...(path && { path }),
      ...(expected && { expected }),
    });
  });

  test("disagrees with other patches of its layer, whatever their form", () => {
    const image = patch(deployment, {
      spec: { template: { spec: { containers: { web: { image: "a" } } } } },
    });
    const other = jsonPatch(deployment, [{ op: "replace", path: `${web}/image`, value: "b" }]);
    expect(problemsOf({ patches: [image, other] })[0]).toMatchObject({
      path: "spec.template.spec.containers[web].image",
      what: 'operation 0 (replace "/spec/template/spec/containers/0/image"): two patches of this layer disagree: "a" and "b"',
    });
    const winner = jsonPatch(deployment, [{ op: "replace", path: `${web}/image`, value: "b" }], {
      override: true,
    });
    const composed = compose(overlay({ base: shop, patches: [winner, image] }));
    expect(only(composed, "Deployment").spec?.template.spec?.containers[0]?.image).toBe("b");
  });

  test("cannot grow an object without end", () => {
    const custom = {
      apiVersion: "example.com/v1",
      kind: "Bar",
      metadata: { name: "a" },
      spec: { a: [1, 2, 3] },
    };
    const wide = Array.from({ length: 60 }, (_, index): JsonOperation => ({
      op: "copy",
      from: "/spec",
      path: `/spec/x${index}`,
    }));
    const deep = Array.from({ length: 5000 }, (): JsonOperation => ({
      op: "copy",
      from: "/spec",
      path: "/spec/a",
    }));
    for (const operations of [wide, deep]) {
      const problems = problemsOf(
        { patches: [jsonPatch(custom, operations)] },
        base({ resources: [custom] }),
      );
      expect(problems[0]?.what).toContain("a value of this size is not copied");
    }
  });

  test("may set any name as a field where names are free", () => {
    const change = jsonPatch(configMap, [{ op: "add", path: "/data/__proto__", value: "x" }]);
    const composed = compose(overlay({ base: shop, patches: [change] }));
    const { data = {} } = (composed.find(({ kind }) => kind === "ConfigMap") ?? {}) as { data?: object };
    expect(Object.entries(data)).toContainEqual(["__proto__", "x"]);
  });
});
