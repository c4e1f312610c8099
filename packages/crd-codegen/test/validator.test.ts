import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { hasFormat } from "../src/runtime/format.ts";
import { readLinearPattern } from "../src/runtime/linear-pattern.ts";
import type { ValidationIssue } from "../src/runtime/issue.ts";
import { isQuantity } from "../src/runtime/cel/quantity.ts";
import { rulesRunner } from "../src/runtime/cel/rules.ts";
import { resolver, type Schema } from "../src/runtime/schema.ts";
import { createValidator } from "../src/runtime/validator.ts";
import { canonical } from "../src/model/schema.ts";
import { InputError, validatorsOf } from "../src/validators.ts";
import { gadgetCrd } from "./gadget-crd.ts";
import { gadgetSpecs } from "./gadgets.ts";
import { patterns } from "./patterns.ts";

interface Gadget {
  readonly spec?: unknown;
}

const gadget =
  validatorsOf(parse(gadgetCrd)).get("v1") ?? expect.unreachable("the definition serves a version v1");
const completed = (object: Gadget): Gadget => gadget.complete(object);
const head = { apiVersion: "features.example.com/v1", kind: "Gadget", metadata: { name: "g1" } };

/** All that an issue says. */
const textOf = ({ path, message, expected, got, suggestion }: ValidationIssue): string =>
  [
    `${path}: ${message}`,
    expected && `expected ${expected}`,
    got && `got ${got}`,
    suggestion && `did you mean ${suggestion}`,
  ]
    .filter(Boolean)
    .join("; ");

