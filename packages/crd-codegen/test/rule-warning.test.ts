import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { shopCrd } from "./fixtures.ts";

/** Warnings for a CRD with a rule. */
async function warnings(rule: string) {
  const text = shopCrd.replace(
    "limit: { ",
    () => `limit: { x-kubernetes-validations: [{ rule: ${JSON.stringify(rule)} }], `,
  );
  const files = await generate([{ file: "shops.yaml", text }]);
  expect(files.map(({ content }) => content).join("")).toContain("runRules");
  return files.flatMap(({ warning }) => warning ?? []);
}

test.each([
  "self > 0",
  "self == oldSelf",
  "!oldSelf.hasValue() || oldSelf.value() < self",
  "string(self).matches('^1')",
  "[1, 2].all(i, v, i + v > self)",
])("%s is understood", async (rule) => {
  expect(await warnings(rule)).toEqual([]);
});

test.each([
  "self.fromANewerServer()",
  "newer.function(self)",
  "self > b'1'",
  "[?optional.of(self)].size() > 0",
])("%s is named as one that is not", async (rule) => {
  expect(await warnings(rule)).toEqual([
    {
      code: "rule-unread",
      file: "src/generated/validators.ts",
      what: `leaves to the API server a rule that is not understood here: of Shop, ${rule}`,
      fix: "Whether an object keeps it, only kubectl apply --dry-run=server says",
    },
  ]);
});
