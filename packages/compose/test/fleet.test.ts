import { base, compose, ComposeError, component, overlay, patch, type Layer } from "@atlas/compose";
import { fleet, membersOf, type Fleet } from "@atlas/compose/fleet";
import { configMapGenerator } from "@atlas/compose/generators";
import { describe, expect, test } from "vitest";
import { deployment, only, shop } from "./fixtures.ts";

/** A fleet of rows that no type has looked at. */
const untypedFleet = (rows: unknown, more: object = {}): Fleet => ({
  type: "fleet",
  rows: rows as never,
  fields: { cluster: "string", region: ["eu", "us"], "replicas?": "integer", "paused?": "boolean" },
  name: ({ cluster, region }: { cluster: string; region: string }) => `${cluster}-${region}`,
  overlay: () => shop,
  ...more,
});

function problemsOf(given: Fleet): string[] {
  try {
    membersOf(given, given.rows);
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return error.problems.map(({ path, what, expected, fix }) => [path, what, expected, fix].join("; "));
  }
  return [];
}

test("a fleet has a member for each row, in their order, with the row's layer", () => {
  const members = membersOf(
    fleet({
      rows: [],
      fields: { cluster: "string", "replicas?": "integer" },
      name: ({ cluster }) => cluster,
      overlay: ({ replicas = 1 }) =>
        overlay({ base: shop, patches: [patch(deployment, { spec: { replicas } })] }),
    }),
    Object.freeze([Object.freeze({ cluster: "b", replicas: 3 }), Object.freeze({ cluster: "a" })]),
  );
  expect(members.map(({ name, path }) => [name, path])).toEqual([
    ["b", "rows[0]"],
    ["a", "rows[1]"],
  ]);
  const replicas = members.map((member) => only(compose(member.overlay()), "Deployment").spec?.replicas);
  expect(replicas).toEqual([3, 1]);
});

describe("a field that no layer is made of", () => {
  const rows = [
    { cluster: "a", region: "eu", replicas: 2 },
    { cluster: "b", region: "us" },
  ];
  type Row = (typeof rows)[number];
  const table: [string, { overlay: (row: Row) => Layer; want: string[] }][] = [
    ["is refused", { overlay: () => shop, want: ["rows[0].replicas"] }],
    [
      "is read by taking the row apart",
      { overlay: ({ replicas }) => (replicas === 0 ? shop : shop), want: [] },
    ],
    ["is read by a copy", { overlay: (row) => (structuredClone(row), shop), want: [] }],
    [
      "is read for some rows alone",
      { overlay: (row) => (row.cluster === "a" && row.replicas ? shop : shop), want: [] },
    ],
  ];
  test.each(table)("%s", (_name, { overlay: made, want }) => {
    const members = membersOf(untypedFleet(rows, { overlay: made }), rows);
    // One alone does not tell, however often its layer is made.
    expect([0, 0].map(() => members[0]?.overlay())).toEqual([shop, shop]);
    let found: unknown = [];
    try {
      members[1]?.overlay();
    } catch (error) {
      if (!(error instanceof ComposeError)) throw error;
      found = error.problems.map(({ path }) => path);
    }
    expect(found).toEqual(want);
  });
});

