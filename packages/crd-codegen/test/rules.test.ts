import { describe, expect, test } from "vitest";
import { readLinearPattern } from "../src/runtime/linear-pattern.ts";
import { rulesRunner } from "../src/runtime/cel/rules.ts";
import { resolver, type Schema } from "../src/runtime/schema.ts";

const run = rulesRunner(resolver({}), readLinearPattern);
/** What is said of a value that the rule is about: nothing where it holds. */
const said = (rule: string, self: unknown, schema: Schema = {}): string[] =>
  run([{ rule }], schema, self, undefined, "").map(({ message }) => message);
const failed = (rule: string): string => `failed rule: ${rule}`;

// The examples of the functions' own documentation (Kubernetes, "Common Expression Language in Kubernetes"; cel-go,
// "ext") and their edges. Each stands for itself and, negated, for its opposite.
describe("a rule may call", () => {
  test.each([
    "'hello'.charAt(4) == 'o'",
    "'h😀o'.charAt(1) == '😀'",
    "'hello'.charAt(5) == ''",
    "'hello hello'.replace('he', 'we') == 'wello wello'",
    "'a$b'.replace('$', '$&$&') == 'a$&$&b'",
    "'hello hello'.replace('he', 'we', 0) == 'hello hello'",
    "'hello hello'.replace('he', 'we', 1) == 'wello hello'",
    "'hello hello hello'.replace('he', 'we', 2) == 'wello wello hello'",
    "'hello hello'.replace('he', 'we', 3) == 'wello wello'",
    "'hello hello'.replace('he', 'we', -1) == 'wello wello'",
    "'gums😀'.reverse() == '😀smug'",

    "[1, 2, 2, 3].isSorted()",
    "['a', 'b'].isSorted()",
    "[].isSorted()",
    "[1].isSorted()",
    "![1, 3, 2].isSorted()",
    "![2, 1].isSorted()",
    "[1, 3].sum() == 4",
    "[1.5, 3.0].sum() == 4.5",
    "[].sum() == 0",
    "[3, 1, 2].min() == 1",
    "[3, 1, 2].max() == 3",
    "['b', 'a'].min() == 'a'",
    "['b', 'a'].max() == 'b'",
    "[1, 2, 2, 3].indexOf(2) == 1",
    "[1, 2, 2, 3].lastIndexOf(2) == 2",
    "['a', 'b'].indexOf('c') == -1",
    "['a', 'b'].lastIndexOf('c') == -1",
    "[[1], [2]].indexOf([2]) == 1",

    "sets.contains([1, 2, 3, 4], [2, 3])",
    "sets.contains([], [])",
    "!sets.contains([], [1])",
    "!sets.contains([1], [1, 2])",
    "sets.contains([[1], [2, 3]], [[2, 3]])",
    "sets.equivalent([1], [1, 1])",
    "sets.equivalent([1, 2, 3], [3, 2, 1])",
    "sets.equivalent([], [])",
    "!sets.equivalent([1, 2], [1])",
    "!sets.equivalent([1], [1, 2])",
    "sets.intersects([1], [1, 2])",
    "sets.intersects([1, 2], [3, 2])",
    "!sets.intersects([1], [])",
    "!sets.intersects([1], [2])",

    "[1, 2, 3, 4].slice(1, 3) == [2, 3]",
    "[1, [2, [3, 4]]].flatten() == [1, 2, [3, 4]]",
    "[1, [2, [3, [4]]]].flatten(2) == [1, 2, 3, [4]]",
    "[1, 2, 2, 3, 3, 3].distinct() == [1, 2, 3]",
    "['b', 'b', 'c', 'a', 'c'].distinct() == ['b', 'c', 'a']",
    "[5, 3, 1, 2].reverse() == [2, 1, 3, 5]",
    "[3, 2, 1].sort() == [1, 2, 3]",
    "['b', 'c', 'a'].sort() == ['a', 'b', 'c']",
    "[{'n': 'foo', 's': 0}, {'n': 'bar', 's': -10}].sortBy(e, e.s).map(e, e.n) == ['bar', 'foo']",
    "lists.range(5) == [0, 1, 2, 3, 4]",

    "isURL('https://user:pass@example.com:80/path?query=val#fragment')",
    "isURL('/absolute-path')",
    "!isURL('https://a:b:c/')",
    "!isURL('../relative-path')",
    "url('/path').getScheme() == ''",
    "url('https://example.com/').getScheme() == 'https'",
    "url('https://example.com:80/').getHost() == 'example.com:80'",
    "url('https://example.com/').getHost() == 'example.com'",
    "url('https://[::1]:80/').getHost() == '[::1]:80'",
    "url('/path').getHost() == ''",
    "url('https://example.com:80/').getHostname() == 'example.com'",
    "url('https://[::1]:80/').getHostname() == '::1'",
    "url('/path').getHostname() == ''",
    "url('https://example.com:80/').getPort() == '80'",
    "url('https://example.com/').getPort() == ''",
    "url('/path').getPort() == ''",
    "url('https://example.com/path').getEscapedPath() == '/path'",
    "url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
    "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
    "url('https://example.com/path?key with spaces=value with spaces').getQuery() == {'key with spaces': ['value with spaces']}",
    "url('https://example.com/').getQuery() == {}",

    "isIP('127.0.0.1')",
    "isIP('::1')",
    "!isIP('127.0.0.256')",
    "!isIP('10.0.0.0/8')",
    "isCIDR('10.0.0.0/8')",
    "isCIDR('::1/128')",
    "!isCIDR('10.0.0.0')",

    "isQuantity('1.3G')",
    "isQuantity('-.5Ki')",
    "isQuantity('1e3')",
    "!isQuantity('1,3G')",
    "!isQuantity('1.3KG')",
    "!isQuantity('')",
    "quantity('50000000G').isInteger()",
    "!quantity('50.7m').isInteger()",
    "quantity('50k').asInteger() == 50000",
    "quantity('-1500m').asApproximateFloat() == -1.5",
    "sign(quantity('10')) == 1",
    "sign(quantity('-10')) == -1",
    "sign(quantity('0')) == 0",
    "quantity('200M').compareTo(quantity('0.2G')) == 0",
    "quantity('50M').compareTo(quantity('50Mi')) == -1",
    "quantity('50Mi').compareTo(quantity('50M')) == 1",
    "quantity('150Mi').isGreaterThan(quantity('100Mi'))",
    "!quantity('50M').isGreaterThan(quantity('50M'))",
    "quantity('50M').isLessThan(quantity('100M'))",
    "!quantity('50M').isLessThan(quantity('50M'))",
    "quantity('50k').add(quantity('20')).compareTo(quantity('50020')) == 0",
    "quantity('50k').add(20).compareTo(quantity('50020')) == 0",
    "quantity('50k').sub(quantity('20')).compareTo(quantity('49980')) == 0",
    "quantity('50k').sub(20).compareTo(quantity('49980')) == 0",

    "'abc 123'.find('[0-9]+') == '123'",
    "'abc'.find('[0-9]+') == ''",
    "'123 abc 456'.findAll('[0-9]+') == ['123', '456']",
    "'123 abc 456'.findAll('[0-9]+', 1) == ['123']",
    "'123 abc 456'.findAll('[0-9]+', -1) == ['123', '456']",
    "matches('abc', '^a')",
  ])("%s", (rule) => {
    expect(said(rule, "x")).toEqual([]);
    expect(said(`!(${rule})`, "x")).toEqual([failed(`!(${rule})`)]);
  });
});

