import { describe, expect, test } from "vitest";
import { predictUpdate, predictUpgrade, type Prediction } from "../src/upgrade.ts";

type Schema = Record<string, unknown>;
const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const object = (properties: Schema, more: Schema = {}): Schema => ({ type: "object", properties, ...more });
const rule = (said: string): Schema => ({ "x-kubernetes-validations": [{ rule: said, message: "broken" }] });

/** A CRD of which the spec has these fields. */
const crd = (fields: Schema, more: Schema = {}, version: Schema = {}): Schema => ({
  metadata: { name: "shops.example.com" },
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
          openAPIV3Schema: object({
            apiVersion: text,
            kind: text,
            metadata: { type: "object" },
            spec: object(fields, more),
          }),
        },
        ...version,
      },
    ],
  },
});

const shop = (spec: unknown): Schema => ({
  apiVersion: "example.com/v1",
  kind: "Shop",
  metadata: { name: "corner" },
  spec,
});

/** A prediction in a line. */
function line(one: Prediction): string {
  if (one.kind === "unchanged") return "unchanged";
  if (one.kind !== "refused") return `${one.kind} ${one.path} ${JSON.stringify(one.value)}`;
  const when = [...(one.onCreate ? ["create"] : []), ...(one.onUpdate ? ["update"] : [])].join(" ");
  return `refused ${one.path} (${when}): ${one.message}`;
}

const refused = (path: string, when: string, message: string): string =>
  `refused spec.${path} (${when}): ${message}`;

const cases: [string, { before: Schema; after: Schema; spec: unknown; want: string[] }][] = [
  ["nothing", { before: crd({ a: text }), after: crd({ a: text }), spec: { a: "x" }, want: ["unchanged"] }],
  [
    "a field that the object does not have",
    { before: crd({ a: text, b: text }), after: crd({ a: text }), spec: { a: "x" }, want: ["unchanged"] },
  ],
  [
    "a field removed",
    {
      before: crd({ a: { type: "array", items: object({ b: text, c: text }) } }),
      after: crd({ a: { type: "array", items: object({ c: text }) } }),
      spec: { a: [{ c: "x" }, { b: "x" }] },
      want: ['pruned spec.a[1].b "x"'],
    },
  ],
  [
    "what was kept unknown",
    {
      before: crd({ a: { type: "object", "x-kubernetes-preserve-unknown-fields": true } }),
      after: crd({ a: object({ b: text }) }),
      spec: { a: { b: "x", c: 1 } },
      want: ["pruned spec.a.c 1"],
    },
  ],
  [
    "a null that may be no more",
    {
      before: crd({ a: { ...text, nullable: true }, b: { ...text, nullable: true } }),
      after: crd({ a: text, b: { ...text, default: "x" } }),
      spec: { a: null, b: null },
      want: ["pruned spec.a null", 'defaulted spec.b "x"'],
    },
  ],
  [
    "a default",
    {
      before: crd({ a: text, b: text }),
      after: crd({ a: { ...text, default: "x" }, b: { ...text, default: "x" } }),
      spec: { a: "y" },
      want: ['defaulted spec.b "x"'],
    },
  ],
  [
    "another default, which the stored one stands before",
    {
      before: crd({ a: { ...whole, default: 1 } }),
      after: crd({ a: { ...whole, default: 2 } }),
      spec: {},
      want: ["unchanged"],
    },
  ],
  [
    "an enumeration narrowed",
    {
      before: crd({ a: text }),
      after: crd({ a: { ...text, enum: ["y"] } }),
      spec: { a: "x" },
      want: [refused("a", "create", "the value is not allowed")],
    },
  ],
  [
    "another type",
    {
      before: crd({ a: text }),
      after: crd({ a: whole }),
      spec: { a: "x" },
      want: [refused("a", "create", "the value has the wrong type")],
    },
  ],
  [
    "a field required",
    {
      before: crd({ a: text }),
      after: crd({ a: text }, { required: ["a"] }),
      spec: {},
      want: [refused("a", "create", 'the field "a" is required')],
    },
  ],
  [
    "what was wrong before",
    {
      before: crd({ a: { ...text, maxLength: 1 } }),
      after: crd({ a: { ...text, maxLength: 2 } }),
      spec: { a: "xxx" },
      want: ["unchanged"],
    },
  ],
  [
    "a rule",
    {
      before: crd({ a: whole }),
      after: crd({ a: { ...whole, ...rule("self > 1") } }),
      spec: { a: 1 },
      want: [refused("a", "create", "broken")],
    },
  ],
  [
    "a rule that cannot be evaluated, which nothing excuses",
    {
      before: crd({ a: object({ b: whole }) }),
      after: crd({ a: object({ b: whole }, rule("self.b > 1")) }),
      spec: { a: {} },
      want: [refused("a", "create update", "the rule cannot be evaluated: No such key: b")],
    },
  ],
  [
    "a rule about the change",
    {
      before: crd({ a: whole }),
      after: crd({ a: { ...whole, ...rule("self > oldSelf") } }),
      spec: { a: 1 },
      want: [refused("a", "update", "broken")],
    },
  ],
  [
    "elements that stand twice",
    {
      before: crd({ a: { type: "array", items: whole } }),
      after: crd({ a: { type: "array", items: whole, "x-kubernetes-list-type": "set" } }),
      spec: { a: [1, 1] },
      want: [refused("a[1]", "create", "the element stands twice")],
    },
  ],
  [
    "a version",
    {
      before: crd({ a: text }),
      after: crd({ a: text }, {}, { name: "v2" }),
      spec: { a: "x" },
      want: ["refused apiVersion (create update): the version is not served any more"],
    },
  ],
];

