import { base, component, compose, ComposeError, external, overlay, patch } from "@atlas/compose";
import { fleet } from "@atlas/compose/fleet";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { describe, expect, test } from "vitest";
import * as fixtures from "./fixtures.ts";

const { deployment, shop } = fixtures;
const generator = configMapGenerator({ name: "a", literals: { a: "b" } });
const change = patch(deployment, { spec: { replicas: 2 } });
const environments = fleet({ rows: [{ a: "b" }], name: ({ a }) => a, overlay: () => shop });
const importing = "look for two files that import each other, or for an export of another name";

/** What people give by mistake, as what it is called, and how it is fixed. */
const slips: readonly (readonly [value: unknown, what: string, fix: string])[] = [
  [undefined, "undefined", importing],
  [false, "false", "give what is meant, or leave it out: ...(condition ? [it] : [])"],
  [null, "null", "give what is meant, or leave it out: ...(condition ? [it] : [])"],
  [() => shop, "a function", "call it"],
  ["../base", '"../base"', 'import what the file exports, and give that: import dev from "…"'],
  [Promise.resolve(shop), "a promise", "import it at the top of the file, or await it"],
  [fixtures, "a whole module, as `import * as` gives it", "take the one that is meant: it exports "],
  [[deployment], "a list", "put what is in it here itself: ...list"],
  [shop, "a layer", "stand on it: overlay({ base: it })"],
  [component({}), "a component", "list it among the `components` of a layer"],
  [environments, "a fleet", "export it by default"],
  [change, "a patch", "list it among the `patches` of a layer"],
  [generator, "a generator", "list it among the `generators` of a layer"],
  [deployment, "an object of Kubernetes", "list it among the `resources` of a layer"],
];

const problemsFound = (make: () => unknown): ComposeError["problems"] => {
  try {
    make();
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
};

/** As JavaScript takes it, in which no compiler has looked at the value. */
const untyped = (value: unknown): never => value as never;

/** The places that take something, what they take, and how a wrong value gets there. */
const slots: readonly (readonly [name: string, taken: RegExp, put: (value: unknown) => unknown])[] = [
  ["base", /^a layer$|^a list$/, (value) => compose(overlay({ base: untyped(value) }))],
  ["resources", /^an object of/, (value) => compose(base({ resources: [untyped(value)] }))],
  ["components", /^a component$/, (value) => compose(base({ components: [untyped(value)] }))],
  // Of lists, paths and objects of Kubernetes, patches say more.
  [
    "patches",
    /^a patch$|^an object of|^a list$|^undefined$|^null$|^"/,
    (value) => compose(base({ resources: [deployment], patches: [untyped(value)] })),
  ],
  ["generators", /^a generator$/, (value) => compose(base({ generators: [untyped(value)] }))],
  ["crds", /^an object of/, (value) => compose(base({ crds: [untyped(value)] }))],
  ["compose", /^a layer$/, (value) => compose(untyped(value))],
];

describe.each(slots)("%s: what is something else is named, and where it belongs:", (_slot, taken, put) => {
  test.each(slips.filter(([, what]) => !taken.test(what)))("%s", (value, what, fix) => {
    const [problem] = problemsFound(() => put(value));
    expect(problem?.what).toContain(what);
    expect(problem?.fix).toContain(fix);
    expect(problem?.expected).toBeTruthy();
  });
});

const builders = [base, overlay, component, fleet, configMapGenerator, secretGenerator, external];

describe.each(
  builders.map((builder) => [builder.name, builder as (...given: unknown[]) => unknown] as const),
)("%s() is given", (name, builder) => {
  test("nothing", () => {
    const [problem, ...others] = problemsFound(() => builder());
    expect([problem?.code, problem?.what, others]).toEqual([
      "argument-unexpected",
      `${name}() is given nothing`,
      [],
    ]);
    expect(problem?.fix).toMatch(/^state what it is to be made of: /);
    expect(problem?.places).toMatchObject([
      { label: "call", file: expect.stringContaining("mistaken.test") },
    ]);
  });

  const others = slips.filter(([value]) => name !== "external" || value !== deployment);
  test.each(others)("%s", (value, what) => {
    const [problem] = problemsFound(() => builder(value));
    expect([problem?.code, problem?.what]).toEqual(["argument-unexpected", `${name}() is given ${what}`]);
  });

  test("a number", () => {
    expect(problemsFound(() => builder(1))).toMatchObject([{ what: `${name}() is given 1` }]);
  });
});

describe.each([
  ["patch", patch],
  ["strategicMerge", strategicMerge],
  ["jsonPatch", jsonPatch],
])("%s() of what is no object:", (_name, make: (target: never, body: never) => unknown) => {
  const targets = slips.filter(([value]) => value !== deployment && value !== change);
  test.each(targets)("%s", (value, what) => {
    const body = make === jsonPatch ? [{ op: "remove", path: "/spec" }] : { spec: { replicas: 2 } };
    const wrong = make(untyped(value), untyped(body));
    const [problem] = problemsFound(() =>
      compose(base({ resources: [deployment], patches: [untyped(wrong)] })),
    );
    const isMissing = value === undefined || value === null;
    expect(problem?.what).toBe(isMissing ? "a patch has no target" : `the target of a patch is ${what}`);
    expect(problem?.fix).toBeTruthy();
  });
});

test.each<[path: string, fix: string]>([
  ["kustomization.yaml", "name the object that the file holds: external("],
  ["./deployment.yml", "name the object that the file holds: external("],
  ["../../base", 'import what the file exports, and give that: import dev from "…"'],
])("a path among the resources: %s", (path, fix) => {
  const [problem] = problemsFound(() => compose(base({ resources: [untyped(path)] })));
  expect([problem?.path, problem?.what]).toEqual([
    "resources[0]",
    `got ${JSON.stringify(path)}, not a Kubernetes object`,
  ]);
  expect(problem?.fix).toContain(fix);
});

test("the file of an object is a URL", () => {
  const named = external(deployment, untyped("./a.yaml"));
  expect(problemsFound(() => compose(base({ resources: [named] })))).toMatchObject([
    {
      what: 'the file of the object is the text "./a.yaml", not a URL',
      fix: expect.stringContaining("import.meta.url"),
    },
  ]);
});
