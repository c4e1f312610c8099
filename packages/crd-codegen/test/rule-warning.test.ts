import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { shopCrd } from "./fixtures.ts";

/** Warnings for a CRD with a rule. */
async function warnings(rule: string, more: object = {}) {
  const text = shopCrd.replace(
    "limit: { ",
    () => `limit: { x-kubernetes-validations: [${JSON.stringify({ rule, ...more })}], `,
  );
  const files = await generate([{ file: "shops.yaml", text }]);
  expect(files.map(({ content }) => content).join("")).toContain("runRules");
  return files.flatMap(({ warning }) => warning ?? []);
}

test.each([
  "self > 0",
  "self == oldSelf",
  "'a1'.matches('^a') && self > 0",
  "[1, 2].all(i, v, i + v > self)",
])("%s is understood", async (rule) => {
  expect(await warnings(rule)).toEqual([]);
});

test("what was there before is understood", async () => {
  const rule = "!oldSelf.hasValue() || oldSelf.value() < self";
  expect(await warnings(rule, { optionalOldSelf: true })).toEqual([]);
});

test.each(["self.fromANewerServer()", "newer.function(self)", "[?optional.of(self)].size() > 0"])(
  "%s is named as one that is not",
  async (rule) => {
    expect(await warnings(rule)).toEqual([
      {
        code: "rule-unread",
        file: "src/generated/validators.ts",
        what: `leaves to the API server a rule that is not understood here: of Shop, ${rule}`,
        fix: "Whether an object keeps it, only kubectl apply --dry-run=server says",
      },
    ]);
  },
);
