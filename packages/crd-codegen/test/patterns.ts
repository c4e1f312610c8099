import fc from "fast-check";

/** Patterns in Go's syntax, texts that Go finds them in, and texts that it does not. */
export const patterns: readonly (readonly [pattern: string, found: string[], missing: string[]])[] = [
  ["^a.c$", ["abc", "a\rc", "a\u2028c"], ["a\nc", "ac"]],
  ["(?s)^a.c$", ["a\nc"], ["ac"]],
  ["(?i)^ab$", ["AB"], ["a"]],
  ["(?i)^k$", ["K", "\u212a"], ["a"]],
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
  [String.raw`\d+\b`, ["a 1", "1 a"], ["1a", "a"]],
  ["a|", ["", "b"], []],
  ["^a$|^b$", ["a", "b"], ["ab"]],
  ["a]}", ["a]}"], ["a"]],
];

/** Patterns that are none in Go, though some are in JavaScript. */
export const refused = [
  "a**",
  "(?=a)",
  String.raw`(a)\1`,
  "(?<!a)b",
  "[z-a]",
  "a{1001}",
  "(a{100}){100}",
  "*a",
  "(a",
  "a)",
  String.raw`\8`,
  String.raw`\cA`,
  String.raw`\p{Script=Greek}`,
];

/** Patterns on which a matcher that goes back and tries again takes a time that no one waits for. */
export const hanging: readonly (readonly [pattern: string, text: string])[] = [
  ["^(a+)+$", `${"a".repeat(50_000)}!`],
  ["^(a|a)*$", `${"a".repeat(50_000)}!`],
  ["^(a|ab|b)*$", `${"ab".repeat(50_000)}!`],
  ["^(a?){50}a{50}$", "a".repeat(49)],
  ["(.*)*x", "a".repeat(50_000)],
  ["a+b", "a".repeat(500_000)],
  [String.raw`\s+$`, `${" ".repeat(500_000)}!`],
  ["^([a-z]+-?)*$", `${"a".repeat(50_000)}!`],
  ["^(.*,){11}P", "1,".repeat(20_000)],
  [String.raw`^([a-zA-Z0-9._-]+)+@([a-z]+\.)+[a-z]+$`, "a".repeat(50_000)],
];

/** Characters in which patterns and texts meet often, and at which the two syntaxes part. */
const characters = Array.from("aabbAB01-_./ \n\r\v\u00a0\u2028ékKſ😀");
const atoms = [
  "a",
  "b",
  "0",
  "1",
  "-",
  "_",
  "/",
  " ",
  ".",
  "\\.",
  "\\-",
  "\\/",
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  "\\n",
  "\\b",
  "\\pL",
  "\\p{Greek}",

  "[ab]",
  "[^a]",
  "[a-z0-9]",
  "[-a-z]",
  "[a-z-]",
  "[^-\\w]",
  "[\\s\\d]",
  "[]a]",
  "[[:alpha:]]",
  "é",
  "😀",
  "\\x61",
  "\\x{1F600}",
  "\\Qa.\\E",
  "]",
  "}",
  "{",
  "^",
  "$",
  "\\A",
  "\\z",
  "(?i)",
  "(?s)",
  "",
  "[.-/]",
];
const repetitions = ["*", "+", "?", "{2}", "{0,2}", "{1,}", "{2,1}", "{,2}", "*?", "+?", "??", "**"];

const { pattern: body }: { pattern: fc.Arbitrary<string> } = fc.letrec<{
  pattern: string;
  piece: string;
  atom: string;
}>((tie) => ({
  atom: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...atoms) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("(", "(?:", "(?P<n>"), tie("pattern"))
        .map(([open, inner]) => `${open}${inner})`),
    },
  ),
  piece: fc
    .tuple(
      tie("atom"),
      fc.oneof(
        { weight: 1, arbitrary: fc.constant("") },
        { weight: 2, arbitrary: fc.constantFrom(...repetitions) },
      ),
    )
    .map(([atom, repetition]) => atom + repetition),
  pattern: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
    fc.tuple(tie("piece"), tie("pattern")).map(([left, right]) => `${left}|${right}`),
  ),
}));

/** A pattern with some texts that it may be found in. */
export const question: fc.Arbitrary<{ pattern: string; texts: string[] }> = fc.record({
  pattern: fc
    .tuple(fc.constantFrom("", "^"), body, fc.constantFrom("", "$"))
    // Go takes a name twice, which the library refuses: such a pattern is left to the API server.
    .map((parts) => parts.join("").replaceAll(/\?P<n>(?=.*\?P<n>)/gs, "?:")),
  texts: fc.array(
    fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map((all) => all.join("")),
    {
      minLength: 12,
      maxLength: 12,
    },
  ),
});