test.each([
  ["[].min() == 1", "an empty list has no least or greatest element"],
  ["[].max() == 1", "an empty list has no least or greatest element"],
  ["url('x y').getHost() == ''", "not a URL: x y"],
  ["quantity('x').isInteger()", "no quantity: x"],
  ["quantity('1500m').asInteger() == 1", "the quantity is not a whole number"],
])("%s cannot be evaluated", (rule, why) => {
  expect(said(rule, "x")).toEqual([`the rule cannot be evaluated: ${why}`]);
});

describe("a quantity is as many billionths as", () => {
  test.each<[string, string]>([
    ["1n", "0.000000001"],
    ["1u", "0.000001"],
    ["1m", "0.001"],
    ["1k", "1000"],
    ["1M", "1000000"],
    ["1G", "1000000000"],
    ["1T", "1000000000000"],
    ["1P", "1000000000000000"],
    ["1E", "1000000000000000000"],
    ["1Ki", "1024"],
    ["1Mi", "1048576"],
    ["1Gi", "1073741824"],
    ["1Ti", "1099511627776"],
    ["1Pi", "1125899906842624"],
    ["1Ei", "1152921504606846976"],
    ["1.5Ki", "1536"],
    ["+1.", "1"],
    [".5", "500m"],
    ["1e3", "1k"],
    ["12E-1", "1200m"],
    ["1.25e1", "12500m"],
    // What is smaller than a billionth is rounded away from zero.
    ["0.1n", "1n"],
    ["1.0000000001", "1.000000001"],
    ["-0.1n", "-1n"],
    ["1e-12", "1n"],
  ])("%s: %s", (text, same) => {
    expect(said(`quantity('${text}').compareTo(quantity('${same}')) == 0`, "x")).toEqual([]);
  });
});

const typed = (schema: Schema): Schema => ({ type: "object", properties: { a: schema } });

