import fc from "fast-check";
import { expect, test } from "vitest";
import { call, codeWord, dataCode, objectCode, printModule, type CodeExpression } from "../src/write.ts";

const printed = (value: CodeExpression): string =>
  printModule({ imports: [], statements: [{ head: "export default", value }] });

test("data is printed as code that makes it again", () => {
  const deep = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: fc.oneof(fc.constantFrom("\n", "`", "${", "'", '"', "\\"), fc.string()) }),
      fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => (number === 0 ? 0 : number)),
      fc.constantFrom(true, false, null),
      fc.array(tie("value")),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "0", "a-b", "a1")), tie("value"), {
        noNullPrototype: true,
      }),
    ),
  })).value;
  fc.assert(
    fc.property(deep, (value) => {
      const text = printed(dataCode(value)).replace("export default", "return");
      // oxlint-disable-next-line no-implied-eval, no-new-func
      expect(new Function(text)()).toEqual(value);
    }),
  );
});

const long = "x".repeat(60);
test.each<[what: string, given: CodeExpression, want: string]>([
  ["an object that fits", dataCode({ a: 1, "b-c": ["d"] }), '{ a: 1, "b-c": ["d"] }'],
  [
    "an object that does not fit",
    dataCode({ name: long, other: long }),
    `{\n  name: "${long}",\n  other: "${long}",\n}`,
  ],
  ["objects within one another", dataCode({ a: { b: { c: 1 } } }), "{\n  a: { b: { c: 1 } },\n}"],
  ["text of several lines", dataCode("a\n`b`"), "`a\n\\`b\\``"],
  ["text with quotes", dataCode('say "a"'), `'say "a"'`],
  [
    "a call whose last argument is an object",
    call("patch", codeWord("target"), dataCode({ a: 1 })),
    "patch(target, { a: 1 })",
  ],
])("%s", (_what, given, want) => expect(printed(given)).toBe(`export default ${want};\n`));

test.each<[what: string, given: CodeExpression, want: string]>([
  ["a field that is called as its value", objectCode({ a: codeWord("a"), b: codeWord("a") }), "{ a, b: a }"],
  ["a field without a value", objectCode({ a: undefined, b: dataCode("b") }), '{ b: "b" }'],
  ["a short object in lines", objectCode({ a: dataCode(1) }, { isOpen: true }), "{\n  a: 1,\n}"],
  [
    "a deep object in one",
    objectCode({ a: dataCode({ b: { c: 1 } }) }, { isOpen: false }),
    "{ a: { b: { c: 1 } } }",
  ],
])("%s", (_what, given, want) => expect(printed(given)).toBe(`export default ${want};\n`));

test("what is told of a declaration cannot end the comment", () => {
  const statement = { about: "a */ b", head: "const a =", value: dataCode(1) };
  expect(printModule({ imports: [], statements: [statement] })).toBe("/** a *\\/ b */\nconst a = 1;\n");
});

test("imports of one module are one, packages before files, and both in the order of their names", () => {
  const imports = [
    { from: "./b.ts", names: ["z", "a"] },
    { from: "../c.ts", defaultName: "c" },
    { from: "kubernetes-types/core/v1.js", names: ["Pod"], isType: true },
    { from: "@atlas/compose", names: ["define"] },
    { from: "./b.ts", defaultName: "b" },
    { from: "@atlas/compose", names: ["base", "define"] },
  ];
  expect(printModule({ imports, statements: [] })).toBe(
    [
      'import { base, define } from "@atlas/compose";',
      'import type { Pod } from "kubernetes-types/core/v1.js";',
      'import c from "../c.ts";',
      'import b from "./b.ts";',
      'import { a, z } from "./b.ts";',
      "",
    ].join("\n"),
  );
});
