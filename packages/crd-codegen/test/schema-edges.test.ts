import { describe, expect, test } from "vitest";
import { pruned } from "../src/runtime/complete.ts";
import { resolver, type Definitions, type Schema } from "../src/runtime/schema.ts";
import { hasFormat } from "../src/runtime/format.ts";
import { createValidator } from "../src/runtime/validator.ts";

const head = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" } };

/** What the validator of a schema for the field `a` says of a value of it: path, text, what was expected and what was there. */
function said(schema: Schema, a: unknown, definitions: Definitions = {}, more: object = {}): string[] {
  const { validate } = createValidator<object, object>(
    {
      apiVersion: head.apiVersion,
      kind: head.kind,
      scope: "Cluster",
      hasStatus: false,
      schema: { type: "object", properties: { a: schema } },
    },
    definitions,
  );
  return validate({ ...head, ...more, ...(a !== undefined && { a }) }).map(
    ({ path, message, expected, got, suggestion }) =>
      [path, message, expected, got, suggestion].filter((part) => part !== undefined).join("; "),
  );
}

const number = (limits: object): Schema => ({ type: "number", ...limits });
const texts = (limits: object): Schema => ({ type: "array", items: { type: "string" }, ...limits });

describe("the limits of a schema", () => {
  test.each<[schema: Schema, value: unknown, issue?: string]>([
    [number({ minimum: 2 }), 2],
    [number({ minimum: 2 }), 1.9, "a; the number is too small; at least 2; 1.9"],
    [number({ minimum: 2, exclusiveMinimum: true }), 2.1],
    [number({ minimum: 2, exclusiveMinimum: true }), 2, "a; the number is too small; more than 2; 2"],
    [number({ maximum: 2 }), 2],
    [number({ maximum: 2 }), 2.1, "a; the number is too large; at most 2; 2.1"],
    [number({ maximum: 2, exclusiveMaximum: true }), 1.9],
    [number({ maximum: 2, exclusiveMaximum: true }), 2, "a; the number is too large; less than 2; 2"],
    [number({ multipleOf: 3 }), 9],
    [number({ multipleOf: 3 }), 10, "a; the number is not a multiple; a multiple of 3; 10"],
    [{ type: "string", minLength: 2 }, "ab"],
    [{ type: "string", maxLength: 2 }, "ab"],
    // Characters are counted, not halves of them.
    [{ type: "string", maxLength: 2 }, "😀😀"],
    [texts({ minItems: 1 }), ["a"]],
    [texts({ maxItems: 1 }), ["a"]],
    [texts({ "x-kubernetes-list-type": "set" }), ["a", "b"]],
    [
      {
        type: "array",
        items: { type: "object", additionalProperties: { type: "string" } },
        "x-kubernetes-list-type": "set",
      },
      [
        { x: "1", y: "2" },
        { y: "2", x: "1" },
      ],
      'a[1]; the element stands twice; elements that differ; {"x":"1","y":"2"}',
    ],
    [{ type: "object", properties: {} }, { b: 1 }, 'a.b; the field "b" does not exist; no field'],
    [{ type: "object", additionalProperties: true }, { b: [1, {}] }],
    [
      { type: "object", additionalProperties: true },
      { b: [{ c: 1 }] },
      'a.b[0].c; the field "c" does not exist; no field',
    ],
    [{ type: "string" }, "x".repeat(70)],
    [{ type: "integer" }, "x".repeat(70), `a; the value has the wrong type; integer; "${"x".repeat(56)}…`],
  ])("%j of %j: %s", (schema, value, issue) => {
    expect(said(schema, value)).toEqual(issue === undefined ? [] : [issue]);
  });

  test("stand beside a reference to a definition, too", () => {
    const definitions = { Short: { type: "string", maxLength: 2 } } as const;
    expect(said({ $ref: "Short" }, "ab", definitions)).toEqual([]);
    expect(said({ $ref: "Short" }, "abc", definitions)).toEqual(
      said({ type: "string", maxLength: 2 }, "abc"),
    );
    expect(said({ $ref: "Short", minLength: 2 }, "a", definitions)).toEqual(
      said({ type: "string", minLength: 2 }, "a"),
    );
    expect(() => said({ $ref: "Long" }, "a", definitions)).toThrow(
      "the schema refers to Long, which is not declared",
    );
  });
});

test.each<[what: string, more: object, issue: string]>([
  [
    "a cluster-scoped object in a namespace",
    { metadata: { name: "a", namespace: "b" } },
    'metadata.namespace; the kind is cluster-scoped; no namespace; "b"',
  ],
  ["an object without a name", { metadata: {} }, 'metadata.name; the field "name" is required; a value'],
  [
    "a misspelt field",
    { aa: 1 },
    'aa; the field "aa" does not exist; one of: a, apiVersion, kind, metadata; a',
  ],
  [
    "half of a character in a name",
    { a: { "\ud800": 1 } },
    "a; the value is none that JSON can say; text, a number, true, false, null, a list, or an object with fields of its own; half of a character in the name of a field",
  ],
])("%s is an issue", (_what, more, issue) => {
  expect(said({ type: "object", additionalProperties: true }, undefined, {}, more)).toContain(issue);
});