const lines = (name: string): string[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split("\n");

/**
 * What kube-apiserver 1.34.4 said of each object when it was created with strict field validation, against the CRD of
 * these tests: false, or the spec as it was kept. apps/e2e asks it again, and records it.
 */
const verdicts = lines("api-server-verdicts.jsonl").map((line): readonly [Gadget, unknown] =>
  JSON.parse(line),
);

describe("agrees with the API server", () => {
  test.each(verdicts)("%j", (written, verdict) => {
    const object = { ...head, ...written };
    const issues = gadget.validate(object);
    expect(issues.length === 0, JSON.stringify(issues)).toBe(verdict !== false);
    if (verdict === false) expect(issues.map(textOf).join("\n")).toMatchSnapshot();
    else expect(completed(object).spec).toEqual(verdict);
  });
});

/** For each of two thousand more: refused, or the first digits of the SHA-256 of the spec as it was kept. */
const hashes = lines("api-server-verdicts.txt");

test("agrees with the API server on two thousand generated objects", () => {
  const differing = gadgetSpecs(hashes.length).filter((spec, index) => {
    const object = { ...head, spec };
    const ours = gadget.validate(object).length > 0 ? "refused" : hash(completed(object).spec);
    return ours !== hashes[index];
  });
  expect(differing).toEqual([]);
  expect(hashes.filter((verdict) => verdict !== "refused").length).toBeGreaterThan(200);
});

const hash = (spec: unknown): string =>
  createHash("sha256").update(canonical(spec)).digest("hex").slice(0, 8);

describe("a change", () => {
  test.each<[string, unknown, unknown, string[]]>([
    ["of what is immutable", { frozen: "a" }, { frozen: "b" }, ["spec.frozen: is immutable"]],
    ["of nothing", { frozen: "a" }, { frozen: "a" }, []],
    ["from nothing", {}, { frozen: "b" }, []],
    [
      "of an element, found by its keys",
      { ports: [{ number: 5 }, { number: 6, name: "a" }] },
      { ports: [{ number: 6, name: "b" }, { number: 5 }] },
      [],
    ],
    ["with an earlier object, where a rule takes none", {}, { never: "x" }, []],
    [
      "without an earlier object, where a rule takes none",
      undefined,
      { never: "x" },
      ["spec: never at first"],
    ],
  ])("%s", (_name, before, after, want) => {
    const old = before === undefined ? undefined : { ...head, spec: before };
    const issues = gadget.validate({ ...head, spec: after }, old);
    expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual(want);
  });
});

test.each<[string, unknown, object]>([
  [
    "a rule's message is computed, and stands where the rule says",
    { replicas: 1, minReplicas: 2 },
    { path: "spec.replicas", message: "somewhat below the least" },
  ],
  [
    "a rule without a message is its own",
    { ratio: 3 },
    { path: "spec", message: "failed rule: !has(self.ratio) || self.ratio < 2.5" },
  ],
  ["a field that is nearly right", { tgs: [] }, { path: "spec.tgs", suggestion: "tags" }],
  [
    "alternatives are named by what they demand",
    { source: {} },
    { path: "spec.source", expected: "exactly one of: with file, with url, with inline" },
  ],
])("%s", (_name, spec, want) => {
  expect(gadget.validate({ ...head, spec })).toMatchObject([want]);
});

test("the object that is given stays as it is", () => {
  const object = Object.freeze({ ...head, spec: Object.freeze({ open: Object.freeze({ x: 1 }) }) });
  gadget.validate(object);
  expect(gadget.complete(object)).not.toBe(object);
  expect(object.spec).toEqual({ open: { x: 1 } });
});

test("a rule that only the API server can run is left to it", () => {
  const rules: Schema = {
    type: "object",
    "x-kubernetes-validations": [{ rule: "self.a.fromANewerServer() > 1" }],
  };
  const run = rulesRunner(resolver({}));
  expect(run(rules["x-kubernetes-validations"] ?? [], rules, { a: "1.0.0" }, undefined, "")).toEqual([]);
});

const issuesOf = (rule: string, self: string) =>
  rulesRunner(resolver({}), readLinearPattern)([{ rule }], { type: "string" }, self, undefined, "");

describe("a rule that holds a text against a pattern", () => {
  test.each(patterns)("has Go's verdict on %s", (pattern, found, missing) => {
    for (const call of ["self.matches(", "matches(self, "]) {
      const rule = `${call}${JSON.stringify(pattern)})`;
      expect(found.filter((text) => issuesOf(rule, text).length > 0)).toEqual([]);
      expect(missing.filter((text) => issuesOf(rule, text).length === 0)).toEqual([]);
    }
  });

  test.each<[string, string, boolean]>([
    ["[self].all(text, text.matches('(?i)^AB$'))", "ab", true],
    [String.raw`[self].exists(text, !text.matches(r'^\Aa\d\z'))`, "a1", false],
    ["self . matches ( '''^'.matches(x)$''' )", "'.matchesx", true],
    [`self == "'.matches('" && self.matches("^'") // .matches(`, "'.matches('", true],
    ["self.find('(?i)B+') == 'bb'", "abbc", true],
    ["self.findAll('(?P<x>[[:digit:]])', 2) == ['1', '2']", "1a23", true],
    ["self.findAll('a*') == ['', 'aa', '']", "baac", true],
    ["self.matches('^(a+)+$')", `${"a".repeat(50_000)}!`, false],
  ])("%s", (rule, self, want) => expect(issuesOf(rule, self)).toHaveLength(want ? 0 : 1));

  test("fails with a pattern that is none", () =>
    expect(issuesOf("self.matches('(?=a)')", "a")[0]?.message).toContain("cannot be evaluated"));

  test("is left to the API server where nothing reads patterns", () => {
    const run = rulesRunner(resolver({}));
    expect(run([{ rule: "self.matches('a')" }], { type: "string" }, "b", undefined, "")).toEqual([]);
  });
});

describe("no text keeps a validator busy", () => {
  const formats =
    "bsonobjectid byte cidr creditcard date date-time duration email hexcolor hostname ipv4 ipv6 isbn isbn10 isbn13 mac rgbcolor ssn uri uuid";
  const units = ["1", "a", " ", ".", "-", ":", "<", '"', "1.", "a.", "1 ", "1h", "%", "😀"];

  test.each(formats.split(" "))("of the format %s", (format) => {
    const start = performance.now();
    for (const unit of units) hasFormat(`${unit.repeat(300_000)}!`, format);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("that a rule takes for a quantity", () => expect(isQuantity(`${"1".repeat(500_000)}!`)).toBe(false));

  test("in the place of a name", () => {
    const start = performance.now();
    expect(gadget.validate({ ...head, spec: { ["a".repeat(1_000_000)]: 1 } })).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("that a pattern is asked of", () => {
    const text: Schema = { type: "string", pattern: "^(a+)+$" };
    const slow = createValidator<object, object>(
      {
        apiVersion: "example.com/v1",
        kind: "Slow",
        scope: "Namespaced",
        hasStatus: false,
        schema: { type: "object", properties: { text } },
      },
      {},
      { readPattern: readLinearPattern },
    );
    const object = { apiVersion: "example.com/v1", kind: "Slow", metadata: { name: "a" } };
    expect(slow.validate({ ...object, text: "aaaa" })).toEqual([]);
    expect(slow.validate({ ...object, text: `${"a".repeat(50_000)}!` })).toMatchObject([
      { path: "text", message: "the text does not match", expected: "^(a+)+$" },
    ]);
  });
});

const nested = (depth: number, open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);
const circle: unknown[] = [];
circle.push(circle);

describe.each([
  ["lists", nested(50_000, "[", "]")],
  ["objects", nested(50_000, '{"a":', "}")],
  ["lists that hold themselves", circle],
])("more than 500 nested %s", (_what, value) => {
  const message = "the value nests more than 500 levels, or holds itself";

  test.each<[string, unknown]>([
    ["as the object", value],
    ["as its metadata", { ...head, metadata: value }],
    ["as a label", { ...head, metadata: { name: "a", labels: { a: value } } }],
    ["as its status", { ...head, status: value }],
    ["as a known field", { ...head, spec: { tags: value } }],
    ["as a field of any type", { ...head, spec: { open: { a: value } } }],
    ["as a field that does not exist", { ...head, other: value }],
  ])("are an issue %s, and nothing else", (_where, object) => {
    expect(gadget.validate(object)).toMatchObject([{ path: "", message, expected: "at most 500 levels" }]);
    expect(gadget["~standard"].validate(object)).toMatchObject({ issues: [{ path: [] }] });
    expect(() => gadget.complete(object as never)).toThrow(
      new TypeError(`${message}; expected at most 500 levels`),
    );
  });

  test("are an issue as the object that another replaces", () =>
    expect(gadget.validate({ ...head, spec: {} }, { ...head, spec: { open: { a: value } } })).toMatchObject([
      { path: "", message: `of the earlier object, ${message}` },
    ]));
});

test("four hundred nested lists are taken", () => {
  const object = { ...head, spec: { open: { a: nested(400, "[", "]") } } };
  expect(gadget.validate(object)).toEqual([]);
  expect(gadget.complete(object)).toMatchObject({ spec: { open: object.spec.open } });
});

class Model {
  readonly a = 1;
  method(): number {
    return this.a;
  }
}
class Getter {
  get a(): number {
    return 1;
  }
}

describe("what JSON cannot say", () => {
  test.each<[string, unknown, string | undefined]>([
    ["inherited fields", Object.create({ a: 1 }), 'an object that inherits its field "a"'],
    [
      "fields inherited from far",
      Object.create(Object.create({ a: 1 })),
      'an object that inherits its field "a"',
    ],
    ["a field of a class", new Getter(), 'an object that inherits its field "a"'],
    ["a map", new Map(), "a Map"],
    ["a date", new Date(0), "a Date"],
    ["a function", () => 1, "a function"],
    ["a bigint", 1n, "a bigint"],
    ["not a number", Number.NaN, "NaN"],
    ["half of a character", "\ud800", "half of a character"],
    ["an object of a class with methods", new Model(), undefined],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), undefined],
    ["an object of another realm", runInNewContext("({ a: [1] })"), undefined],
    ["nothing", undefined, undefined],
  ])("%s", (_name, value, got) => {
    const message = "the value is none that JSON can say";
    const object = { ...head, spec: { open: { deep: [{ x: value }] } } };
    const want = got === undefined ? [] : [{ path: "spec.open.deep[0].x", message, got }];
    expect(gadget.validate(object)).toMatchObject(want);
    if (got === undefined) gadget.complete(object);
    else expect(() => gadget.complete(object)).toThrow(`spec.open.deep[0].x: ${message}`);
  });

  test.each<[string, object]>([
    ["", Object.create({ ...head, spec: {} })],
    ["metadata", { ...head, metadata: Object.create(head.metadata) }],
    ["spec", { ...head, spec: Object.create({ minReplicas: 1 }) }],
    ["spec.tuning", { ...head, spec: { tuning: Object.create({ retries: 1 }) } }],
    ["status", { ...head, status: Object.create({ a: 1 }) }],
  ])("is refused where it is inherited by %j", (path, object) =>
    expect(gadget.validate(object)).toContainEqual(
      expect.objectContaining({ path, got: expect.stringContaining("inherits its field") }),
    ),
  );
});

test("implements Standard Schema", () => {
  const { validate, version } = gadget["~standard"];
  expect(version).toBe(1);
  const good = { ...head, spec: {} };
  expect(validate(good)).toEqual({ value: good });
  expect(validate({ ...head, spec: { ports: [{ number: "1" }] } })).toEqual({
    issues: [
      { message: "the value has the wrong type; expected integer", path: ["spec", "ports", 0, "number"] },
    ],
  });
});

test.each([undefined, null, 1, "x", [], () => 1, Object.create(null), new Map(), { spec: { anything: 1n } }])(
  "any value at all is judged: %o",
  (value) => expect(gadget.validate(value).length).toBeGreaterThan(0),
);

const crd = (...versions: object[]) => ({
  metadata: { name: "gadgets.example.com" },
  spec: { ...parse(gadgetCrd).spec, versions },
});

describe("the validators of a definition that is known at run time", () => {
  const schema = { openAPIV3Schema: { type: "object" } };

  test("are those of the versions that are served, and one without a schema has none", () => {
    const validators = validatorsOf(
      crd({ name: "v1", schema }, { name: "v2", served: false, schema }, { name: "v3" }),
    );
    expect([...validators].map(([name, validator]) => [name, validator?.apiVersion])).toEqual([
      ["v1", "features.example.com/v1"],
      ["v3", undefined],
    ]);
  });

  test("are none for schemas that an API server refuses, all of which are named", () => {
    const broken = { openAPIV3Schema: { type: "object", properties: { a: {}, b: { type: "text" } } } };
    const attempt = () => validatorsOf(crd({ name: "v1", schema: broken }, { name: "v2", schema: broken }));
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(/versions\[0\].*properties\.a[^]*versions\[1\].*properties\.b/);
  });

  test.each([{}, { spec: 1 }, { spec: { versions: [null, 1] } }])("are none for %j", (given) => {
    expect(validatorsOf(given).size).toBe(0);
  });
});
