import { placesOfNode } from "@atlas/compose/places";
import { describe, expect, test } from "vitest";
import { InputError } from "../src/finding.ts";
import type { Dialect } from "@atlas/yaml";
import { readYaml } from "../src/read-yaml.ts";

const read = (text: string) => readYaml(Buffer.from(text), "patch.yaml");

/** What is wrong with a file, as `line:column what`. */
function problemsOf(given: string | Uint8Array): string[] {
  try {
    readYaml(typeof given === "string" ? Buffer.from(given) : given, "patch.yaml");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const finding of error.findings) expect(finding).toMatchObject({ file: "patch.yaml" });
    return error.findings.map(({ line, column, what }) => `${line}:${column} ${what}`);
  }
  return [];
}

describe("values", () => {
  const table: [string, { given: string; want: unknown[] }][] = [
    [
      "documents, those without content left out",
      { given: "a: 1\n---\n# nothing\n---\nb: 2\n", want: [{ a: 1 }, { b: 2 }] },
    ],
    ["a file of nothing", { given: "# nothing\n", want: [] }],
    [
      "a byte order mark and CRLF",
      { given: "\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n", want: [{ a: 1, b: "x\ny\n" }] },
    ],
    ["JSON", { given: '{\n\t"a": [1, {"b": null}]\n}', want: [{ a: [1, { b: null }] }] }],
    [
      "words of YAML 1.1",
      { given: "[yes, off, 2024-01-01, 1:30, true]", want: [["yes", "off", "2024-01-01", "1:30", true]] },
    ],
    [
      "numbers of YAML 1.1",
      {
        given: "[0644, 0o644, 0b11, 1_000, -010, 0, 007, 08, 1.5, 0X1F]",
        want: [[420, 420, 3, 1000, -8, 0, 7, 8, 1.5, 31]],
      },
    ],
    ["keys that are no text", { given: "80: a\ntrue: b\n", want: [{ 80: "a", true: "b" }] }],
    ["an alias", { given: "a: &x { b: [1] }\nc: *x\n", want: [{ a: { b: [1] }, c: { b: [1] } }] }],
    [
      "a merge",
      {
        given: "a: &x { b: 1, c: 2 }\nd: { <<: *x, c: 3 }\n",
        want: [{ a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
      },
    ],
    [
      "merges, the first wins",
      {
        given: "a: &x { b: 1 }\nc: &y { b: 2 }\nd: { <<: [*x, *y] }\n",
        want: [{ a: { b: 1 }, c: { b: 2 }, d: { b: 1 } }],
      },
    ],
    ["a quoted << is a key", { given: '"<<": 1', want: [{ "<<": 1 }] }],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(read(given)).toEqual(want);
  });

  const given = "[yes, OFF, y, 2024-01-01]\n---\n{ y: 1, 0x10: 2, 1e3: 3, 'on': 4 }\n";
  test.each<[Dialect, unknown[]]>([
    ["text", [["yes", "OFF", "y", "2024-01-01"], { y: 1, "0x10": 2, "1e3": 3, on: 4 }]],
    ["kustomize", [["yes", "OFF", "y", "2024-01-01T00:00:00Z"], { y: 1, "0x10": 2, "1e3": 3, on: 4 }]],
    ["kubectl", [[true, false, true, "2024-01-01"], { true: 1, 16: 2, 1000: 3, on: 4 }]],
  ])("words, dates and keys, as %s reads them", (dialect, want) => {
    expect(readYaml(Buffer.from(given), "patch.yaml", dialect)).toEqual(want);
  });

  test("JSON objects that follow one another are documents to kubectl, and know their places", () => {
    const stream = '{"a": "}{"}\n  {"b": [{"c": 1}]}{"d":\n2}\n';
    const values = readYaml(Buffer.from(stream), "stream.json", "kubectl");
    expect(values).toEqual([{ a: "}{" }, { b: [{ c: 1 }] }, { d: 2 }]);
    const places = values.map((value) => Object.fromEntries(placesOfNode(value as object)?.fields ?? []));
    expect(places).toEqual([
      { a: { line: 1, column: 2 } },
      { b: { line: 2, column: 4 } },
      { d: { line: 2, column: 21 } },
    ]);
    for (const broken of ['{"a": 1} x', '{"a": 1}\n{"b": 1', '{"a": 1}, {"b": 1}', '{"a": 1}}'])
      expect(() => readYaml(Buffer.from(broken), "stream.json", "kubectl")).toThrow(InputError);
  });

  test("__proto__ is a field like any other", () => {
    const [value] = read("__proto__: { polluted: true }\na: { constructor: 1 }\n");
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"a":{"constructor":1}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("ten thousand objects are read", () => {
    const text = Array.from(
      { length: 10_000 },
      (_, index) => `kind: ConfigMap\nmetadata: { name: c${index} }\n`,
    );
    expect(read(text.join("---\n"))).toHaveLength(10_000);
  });
});

const placesOf = (node: object = {}) => Object.fromEntries(placesOfNode(node)?.fields ?? []);

test("a value knows where its fields stand, and nobody sees it", () => {
  const [value] = read(
    "metadata:\r\n  labels: &l\r\n    app: shop\r\nspec:\r\n  - { a: 1 }\r\n  - <<: *l\r\n",
  ) as [{ metadata: { labels: object }; spec: object[] }];
  expect(placesOf(value)).toEqual({ metadata: { line: 1, column: 1 }, spec: { line: 4, column: 1 } });
  expect(placesOf(value.metadata.labels)).toEqual({ app: { line: 3, column: 5 } });
  expect(placesOf(value.spec)).toEqual({ 0: { line: 5, column: 5 }, 1: { line: 6, column: 5 } });
  expect(placesOf(value.spec[1])).toEqual({ app: { line: 3, column: 5 } });
  expect(value).toEqual({ metadata: { labels: { app: "shop" } }, spec: [{ a: 1 }, { app: "shop" }] });
  expect(Object.getOwnPropertySymbols(value)).toEqual([]);
});

describe("what is refused, with its place", () => {
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 30; level++)
    bomb.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}]`);
  const table: [string, { given: string | Uint8Array; want: string[] }][] = [
    [
      "a key that is there twice",
      { given: "a:\n  b: 1\n  c: 2\n  b: 3\n", want: ['4:3 the key "b" is there twice'] },
    ],
    [
      "a key that is text and number",
      { given: '80: 1\n"80": 2\n', want: ['2:1 the key "80" is there twice'] },
    ],
    [
      "all of them",
      {
        given: "a: 1\na: 2\na: 3\n",
        want: ['2:1 the key "a" is there twice', '3:1 the key "a" is there twice'],
      },
    ],
    [
      "aliases that multiply",
      { given: bomb.join("\n"), want: ["4:45 aliases repeat more than 10,000 values"] },
    ],
    [
      "an alias of what it lies in",
      { given: "a: &x [1, *x]\n", want: ["1:11 the alias *x has no anchor that is complete before it"] },
    ],
    [
      "an anchor of another document",
      { given: "a: &x 1\n---\nb: *x\n", want: ["3:4 the alias *x has no anchor that is complete before it"] },
    ],
    ["a merge of text", { given: "a: { <<: b }\n", want: ["1:6 << merges what is not an object"] }],
    [
      "brackets without end",
      { given: "[".repeat(100_000), want: ["1:501 the file nests more than 500 levels"] },
    ],
    [
      "lists without end",
      { given: "- ".repeat(20_000), want: ["1:1001 the file nests more than 500 levels"] },
    ],
    [
      "a tag",
      {
        given: "a: !!binary aGk=\n",
        want: ["1:4 not what a manifest can hold: Unresolved tag: tag:yaml.org,2002:binary"],
      },
    ],
    [
      "what kubectl takes for something else, alone",
      {
        given: "a: 1\na: 2\n# x\u2028b: 3\n",
        want: ["3:4 U+2028 ends a line to kubectl, and to no other reader"],
      },
    ],
    ["a directive", { given: "%YAML 1.2\n---\na: 1\n", want: ["1:1 kubectl takes no directives"] }],
    ["a key that is a list", { given: "? [a]\n: 1\n", want: ["1:3 the key is not text"] }],
    [
      "a number that is not exact",
      {
        given: "a: 12345678901234567890\nb: .inf\n",
        want: [
          "1:4 12345678901234567890 is not a number that is read exactly everywhere",
          "2:4 .inf is not a number that is read exactly everywhere",
        ],
      },
    ],
    [
      "a quote that is left open",
      { given: 'a: 1\nb: "x\n', want: ['3:1 not what a manifest can hold: Missing closing "quote'] },
    ],
    [
      "tabs",
      {
        given: "a:\n\tb: 1\n",
        want: ["2:1 not what a manifest can hold: Tabs are not allowed as indentation"],
      },
    ],
    ["Latin-1", { given: Buffer.from("a: 1\nb: caf\xe9\n", "latin1"), want: ["2:7 the file is not UTF-8"] }],
    [
      "half a character after a replacement character",
      {
        given: Buffer.concat([Buffer.from("\ufffd\nok\n"), Buffer.from([0x61, 0xe2, 0x82])]),
        want: ["3:2 the file is not UTF-8"],
      },
    ],
    ["UTF-16", { given: Buffer.from("\ufeffa: 1", "utf16le"), want: ["1:1 the file is not UTF-8"] }],
  ];
  test.each(table)("%s", (_name, { given, want }) => {
    expect(problemsOf(given)).toEqual(want);
  });
});
