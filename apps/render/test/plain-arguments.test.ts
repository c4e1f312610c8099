import { parseArgs } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Option } from "../src/cli/command.ts";
import { plainArguments } from "../src/cli/plain-arguments.ts";

const options = {
  output: { type: "string", short: "o", about: "where to" },
  file: { type: "string", short: "f", multiple: true, about: "which" },
  check: { type: "boolean", short: "c", about: "whether" },
} satisfies Record<string, Option>;

const ofNode = (args: readonly string[]): unknown => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  return { values: { ...values }, positionals };
};

test.each<[readonly string[], ReturnType<typeof plainArguments>]>([
  [[], { values: {}, positionals: [] }],
  [["dev", "--output", "-"], { values: { output: "-" }, positionals: ["dev"] }],
  [["-o", "out", "--check", "dev"], { values: { output: "out", check: true }, positionals: ["dev"] }],
  [["-f", "a", "--file", "b"], { values: { file: ["a", "b"] }, positionals: [] }],
  [["--output", "a", "-o", "b"], { values: { output: "b" }, positionals: [] }],
  [["--output=a"], undefined],
  [["-oa"], undefined],
  [["-cf", "a"], undefined],
  [["--output"], undefined],
  [["--output", "--check"], undefined],
  [["--", "--check"], undefined],
  [["--toString"], undefined],
])("of %j", (args, want) => {
  expect(plainArguments(options, args)).toEqual(want);
});

test("whatever is taken for plain means to Node's parser the same", () => {
  const word = fc.constantFrom(
    ..."dev - -- --output -o --file -f --check -c --no-check --output=a -oa -co -cf ---x".split(" "),
    "",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 6 }), (args) => {
      const plain = plainArguments(options, args);
      if (plain) expect(plain).toEqual(ofNode(args));
    }),
    { numRuns: 5000 },
  );
});
