import { expect, test } from "vitest";
import { isExcerpt, isQuoted } from "../src/documents/quotation.ts";

const printed = "one\ntwo (2.0 s)\nthree\n";

test.each([
  ["all of it", "one\ntwo (2.0 s)\nthree\n", true],
  ["the beginning alone", "one\n", false],
  ["the beginning, and that something is left out", "one\n…\n", true],
  ["the end, and that something is left out", "…\nthree\n", true],
  ["nothing but that something is left out", "…\n", true],
  ["lines left out where there are none", "one\n…\ntwo (2.0 s)\nthree\n", true],
  ["a part of a line left out", "one\ntwo (… s)\nthree\n", true],
  ["a part of a line left out, as if it were lines", "one…three\n", false],
  ["lines in another order", "…\nthree\none\n", false],
  ["another text", "one\ntwo (2x0 s)\nthree\n", false],
  ["a part of a line, as if it were the line", "…\nhree\n", false],
  ["nothing", "", false],
])("%s", (_name, quotation, expected) => {
  expect(isQuoted(quotation, printed)).toBe(expected);
});

test("what a terminal overwrites is left out as well", () => {
  expect(isQuoted("…\nend\n", "10 %\r20 %\r\nend\n")).toBe(true);
});

test.each([
  ["lines in the middle", "two (2.0 s)\n", true],
  ["lines with others between them", "one\n…\nthree\n", true],
  ["lines without the others between them", "one\nthree\n", false],
  ["a part of a line", "wo (2.0 s)\n", false],
  ["another text", "four\n", false],
])("an excerpt: %s", (_name, quotation, expected) => {
  expect(isExcerpt(quotation, printed)).toBe(expected);
});
