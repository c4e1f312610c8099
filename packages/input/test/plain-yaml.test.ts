import { placesOfNode } from "@atlas/compose/places";
import { toYaml } from "@atlas/compose/yaml";
import { isJson, type Dialect } from "@atlas/yaml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlainly } from "../src/plain-documents.ts";
import { readPlain } from "../src/plain-yaml.ts";
import { readWhole } from "../src/read-yaml.ts";

/** A value with the places of all that is in it. */
function placed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { start, fields } = placesOfNode(value) ?? {};
  const inner = Object.entries(value).map(([name, each]) => [name, placed(each)]);
  return { start, fields: [...(fields ?? [])], isList: Array.isArray(value), inner };
}

/** What is read of a text by the one way or the other; undefined where that refuses it. */
function read(reader: () => readonly unknown[] | undefined): unknown {
  try {
    return reader()?.map(placed);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

/** Where the fast reader takes a text, it reads what `yaml` reads, whoever is to read it. */
function holds(text: string, dialect: Dialect): boolean {
  const whole = (part: string) => readWhole(part, "a.yaml", dialect);
  const isStream = dialect === "kubectl" && isJson(text);
  const fast = read(() => readPlainly(text, { file: "a.yaml", isStream, whole }));
  if (fast === undefined) return false;
  expect(fast, JSON.stringify(text)).toEqual(read(() => whole(text)));
  return true;
}

const dialects = ["kubectl", "kustomize", "text", "both"] as const;

const words = fc.constantFrom(
  ..."a b name app.kubernetes.io/name 80 0644 0x1F 1e3 1_000 1.5 .5 5. -1 +1 0 00 -0 true Null ~ yes no null 2024-01-01 y on 2024-1-1T1:2:3 1_0Mi 0o7 64Mi 500m 10.0.0.0/8 1.2.3 -x - : a:b a: #b << {} [] * & ! % @ | > .inf .nan $(A) ${A} = é \u00a0 ".split(
    " ",
  ),
  "two words",
  " a",
  "a ",
  "two\nlines",
  "two\nlines\n",
  "\n a\n",
  "kept\n\n\n",
  'a "b" \\ c',
  "it's",
  "a # b",
  "a: b",
  "\u{1f600}",
  "\t",
  "",
);
const scalars = fc.oneof(
  words,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { value: values } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalars, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(words, tie("value"), { maxKeys: 4 }),
}));
const objects = fc.dictionary(words, values, { minKeys: 1, maxKeys: 4 });

/** Objects as printers write them. */
const printed = fc.oneof(
  objects.map((object) => toYaml(object)),
  objects.map((object) => toYaml(object, (inner) => JSON.stringify(inner).length < 20)),
  objects.map((object) => `${JSON.stringify(object)}\n`),
  objects.map((object) => `${JSON.stringify(object, null, 2)}\n`),
);
const documents = fc.array(printed, { minLength: 1, maxLength: 3 }).map((all) => all.join("---\n"));
const pieces = fc.constantFrom(
  ..."- : # | |- |+ > & * ! ? % @ ' \" { } [ ] , --- ... << ~ null true 0x1 01 1_0 .5 é \\ \t \u{1f600}".split(
    " ",
  ),
  " ",
  "  ",
  "\n",
  "\n  ",
  "\n---\n",
  "- - a",
  "a: b\n",
  "a:\n",
  "- ",
  " # b",
);
/** What breaks a text: at some places something is put in, or taken out. */
const changes = fc.array(
  fc.tuple(fc.nat(), pieces, fc.nat({ max: 3 })).map(([at, piece, taken]) => ({ at, piece, taken })),
  { maxLength: 3 },
);
const changed = (text: string, edits: readonly { at: number; piece: string; taken: number }[]): string =>
  edits.reduce((left, { at, piece, taken }) => {
    const place = at % (left.length + 1);
    return left.slice(0, place) + piece + left.slice(place + taken);
  }, text);

const runs = Number(process.env["YAML_CASES"] ?? 3000);
const seed = Number(process.env["YAML_SEED"] ?? 1);

test("what the fast reader takes, yaml reads the same, with the same places", () => {
  let taken = 0;
  fc.assert(
    fc.property(documents, changes, fc.constantFrom(...dialects), (text, edits, dialect) => {
      if (holds(changed(text, edits), dialect)) taken++;
    }),
    { numRuns: runs, seed },
  );
  expect(taken / runs).toBeGreaterThan(0.05);
});

describe("what renderers write is read fast", () => {
  test.each([
    ["fields and lists", "a:\n  b: c\n  d:\n  - e\n  - f: 1\n    g: [] \n"],
    ["lists deeper than their field", "a:\n    - b\n    -\n      c: d\n"],
    ["quoted text", "a: \"b\\n\\\"c\\\"\"\nd: 'it''s'\n"],
    ["literal text", "a: |\n  b\n\n    c\nd: |-\n  e\nf: |+\n  g\n\n"],
    ["names with dots and slashes", 'app.kubernetes.io/name: a\n"b c": d\n.dockerconfigjson: e\n'],
    ["comments on lines of their own", "# Source: a\na: b\n  # c\nd: e\n"],
    ["what looks like a number", "a: 1.2.3\nb: 64Mi\nc: 1.2.3-rc.1\nd: 10.0.0.0/8\n"],
    ["JSON", '{"a":[1,{"b":null}]}\n'],
    ["JSON on many lines", '{\n  "a": [\n    1\n  ]\n}\n'],
    ["folded text, and text with its indent", "a: >\n  b\nc: |2\n   d\n"],
    ["text on several lines", "a: b\n  c\n"],
    ["comments behind values", "a: b # c\n"],
    ["lists and records on one line", "a: [b]\nc: {d: e}\n"],
    ["a list in a list", "- - a\n"],
    ["several documents", "---\na: 1\n---\n# nothing\n---\nb: 2\n"],
  ])("%s", (_name, text) => {
    expect(readPlainly(text, { file: "a.yaml", isStream: false, whole: () => [] })).toBeDefined();
    for (const dialect of dialects) expect(holds(text, dialect)).toBe(true);
  });
});

describe("what else there is in YAML is left to yaml", () => {
  test.each([
    "a: &b c",
    "a: *b",
    "a: !!str b",
    "a: 0644",
    "a: 0x1f",
    "a: 1.5",
    "a: 1_0",
    "a: yes",
    "a: 2024-01-01",
    "y: a",
    "true: a",
    "? a",
    "<<: a",
    "a: b\na: c",
    "\ta: b",
    "a: b\r",
    "a\n",
    "null: a",
    "1.5: a",
    "__proto__: a",
    '{"a":1,"a":2}',
    '{"a":1e3}',
  ])("%j", (text) => {
    expect(readPlain(`${text}\n`)).toBeUndefined();
  });
});
