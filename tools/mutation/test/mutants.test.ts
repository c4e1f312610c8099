import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, test } from "vitest";
import { reasonFor, unmatched } from "../src/equivalents.ts";
import { applied, isProgram, mutantsOf } from "../src/mutants.ts";
import { reachedVariable, withProbes } from "../src/probes.ts";
import { reportOf } from "../src/report.ts";
import { sampleOf } from "../src/sample.ts";

test.each<[string, readonly string[]]>([
  ["if (a) b();", ["a → !(a)", "b(); → ;"]],
  ["export const c = a === b;", ["=== → !=="]],
  ["export const c = a < b;", ["< → <=", "< → >="]],
  ["export const c = a && b;", ["a && b → (a)", "a && b → (b)", "&& → ||"]],
  ["export const c = a ?? b;", ["a ?? b → (b)"]],
  ["export const c = a ? b : -d;", ["a → !(a)", "-d → d"]],
  ["export const c = [1, 7, true, ``];", ["1 → 0", "7 → 8", "true → false", '`` → ""']],
  ['export const c = { "a": "b", c: "" };', ['"b" → ""', '"" → "other"']],
  ["export const c = /^a$/u;", ["/^a$/u → /a$/u", "/^a$/u → /^a/u"]],
  ["export const c = a?.b?.(d);", ["?. → .", "?. → nothing"]],
  ["export const c = a.some(b).filter(d);", ["some → every", ".filter(d) → nothing"]],
  ["function f() { if (a) return; b(); return c; }", ["a → !(a)", "return; → ;", "b(); → ;"]],
  ["export const c = a.toString(b);", []],
  // What does not run, and what names something, is left alone.
  ['import a from "b"; export * from "c"; type D = "e" | 1;', []],
  ['"use strict"; const fs = require(`a`);', ['`a` → ""']],
  ['export const c = a as "b";', []],
])("%s", (text, changes) => {
  expect(mutantsOf("a.ts", text).map(({ change }) => change)).toEqual(changes);
});

const source = `
function outer(list: number[]) {
  return list.some((n) => n > 1) ? "some" : "none";
}

export const add = (a: number, b: number) => a + b;
`;

describe("a mutant", () => {
  const [first] = mutantsOf("a.ts", source);

  test("says where it is, and what it changes", () => {
    expect(first).toMatchObject({
      file: "a.ts",
      line: 3,
      within: "outer",
      source: 'return list.some((n) => n > 1) ? "some" : "none";',
      change: "list.some((n) => n > 1) → !(list.some((n) => n > 1))",
    });
  });

  test("changes nothing else of the text", () => {
    for (const mutant of mutantsOf("a.ts", source)) {
      const { start, end, text } = mutant;
      expect(applied(source, mutant)).toBe(source.slice(0, start) + text + source.slice(end));
      expect(isProgram(source, mutant)).toBe(true);
    }
    expect(isProgram(source, { start: 1, end: 1, text: "}" })).toBe(false);
  });

  test("that no test can notice is known by what it says, wherever it stands", () => {
    const moved = mutantsOf("b/c.ts", `\n\n${source}`);
    const equivalents = mutantsOf("a.ts", source)
      .slice(1, 2)
      .map(({ within, source: line, change }) => ({ within, source: line, change, reason: "so it is" }));
    expect(moved.map((mutant) => reasonFor(mutant, equivalents)).filter(Boolean)).toEqual(["so it is"]);
    expect(unmatched(equivalents, moved)).toEqual([]);
    expect(unmatched(equivalents, mutantsOf("a.ts", "f(1);"))).toEqual(equivalents);
  });
});

const sample = (texts: readonly string[], seed: number, count = 50): string[] =>
  sampleOf(mutantsOf("a.ts", texts.join("\n")), count, seed).map(
    ({ source: line, change }) => `${line}: ${change}`,
  );

describe("a sample", () => {
  const lines = Array.from({ length: 300 }, (_, n) => `export const c${n} = a${n} === ${n} && b;`);
  test("is the same for the same seed, and another for another", () => {
    expect(sample(lines, 1)).toEqual(sample(lines, 1));
    expect(sample(lines, 2)).not.toEqual(sample(lines, 1));
  });

  test("stays when the sources are moved", () => {
    expect(sample(lines.toReversed(), 1)).toEqual(sample(lines, 1));
  });

  test("has one mutant a line, and as many as are asked for", () => {
    expect(sample(lines, 1)).toHaveLength(50);
    expect(new Set(sample(lines, 1, 1000).map((text) => text.split(":")[0])).size).toBe(300);
    expect(sample(lines, 1, 1000)).toHaveLength(300);
  });
});

/** The changes whose sites are reached when the text runs. */
function reached(text: string): string[] {
  const folder = temporaryFolder();
  const mutants = mutantsOf("a.ts", text);
  const [file, log] = [join(folder, "a.ts"), join(folder, "log")];
  writeFileSync(file, withProbes(text, new Map(mutants.map(({ site }, number) => [number, site]))));
  writeFileSync(log, "");
  execFileSync(process.execPath, [file], { env: { [reachedVariable]: log } });
  const numbers = readFileSync(log, "utf8").split("\n").filter(Boolean).map(Number);
  return numbers.toSorted((a, b) => a - b).map((number) => mutants[number]?.change ?? "");
}

describe("probes", () => {
  test.each<[what: string, text: string, changes: readonly string[]]>([
    [
      "one branch alone",
      "const a = 2 > 3 ? 4 : 5;",
      ["2 → 3", "2 > 3 → !(2 > 3)", "> → >=", "> → <=", "3 → 4", "5 → 6"],
    ],
    ["a chain as a whole", "let a: any; a?.b.c(1);", ["a?.b.c(1); → ;", "?. → ."]],
    [
      "a method on its object",
      "const a = { some() { return this === a; } };\nif (!a.some()) throw a;",
      ["=== → !==", "!a.some() → !(!a.some())", "!a.some() → a.some()", "some → every"],
    ],
    [
      "before the first statement",
      "f();\nfunction f() { if (false) return; }",
      ["f(); → ;", "false → !(false)", "false → true"],
    ],
    ["nothing that does not run", "const f = () => 7;", []],
  ])("see %s", (_, text, changes) => {
    expect(reached(text)).toEqual(changes);
  });
});

test("a report names what lived, and the share of the rest", () => {
  const mutants = mutantsOf("a.ts", source);
  const report = reportOf(
    mutants,
    mutants.map((_, number) => (number === 0 ? "survived" : "caught")),
  );
  expect(report).toContain(
    'a.ts:3: survived\n  return list.some((n) => n > 1) ? "some" : "none";\n  list.some',
  );
  expect(report).toContain(`${mutants.length - 1} of ${mutants.length} changes were noticed`);
  expect(
    reportOf(
      mutants,
      mutants.map(() => "timed out"),
    ),
  ).toBe(`${mutants.length} of ${mutants.length} changes were noticed (100.0%); 0 more do not compile\n`);
});