describe("a value, as a rule sees it:", () => {
  test.each<[rule: string, self: unknown, schema: Schema]>([
    ["type(self.a) == int", { a: 1 }, typed({ type: "integer" })],
    ["type(self.a) == double", { a: 1 }, typed({ type: "number" })],
    ["type(self.a) == int", { a: 1 }, typed({ "x-kubernetes-int-or-string": true })],
    ["type(self.a) == double", { a: 1.5 }, typed({})],
    ["type(self.a) == string", { a: "1" }, typed({ type: "string" })],
    [
      "self.a == timestamp('2024-01-02T00:00:00Z')",
      { a: "2024-01-02" },
      typed({ type: "string", format: "date" }),
    ],
    ["self.a.getHours() == 3", { a: "2024-01-02T03:04:05Z" }, typed({ type: "string", format: "date-time" })],
    ["self.a == duration('90s')", { a: "1m30s" }, typed({ type: "string", format: "duration" })],
    ["self.a == b'abc'", { a: "YWJj" }, typed({ type: "string", format: "byte" })],
    ["self.a == 'YWJj'", { a: "YWJj" }, typed({ type: "string", format: "uuid" })],
    [
      "self.a[0] == 1.0 && type(self.a[0]) == double",
      { a: [1] },
      typed({ type: "array", items: { type: "number" } }),
    ],
    ["self.__if__ == 1", { if: 1 }, { type: "object", properties: { if: { type: "integer" } } }],
    [
      "self.a__dot__b__dash__c__slash__d__underscores__e == 1",
      { "a.b-c/d__e": 1 },
      { type: "object", properties: { "a.b-c/d__e": { type: "integer" } } },
    ],
    [
      "self['a.b'] == 1.0 && self['if'] == 1.0",
      { "a.b": 1, if: 1 },
      { type: "object", additionalProperties: { type: "number" } },
    ],
    ["has(self.a[0].b.c)", { a: [{ b: { c: 1 } }] }, typed({ type: "array", items: { type: "object" } })],
    ["!has(self.a[0].b)", { a: [{}] }, typed({ type: "array", items: { type: "object" } })],
  ])("%s of %j", (rule, self, schema) => {
    expect(said(rule, self, schema)).toEqual([]);
    expect(said(`!(${rule})`, self, schema)).toEqual([failed(`!(${rule})`)]);
  });

  const resource = typed({
    type: "object",
    properties: { apiVersion: { type: "string" }, metadata: { type: "object" } },
  });
  test.each<[metadata: unknown, rule: string]>([
    [{ name: "x", labels: { a: "b" } }, "self.a.metadata.name == 'x' && !has(self.a.metadata.labels)"],
    [{ generateName: "x-" }, "self.a.metadata.name == 'x-xxxxx' && self.a.metadata.generateName == 'x-'"],
    [{}, "self.a.metadata.name == '' && !has(self.a.metadata.generateName)"],
  ])("of the metadata %j, the name: %s", (metadata, rule) => {
    expect(said(rule, { a: { apiVersion: "v1", metadata } }, resource)).toEqual([]);
    expect(said(`!(${rule})`, { a: { apiVersion: "v1", metadata } }, resource)).toEqual([
      failed(`!(${rule})`),
    ]);
  });
});

describe("what is said where a rule fails", () => {
  const rule = "self.a > 1";
  const self = { a: 1 };
  test.each<[object, object]>([
    [{}, { path: "spec", message: failed(rule), expected: rule, got: '{"a":1}' }],
    [{ message: "too little" }, { path: "spec", message: "too little" }],
    [{ message: "too little", messageExpression: "'got ' + string(self.a)" }, { message: "got 1" }],
    [{ message: "too little", messageExpression: "' '" }, { message: "too little" }],
    [{ message: "too little", messageExpression: "'a\\nb'" }, { message: "too little" }],
    [{ message: "too little", messageExpression: "self.a" }, { message: "too little" }],
    [{ message: "too little", messageExpression: "self.b.c" }, { message: "too little" }],
    [{ fieldPath: ".a" }, { path: "spec.a" }],
    [{ fieldPath: ".a.b" }, { path: "spec.a.b" }],
  ])("%j", (more, want) => {
    expect(run([{ rule, ...more }], { type: "object" }, self, undefined, "spec")).toMatchObject([want]);
  });

  const change = { rule: "self == oldSelf" };
  const late = { rule: "oldSelf.hasValue() && oldSelf.value() == self", optionalOldSelf: true };
  test.each<[object, unknown, number]>([
    [change, undefined, 0],
    [change, null, 0],
    [change, 1, 0],
    [change, 2, 1],
    [late, undefined, 1],
    [late, null, 1],
    [late, 1, 0],
    [late, 2, 1],
    [{ rule: "oldSelf.value() < self", optionalOldSelf: true }, 0, 0],
    [{ rule: "oldSelf.orValue(1) == self", optionalOldSelf: true }, undefined, 0],
    // A name that only ends in it is another.
    [{ rule: "[2].all(notoldSelf, notoldSelf == self)" }, undefined, 1],
  ])("%j of 1, which was %j: %i", (asked, old, count) => {
    const rules = [asked as typeof change];
    expect(run(rules, { type: "integer" }, 1, old, "")).toHaveLength(count);
  });
});
