import { expect, test } from "vitest";
import { ComposeError, didYouMean, nearest, type Problem } from "@atlas/compose";
import fc from "fast-check";

test.each([
  ["mangaer", ["manager", "proxy"], "manager"],
  ["mngr", ["manager", "proxy"], "manager"],
  ["dplymnt", ["Deployment", "DaemonSet"], "Deployment"],
  // Two have the consonants.
  ["mngr", ["manager", "monger"], undefined],
  // Its vowels are others.
  ["mongre", ["manager"], undefined],
  ["pd", ["pod"], "pod"],
  ["xyz", ["manager"], undefined],
  // Two letters are not enough to tell by consonants; a name that has vowels is not an abbreviation.
  ["pd", ["proud"], undefined],
  ["mangr", ["emanager"], undefined],
  // Of a name of three letters one may differ, of six two, of nine three; case counts for nothing.
  ["abc", ["axc"], "axc"],
  ["abc", ["axy"], undefined],
  ["abcdef", ["abxyef"], "abxyef"],
  ["abcdef", ["xyzdef"], undefined],
  ["abcdefghi", ["xyzdefghi"], "xyzdefghi"],
  ["abcdefghi", ["wxyzefghi"], undefined],
  ["MANAGER", ["manager"], "manager"],
  ["mngr", ["MANAGER"], "MANAGER"],
  ["a", ["b"], "b"],
  ["a", ["bc"], undefined],
  ["", ["a"], "a"],
  // The nearest, and of two that are as near the first.
  ["image", ["imagex", "image", "mage"], "image"],
  ["imagee", ["images", "imaged"], "images"],
  ["ab", ["abc", "ac"], "abc"],
  // Neighbours that are swapped count once, at the start as well.
  ["mgae", ["game", "mage"], "mage"],
  ["ba", ["ab"], "ab"],
  ["bac", ["abc"], "abc"],
  ["abdc", ["abcd"], "abcd"],
  ["name", [], undefined],
])("of names near %s among %j, the likeliest is %s", (name, names, want) => {
  expect(nearest(name, names)).toBe(want);
  expect(nearest(name, new Set(names).values())).toBe(want);
});

const letters = fc.string({ unit: fc.constantFrom("x", "y", "z", "t"), maxLength: 6 });

test("a name with one slip in it is found again among names that are far away", () => {
  fc.assert(
    fc.property(letters, fc.nat(), fc.constantFrom("drop", "add", "swap", "change"), (text, at, slip) => {
      const name = `start${text}`;
      const index = at % (name.length - 1);
      const [before, after] = [name.slice(0, index), name.slice(index)];
      const misspelt = {
        drop: before + after.slice(1),
        add: `${before}q${after}`,
        swap: before + after.charAt(1) + after.charAt(0) + after.slice(2),
        change: `${before}q${after.slice(1)}`,
      }[slip];
      expect(nearest(misspelt, ["somewhereElse", name, "0123456789"])).toBe(name);
    }),
  );
});

test.each([
  ["mangaer", 'did you mean "manager"? Otherwise leave it out'],
  ["web", "leave it out"],
])("a proposal for %s", (name, want) => {
  expect(didYouMean(name, ["manager", "proxy"], "leave it out")).toBe(want);
});

const places = [
  { label: "patch", file: "a.ts", line: 3, column: 5 },
  { label: "base", file: "b.yaml", line: 1, column: 2 },
];

test.each<[want: string, problems: Problem[]]>([
  ["it is wrong", [{ code: "field-unknown", what: "it is wrong" }]],
  ["spec.a: it is wrong", [{ code: "field-unknown", what: "it is wrong", path: "spec.a" }]],
  ["Pod/a: it is wrong", [{ code: "field-unknown", what: "it is wrong", object: "Pod/a", path: "" }]],
  [
    "Pod/a: spec.a: it is wrong",
    [{ code: "field-unknown", what: "it is wrong", object: "Pod/a", path: "spec.a", places: [] }],
  ],
  [
    "it is wrong (patch a.ts:3:5)",
    [{ code: "field-unknown", what: "it is wrong", places: places.slice(0, 1) }],
  ],
  [
    "it is wrong (patch a.ts:3:5, base b.yaml:1:2)",
    [{ code: "field-unknown", what: "it is wrong", places, fix: "change it" }],
  ],
  [
    "spec: one\ntwo",
    [
      { code: "field-unknown", what: "one", path: "spec" },
      { code: "field-unknown", what: "two" },
    ],
  ],
])("an error says %j", (message, problems) => {
  const error = new ComposeError(problems);
  expect(error).toMatchObject({ name: "ComposeError", message, problems });
  expect(String(error)).toBe(`ComposeError: ${message}`);
});
