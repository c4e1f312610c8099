import fc from "fast-check";
import { expect, test } from "vitest";
import { call, codeWord, dataCode, printModule, type CodeExpression } from "../src/write.ts";

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

test("imports stand in the order of packages, then files, each in that of its names", () => {
  const imports = [
    { from: "./b.ts", names: ["z", "a"] },
    { from: "../c.ts", defaultName: "c" },
    { from: "kubernetes-types/core/v1.js", names: ["Pod"], isType: true },
    { from: "@atlas/compose", names: ["define"] },
  ];
  expect(printModule({ imports, statements: [] })).toBe(
    [
      'import { define } from "@atlas/compose";',
      'import type { Pod } from "kubernetes-types/core/v1.js";',
      'import c from "../c.ts";',
      'import { a, z } from "./b.ts";',
      "",
    ].join("\n"),
  );
});
