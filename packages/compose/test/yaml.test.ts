import { toYaml } from "@atlas/compose/yaml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

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
  "# a\nb\n",
  "a\n# b\n",
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
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(words, tie("value"), { maxKeys: 4 }),
}));

describe("YAML", () => {
  test.each(["1.1", "1.2"] as const)("reads back as what was written, by a YAML %s reader", (version) => {
    fc.assert(
      fc.property(plain["object"] as fc.Arbitrary<object>, (object) => {
        const expected = JSON.parse(JSON.stringify(object));
        expect(parse(toYaml(object), { version, merge: false })).toEqual(expected);
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

  test.each([() => 1, 1n, Number.NaN, Symbol("a")])("%s cannot be said", (value) => {
    expect(() => toYaml({ a: [value] })).toThrow("a[0]: expected text");
  });
});
