import { spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expressionOf, jsonSchemaPattern } from "../src/pattern/expression.ts";
import { readLinearPattern } from "../src/runtime/linear-pattern.ts";
import { matches } from "../src/runtime/pattern.ts";
import { hanging, patterns, question, refused } from "./patterns.ts";

interface Question {
  readonly pattern: string;
  readonly texts: readonly string[];
}

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** What JavaScript and the linear matcher say of each text; null of a pattern that is none. */
function verdictsOf({ pattern, texts }: Question): Record<string, boolean[] | null> {
  const linear = attempt(() => readLinearPattern(pattern));
  const expression = expressionOf(pattern);
  const stated = jsonSchemaPattern(pattern);
  return {
    linear: linear ? texts.map(linear.test) : null,
    ...(expression !== undefined && {
      JavaScript: texts.map((text) => new RegExp(expression, "u").test(text)),
    }),
    ...(stated !== undefined && {
      "JSON Schema": texts.map((text) => new RegExp(stated, "u").test(text)),
    }),
  };
}

describe.each(patterns)("%s", (pattern, found, missing) => {
  test("is found as Go finds it", () => {
    const want = [...found.map(() => true), ...missing.map(() => false)];
    for (const verdicts of Object.values(verdictsOf({ pattern, texts: [...found, ...missing] })))
      expect(verdicts).toEqual(want);
  });
});

test.each(refused)("%s is not a pattern of Go's", (pattern) => {
  // A CRD with such a pattern is none: nobody asks how a JSON Schema would state it.
  const { "JSON Schema": _stated, ...verdicts } = verdictsOf({ pattern, texts: [] });
  expect(verdicts).toEqual({ linear: null });
  expect(matches("a", { pattern }, readLinearPattern)).toBe(undefined);
});

test.each(hanging)("%s takes linear time", (pattern, text) => {
  expect(expressionOf(pattern)).toBe(undefined);
  const start = performance.now();
  readLinearPattern(pattern).test(text);
  expect(performance.now() - start).toBeLessThan(2000);
});

test.each([
  "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
  "^[a-z0-9][-a-z0-9.]*$",
  "^[^/]+(/[^/]+)?$",
  "^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$",
  "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$",
  "^https?://.+$",
  "^[a-z]{1,63}$",
  "^(Always|Never|IfNotPresent)$",
  "^[^/]+/[^/]+$",
])("%s needs no library", (pattern) => expect(expressionOf(pattern)).toBeTypeOf("string"));

test.each([
  ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", true],
  ["^(a+)+$", true],
  ["^[^/]+$", true],
  ["^a.c$", false],
  [String.raw`^\/a\-b\:$`, false],
])("a JSON Schema states %s as it is: %s", (pattern, isAsItIs) => {
  expect(jsonSchemaPattern(pattern) === pattern).toBe(isAsItIs);
  expect(jsonSchemaPattern(pattern)).toBeDefined();
});

test("whatever JavaScript is trusted with, it does in linear time", () => {
  // A text that is repeated is what drives such a matcher from one try to the next.
  const cases = fc.record({ question, count: fc.constantFrom(1, 20_000) });
  let asked = 0;
  fc.assert(
    fc.property(cases, ({ question: { pattern, texts }, count }) => {
      const expression = expressionOf(pattern);
      if (expression === undefined) return;
      asked++;
      const compiled = new RegExp(expression, "u");
      for (const text of texts.slice(0, 3))
        runInNewContext(
          "compiled.test(text)",
          { compiled, text: `${text.repeat(count)}\0` },
          { timeout: 2000 },
        );
    }),
    { numRuns: 500, seed: 1 },
  );
  expect(asked).toBeGreaterThan(50);
});

/** What Go says, of many questions at once. */
function askGo(questions: readonly Question[]): (boolean[] | null)[] {
  const program = new URL("go-patterns.go", import.meta.url).pathname;
  const { stdout, stderr, status } = spawnSync("go", ["run", program], {
    input: JSON.stringify(questions),
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "", GO111MODULE: "off" },
    maxBuffer: 1 << 28,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

const hasGo = spawnSync("go", ["version"]).status === 0;

describe.skipIf(!hasGo)("Go, which has to be installed for it,", () => {
  test("says the same of the patterns above", () => {
    const questions = [
      ...patterns.map(([pattern, found, missing]) => ({ pattern, texts: [...found, ...missing] })),
      ...refused.map((pattern) => ({ pattern, texts: [] })),
    ];
    expect(askGo(questions)).toEqual([
      ...patterns.map(([, found, missing]) => [...found.map(() => true), ...missing.map(() => false)]),
      ...refused.map(() => null),
    ]);
  });

  test("says the same of three thousand random patterns", () => {
    const questions = fc.sample(question, { numRuns: 3000, seed: 1 });
    const verdicts = askGo(questions);
    const differing = questions.flatMap(({ pattern, texts }, index) => {
      const want = verdicts[index] ?? null;
      return Object.entries(verdictsOf({ pattern, texts })).flatMap(([by, got]) =>
        JSON.stringify(got) === JSON.stringify(want) ? [] : [{ by, pattern, texts, got, want }],
      );
    });
    expect(differing.slice(0, 5)).toEqual([]);
    expect(verdicts.filter((verdict) => verdict?.includes(true)).length).toBeGreaterThan(500);
    expect(questions.filter(({ pattern }) => expressionOf(pattern) !== undefined).length).toBeGreaterThan(
      200,
    );
  });
});
