import { spawnSync } from "node:child_process";
import { toJson, toYaml } from "@atlas/compose/yaml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { parseJson, readWithKubectl } from "./kubectl.ts";

/** Text that YAML readers are known to take for something else, or to trip over. */
const awkward = [
  "yes",
  "No",
  "on",
  "~",
  "null",
  "0o17",
  "017",
  "1e3",
  "1_000",
  ".inf",
  "2024-01-01",
  "12:30:45",
  "=",
  "<<",
  "- a",
  "a: b",
  "a #b",
  "#",
  "*a",
  "&a",
  "!a",
  "|",
  ">",
  "%",
  "@a",
  "`",
  "'",
  '"',
  "{a}",
  "[a]",
  ", a",
  "? a",
  "a:",
  " a",
  "a ",
  "\ta",
  "a\nb",
  "a\nb\n",
  "\n",
  "a\n\n",
  "  a\n",
  "a \nb\n",
  "a\n\nb\n",
  "\u2028",
  "\ufeff",
  "\u0085",
  "\u0000",
  "😀",
  "",
  "https://example.com:8080/a?b=c",
  "25%",
  "request.protocol != null",
  "a\r\nb\n",
  "e+0",
  "E-1",
  "---",
  "...",
  "--- a",
  "---\n",
  "...\na\n",
  "%a\nb\n",
  "# a\nb\n",
  "a\n# b\n",
  "0o755",
  "0X1F",
  "0B1",
  "0b11",
  "0x1f",
  "1e-7",
  "1.0e-7",
  "+1",
  "-.5",
  "1.",
  "190:20:30",
  ".nan",
  "0_7",
  "a\u0000b",
  "a\u001bb",
  "a\u007fb",
  "a\u0085b",
  "a\u2029b",
  "\ufffea",
  "a\tb",
  "a\u00a0",
  "{a: b, c}",
  "a,b",
  "]",
];
const words = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.string(),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(1e-7, -1.5e-7, 1e21, 5e-324, 1.7976931348623157e308, -0),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(words, tie("value"), { maxKeys: 4 }),
}));

/** What JSON makes of a value: `-0` is 0 there. */
function asJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}
const objects = plain["object"] as fc.Arbitrary<object>;
/** Documents of one word or of lines, too, as untyped data may be. */
const documents = fc.oneof(objects, words, plain["list"]) as fc.Arbitrary<object>;
/** Every other value that could stand on one line does. */
const someInline = (value: object): boolean => toJson(value).length % 2 === 0;

const python = spawnSync("python3", ["-c", "import yaml"]).status === 0;

/** What PyYAML reads, which follows YAML 1.1 to the letter. */
function readWithPython(text: string): unknown {
  const program = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin.buffer))))";
  const { stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (stdout === "") throw new Error(stderr);
  return parseJson(stdout);
}

describe.each([
  ["in block style", undefined],
  ["in part on one line", someInline],
] as const)("%s", (_style, fitsOneLine) => {
  const samples = fc.sample(objects, { numRuns: 1000, seed: 1 });

  test.skipIf(!python)("reads back with PyYAML, which python3 has to have", () => {
    const text = samples.map((object) => toYaml(object, fitsOneLine)).join("---\n");
    const read = readWithPython(text) as unknown[];
    for (const [index, object] of samples.entries()) expect(read[index]).toEqual(asJson(object));
  });

  test.skipIf(withoutKubectl)("reads back with Kubernetes' reader, for which kubectl has to be there", () => {
    const head = { apiVersion: "example.com/v1", kind: "Foo", metadata: { name: "a" } };
    const { spec } = readWithKubectl(toYaml({ ...head, spec: samples }, fitsOneLine)) as { spec: unknown[] };
    for (const [index, object] of samples.entries()) expect(spec[index]).toEqual(asJson(object));
  });
});

test("a whole number beyond 2^53 keeps its digits", () => {
  const object = { most: 9223372036854775807n, list: [-9223372036854775808n] };
  expect(toYaml(object)).toBe("most: 9223372036854775807\nlist:\n  - -9223372036854775808\n");
  expect(toJson(object)).toBe('{"most":9223372036854775807,"list":[-9223372036854775808]}');
  expect(parse(toYaml(object), { intAsBigInt: true })).toEqual(object);
});

test("small values stand on one line where they may", () => {
  const object = { a: { type: "string", max: 5 }, b: [1, [], {}], c: { "x:y": "a:b, c", d: "a:b" } };
  expect(toYaml(object, () => true)).toBe(
    'a: { type: string, max: 5 }\nb: [ 1, [], {} ]\nc: { "x:y": "a:b, c", d: "a:b" }\n',
  );
});

test("a key that is too long to be found by its colon is marked", () => {
  const long = "a".repeat(2000);
  const object = { [long]: { b: 1 }, c: { [long]: [1], [`${long}\u0000`]: "x" } };
  for (const version of ["1.1", "1.2"] as const) expect(parse(toYaml(object), { version })).toEqual(object);
  if (python) expect(readWithPython(toYaml(object))).toEqual([object]);
});

test("floats have a point, as YAML 1.1 wants it", () =>
  expect(toYaml([1e-7, -1e21, 1.5e-9, 0.1, -0, 1e20])).toBe(
    "- 1.0e-7\n- -1.0e+21\n- 1.5e-9\n- 0.1\n- 0\n- 100000000000000000000\n",
  ));

describe("YAML", () => {
  test.each(["1.1", "1.2"] as const)("reads back as what was written, by a YAML %s reader", (version) => {
    fc.assert(
      fc.property(documents, fc.constantFrom(undefined, someInline), (object, fitsOneLine) => {
        const text = toYaml(object, fitsOneLine);
        expect(parse(text, { version, merge: false })).toEqual(asJson(object));
      }),
      { numRuns: 2000 },
    );
  });

  test("is written as people write it", () => {
    const object = {
      kind: "ConfigMap",
      metadata: { name: "a", labels: {}, finalizers: [], enabled: "true" },
      data: { "schema.sql": "CREATE TABLE a (\n  b int\n);\n" },
      list: [{ name: "a", ports: [8080, "8081"] }, [1, [2]], null],
      left: undefined,
    };
    expect(toYaml(object)).toBe(`kind: ConfigMap
metadata:
  name: a
  labels: {}
  finalizers: []
  enabled: "true"
data:
  schema.sql: |
    CREATE TABLE a (
      b int
    );
list:
  - name: a
    ports:
      - 8080
      - "8081"
  - - 1
    - - 2
  - null
`);
  });

  test.each([() => 1, Number.NaN, Symbol("a")])("%s cannot be said", (value) => {
    expect(() => toYaml({ a: [value] })).toThrow("a[0]: expected text");
  });
});