test.each<[schema: Schema, value: unknown, kept: unknown]>([
  [{ type: "array" }, [1, { b: 1 }, [2, { b: 1 }]], [1, {}, [2, {}]]],
  [{ type: "array", "x-kubernetes-preserve-unknown-fields": true }, [1, { b: 1 }], [1, { b: 1 }]],
  [{ type: "object" }, { b: 1 }, {}],
  [
    { type: "object", additionalProperties: true },
    { b: { c: 1 }, d: [1] },
    { b: {}, d: [1] },
  ],
  [
    { type: "object", additionalProperties: { type: "object", properties: { c: {} } } },
    { b: { c: 1, d: 1 } },
    { b: { c: 1 } },
  ],
  [
    { type: "object", "x-kubernetes-embedded-resource": true },
    { apiVersion: "v1", kind: "A", metadata: { name: "b" }, spec: 1 },
    { apiVersion: "v1", kind: "A", metadata: { name: "b" } },
  ],
])("pruned by %j, %j is %j", (schema, value, kept) => {
  expect(pruned(value, schema, resolver({}))).toEqual(kept);
});

test("Standard Schema's issues say what was expected and what was meant", () => {
  const { "~standard": standard } = createValidator<object, object>(
    {
      apiVersion: head.apiVersion,
      kind: head.kind,
      scope: "Namespaced",
      hasStatus: false,
      schema: { type: "object", properties: { size: { type: "integer" } } },
    },
    {},
  );
  expect(standard.validate({ ...head, sise: 1 })).toEqual({
    issues: [
      {
        message:
          'the field "sise" does not exist; expected one of: size, apiVersion, kind, metadata; did you mean "size"?',
        path: ["sise"],
      },
    ],
  });
});

// Source: go-openapi/strfmt and k8s.io/apimachinery, as the API server has them.
describe("a text has the format", () => {
  test.each<[format: string, has: readonly string[], hasNot: readonly string[]]>([
    ["byte", ["YWJj", "YQ=="], ["YWJ", "a b c"]],
    ["cidr", ["10.0.0.0/8", "::1/128", "10.0.0.0/32"], ["10.0.0.0", "10.0.0.0/33", "::1/129", "a/8"]],
    ["date", ["2020-02-29", "2021-12-31"], ["2021-02-29", "2020-13-01", "2020-1-1", "2020-00-10"]],
    [
      "date-time",
      ["2020-02-29T23:59:59Z", "2020-01-01T00:00:00.123+02:00"],
      ["2020-01-01", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z"],
    ],
    ["duration", ["1h", "1m30s", "500ms", "3 days"], ["x", "1 parsec", ""]],
    ["email", ["a@b.c", "A B <a@b.c>"], ["a", "a@", "@b", "a b@c"]],
    ["hexcolor", ["#fff", "fff", "#ABCDEF"], ["#ff", "#ggg", "#fffff", "#fffffff"]],
    ["ipv4", ["1.2.3.4", "255.255.255.255", "0.0.0.0"], ["1.2.3", "256.1.1.1", "1.2.3.4.5", "1.2.3."]],
    [
      "ipv6",
      ["::", "::1", "1:2:3:4:5:6:7:8", "1::8", "::ffff:1.2.3.4"],
      ["1", "1:2:3:4:5:6:7", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "g::"],
    ],
    ["k8s-long-name", ["a", "a.b", "A", "a..b"], []],
    ["k8s-short-name", ["a", "a-b", "a.b", "A"], []],
    [
      "mac",
      ["01:23:45:67:89:ab", "01-23-45-67-89-AB", "0123.4567.89ab"],
      ["01:23:45:67:89", "01:23-45:67:89:ab", "0g:23:45:67:89:ab"],
    ],
    ["ssn", ["123-45-6789", "123 45 6789"], ["123456789", "123-456-789", "12-345-6789"]],
    ["uri", ["https://example.com/a", "/a"], ["a", "", "https://a b"]],
    [
      "uuid",
      ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B8109DAD11D180B400C04FD430C8"],
      ["6ba7b810", "6ba7b810-9dad-11d1-80b4-00c04fd430cg"],
    ],
    ["uuid3", ["6ba7b810-9dad-31d1-80b4-00c04fd430c8"], ["6ba7b810-9dad-41d1-80b4-00c04fd430c8"]],
    [
      "uuid4",
      ["6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
      ["6ba7b810-9dad-41d1-70b4-00c04fd430c8", "6ba7b810-9dad-51d1-80b4-00c04fd430c8"],
    ],
    [
      "uuid5",
      ["6ba7b810-9dad-51d1-90b4-00c04fd430c8"],
      ["6ba7b810-9dad-51d1-c0b4-00c04fd430c8", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
    ],
    ["one that nobody knows", ["anything"], []],
  ])("%s", (format, has, hasNot) => {
    expect(has.filter((text) => !hasFormat(text, format))).toEqual([]);
    expect(hasNot.filter((text) => hasFormat(text, format))).toEqual([]);
  });
});