describe("what is refused", () => {
  const row = { cluster: "a", region: "eu" };
  const table: [string, { given: Fleet; want: string[] }][] = [
    [
      "no table",
      { given: untypedFleet({}), want: ["rows; got an object; a list of objects, one for each environment"] },
    ],
    [
      "fields that a fleet does not have, and functions that are none",
      {
        given: untypedFleet([row], { feilds: {}, overlay: shop }),
        want: ['feilds; the field "feilds" does not exist', "overlay; got an object; a function of a row"],
      },
    ],
    [
      "values that are undefined",
      {
        given: untypedFleet([{ ...row, replicas: undefined }]),
        want: ["rows[0].replicas; the value is undefined"],
      },
    ],
    [
      "values that are undefined, of no declared type",
      {
        given: untypedFleet([{ ...row, zone: undefined }], { fields: undefined }),
        want: ["rows[0].zone; the value is undefined"],
      },
    ],
    ["no row", { given: untypedFleet([]), want: ["rows; the fleet has no row"] }],
    [
      "rows that are none",
      {
        given: untypedFleet([null, "a", ["a"], new Map()]),
        want: [
          "rows[0]; got null; an object with the fields cluster, region, replicas, paused",
          'rows[1]; got "a"',
          "rows[2]; got a list",
          'rows[3]; the field "cluster" is missing',
          'rows[3]; the field "region" is missing',
        ],
      },
    ],
    [
      "misspelt and missing fields, all of them",
      {
        given: untypedFleet([{ clutser: "a", region: "eu" }, row, { cluster: "b" }]),
        want: [
          'rows[0].clutser; the field "clutser" does not exist; one of: cluster, region, replicas, paused; did you mean "cluster"?',
          'rows[0]; the field "cluster" is missing; text; state cluster',
          'rows[2]; the field "region" is missing; one of: eu, us; state region',
        ],
      },
    ],
    [
      "values of another type",
      {
        given: untypedFleet([{ cluster: 12, region: "ue", replicas: "3", paused: 1 }]),
        want: [
          "rows[0].cluster; got 12; text; quote it",
          'rows[0].region; got "ue"; one of: eu, us; did you mean "eu"?',
          'rows[0].replicas; got "3"; an integer; take the quotes off, or correct it',
          "rows[0].paused; got 1; true or false; correct it",
        ],
      },
    ],
    [
      "words that are written as numbers",
      {
        given: untypedFleet(
          [1.31, 1.4].map((k8s) => ({ ...row, k8s })),
          {
            fields: {
              cluster: "string",
              region: ["eu", "us"],
              "replicas?": "integer",
              k8s: ["1.31", "1.33"],
            },
          },
        ),
        want: [
          'rows[0].k8s; got 1.31; one of: "1.31", "1.33"; quote it: "1.31"',
          'rows[1].k8s; got 1.4; one of: "1.31", "1.33"',
        ],
      },
    ],
    [
      "numbers that are no integers",
      {
        given: untypedFleet([1.5, 2 ** 60, Number.NaN].map((replicas) => ({ ...row, replicas }))),
        want: ["rows[0].replicas; got 1.5", "rows[1].replicas; got 115", "rows[2].replicas; got null"],
      },
    ],
    [
      "a field __proto__",
      {
        given: untypedFleet([JSON.parse('{ "__proto__": { "cluster": "a" }, "region": "eu" }')]),
        want: [
          'rows[0].__proto__; the field "__proto__" does not exist',
          'rows[0]; the field "cluster" is missing',
        ],
      },
    ],
    [
      "a field __proto__ where rows have any fields",
      {
        given: untypedFleet([JSON.parse('{ "__proto__": 1 }')], { fields: undefined }),
        want: ['rows[0].__proto__; the field "__proto__" does not exist'],
      },
    ],
    [
      "a type of a field that there is not",
      {
        given: untypedFleet([row], { fields: { cluster: "strin", region: [] } }),
        want: [
          'fields.cluster; "strin" is not a type of a field; one of: string, integer, number, boolean; or a list of words; did you mean "string"?',
          "fields.region; a list is not a type of a field",
        ],
      },
    ],
    [
      "a name() that throws, gives nothing or gives a promise",
      {
        given: untypedFleet([{ fails: true }, { name: "a" }, {}, { name: Promise.resolve("b") }], {
          fields: undefined,
          name({ fails, name }: { fails?: boolean; name: string }) {
            if (fails) throw new RangeError("no such cluster");
            return name;
          },
        }),
        want: [
          "rows[0]; name() threw RangeError: no such cluster",
          "rows[2]; name() gives undefined; a DNS label",
          "rows[3]; name() gives an object",
        ],
      },
    ],
    [
      "a name that another row has, with both rows",
      {
        given: untypedFleet([row, { cluster: "b", region: "us" }, { ...row, replicas: 2 }, row]),
        want: [
          'rows[2]; the name "a-eu" is that of rows[0] too; a name of its own for each row',
          'rows[3]; the name "a-eu" is that of rows[0] too',
        ],
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    const problems = problemsOf(given);
    expect(problems).toHaveLength(want.length);
    for (const [index, text] of want.entries()) expect(problems[index]).toContain(text);
  });

  test.each([
    "../../etc",
    "a/b",
    String.raw`a\b`,
    "..",
    "",
    "A",
    "a b",
    "-a",
    "a-",
    "a\n",
    "kustomization.yaml",
    "a".repeat(64),
  ])("the name %j, which is not a DNS label", (name) => {
    const given = fleet({ rows: [{ name }], name: (named) => named.name, overlay: () => shop });
    expect(problemsOf(given)).toEqual([
      expect.stringContaining(`name() gives ${JSON.stringify(name)}; a DNS label`),
    ]);
  });
});

describe("layers that stand on one", () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "gadgets.example.com" },
    spec: { names: { kind: "Gadget" }, scope: "Cluster", versions: [] },
  };
  const gadget = { apiVersion: "example.com/v1", kind: "Gadget", metadata: { name: "one" } };
  const feature = component({
    generators: [configMapGenerator({ name: "settings", literals: { COLOR: "red" } })],
    annotations: { "example.com/feature": "on" },
  });
  const shared = overlay({
    base: shop,
    components: [feature],
    resources: [gadget],
    namespace: "shared",
    labels: [{ pairs: { team: "shop" }, templates: true }],
  });
  const layers: [string, Layer][] = [
    ["nothing", overlay({ base: shared })],
    ["a namespace", overlay({ base: shared, namespace: "a" })],
    ["another namespace", overlay({ base: shared, namespace: "b" })],
    ["a patch", overlay({ base: shared, patches: [patch(deployment, { spec: { replicas: 7 } })] })],
    ["labels", overlay({ base: shared, labels: [{ pairs: { cluster: "a" }, selectors: true }] })],
    ["the feature once more elsewhere", overlay({ base: shop, components: [feature] })],
    ["a CRD for what is below", overlay({ base: shared, crds: [crd], namespace: "a" })],
    ["nothing, once more", overlay({ base: shared })],
    ["a base by itself", base({ resources: [gadget] })],
  ];

  test("come to the same, in whatever order, as each by itself", () => {
    const alone = layers.map(([, layer]) => compose(layer));
    for (const order of [layers, layers.toReversed()]) {
      const known = new WeakMap();
      const together = new Map(order.map(([name, layer]) => [name, compose(layer, undefined, known)]));
      for (const [index, [name]] of layers.entries()) expect(together.get(name), name).toEqual(alone[index]);
    }
  });

  test("share no object that one of them could change", () => {
    const known = new WeakMap();
    const [one, two] = [0, 1].map(() => compose(overlay({ base: shared }), undefined, known));
    for (const object of one ?? []) expect(two).not.toContain(object);
  });

  test("say what is wrong below them each", () => {
    const known = new WeakMap();
    const broken = overlay({ base: shop, images: [{ name: "example/none", version: "1" }] });
    for (let round = 0; round < 2; round++)
      expect(() => compose(overlay({ base: broken }), undefined, known)).toThrow("matches no container");
  });
});