describe("what becomes of an object by a CRD that changes in", () => {
  test.each(cases)("%s", (_name, { before, after, spec, want }) =>
    expect(predictUpgrade(before, after, shop(spec)).map(line)).toEqual(want),
  );
});

test("names the version that is served in the place of another", () => {
  const [found] = predictUpgrade(crd({}), crd({}, {}, { name: "v2" }), shop({}));
  expect(found).toMatchObject({ expected: "one of: example.com/v2", suggestion: "example.com/v2" });
});

describe("an update", () => {
  const after = crd(
    {
      a: { ...text, enum: ["x"] },
      b: text,
      list: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        items: object({ name: text, size: { ...whole, maximum: 1 } }, { required: ["name"] }),
      },
      plain: { type: "array", items: { ...whole, maximum: 1 } },
      branch: { allOf: [{ maximum: 1 }], ...whole },
    },
    { allOf: [{ properties: { branch: { maximum: 1 } } }] },
  );
  const stored = { a: "old", list: [{ name: "p", size: 5 }, { name: "q" }], plain: [5] };
  const updates: [string, unknown, string[]][] = [
    ["changes nothing", stored, []],
    ["changes something else", { ...stored, b: "new" }, []],
    ["changes what is wrong, and it stays wrong", { ...stored, a: "other" }, ["spec.a"]],
    ["puts right what is wrong", { ...stored, a: "x" }, []],
    [
      "moves elements that are told by their keys",
      { ...stored, list: [{ name: "q" }, { name: "p", size: 5 }] },
      [],
    ],
    [
      "adds such an element",
      { ...stored, list: [{ name: "r", size: 5 }, ...stored.list] },
      ["spec.list[0].size"],
    ],
    ["adds to a list without keys", { ...stored, plain: [1, 5] }, ["spec.plain[1]"]],
  ];
  test.each(updates)("that %s", (_name, spec, want) =>
    expect(predictUpdate(after, shop(stored), shop(spec)).issues.map(({ path }) => path)).toEqual(want),
  );

  test("excuses nothing in alternatives of what changes", () => {
    const { issues } = predictUpdate(after, shop({ branch: 5 }), shop({ branch: 5, b: "new" }));
    expect(issues.map(({ path }) => path)).toEqual(["spec.branch"]);
  });

  test("is kept without what the definition does not know", () =>
    expect(predictUpdate(after, shop({}), shop({ b: "x", c: 1 })).object).toEqual(shop({ b: "x" })));

  test("of a version that is not served is an error", () =>
    expect(() => predictUpdate(after, { ...shop({}), apiVersion: "example.com/v0" }, shop({}))).toThrow(
      'the definition does not serve "example.com/v0"',
    ));
});
