import { readFileSync } from "node:fs";
import { explain } from "@atlas/checks";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
const [, section = ""] = readme.split("### When something is wrong");
const rows = [...section.matchAll(/^\| (\S.*?) +\| `([a-z-]+)` +\| (\S.*?) +\|$/gm)];

test("the README has what an operator that was broken on purpose does", () => {
  const codes = rows.map(([, , code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual(
    expect.arrayContaining([
      "operator-flag-unknown",
      "operator-permission-missing",
      "operator-without-election",
      "operator-without-tmp",
      "subject-missing",
    ]),
  );
});

test.each(rows.map(([, seen, code, why]) => [code, seen, why] as const))(
  "it says of %s what the command says",
  (code = "", _seen, why) => {
    expect(explain(code)?.why).toBe(why);
  },
);
