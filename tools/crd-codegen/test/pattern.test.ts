import { expect, test } from "vitest";
import { matcher } from "../src/runtime/pattern.ts";

// Each pattern in Go's syntax, texts that Go finds it in, and texts that it does not.
test.each<[string, string[], string[]]>([
  ["^a.c$", ["abc", "a\rc"], ["a\nc", "ac"]],
  ["(?s)^a.c$", ["a\nc"], ["ac"]],
  ["(?i)^ab$", ["AB"], ["a"]],
  ["^((?i)jan|feb)x$", ["JANx", "FEBx", "janx"], ["janX"]],
  ["^(?i)(abort|warn)?$", ["ABORT", "", "warn"], ["x"]],
  ["^x(?i)a|b$", ["xA", "B", "yB"], ["XA"]],
  [String.raw`\Aab\z`, ["ab"], ["ab\n", "xab"]],
  [String.raw`^[\w\-]+$`, ["a-b_1"], ["é", "a b"]],
  [String.raw`^\/\_\"\@\:\-$`, ['/_"@:-'], ["a"]],
  ["^[[:alpha:]_]+$", ["ab_"], ["a1"]],
  ["^[^[:space:]]+$", ["ab"], ["a b"]],
  [String.raw`^\s$`, [" ", "\t"], ["\u00a0", "\v"]],
  [String.raw`^\pL\p{Greek}\P{Lu}$`, ["aαb"], ["aab", "aαB"]],
  [String.raw`^[\p{Greek}x]+$`, ["αx"], ["y"]],
  [String.raw`^\x{1F600}$`, ["😀"], ["x"]],
  [String.raw`^\Qa.b\E.$`, ["a.bc"], ["axbc"]],
  ["^(?P<name>a)b$", ["ab"], ["b"]],
  ["^{a}$", ["{a}"], ["a"]],
  ["^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]],
  ["^[]a]+$", ["]a"], ["b"]],
  ["^[a-z[]+$", ["a["], ["A"]],
  ["^.$", ["😀"], ["ab"]],
])("%s", (pattern, found, missing) => {
  const expression = matcher(pattern);
  expect(found.filter((text) => expression?.test(text) !== true)).toEqual([]);
  expect(missing.filter((text) => expression?.test(text) !== false)).toEqual([]);
});

test("a pattern that JavaScript cannot say is left to the API server", () =>
  expect(matcher("a**")).toBe(undefined));
