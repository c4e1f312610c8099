import { selectorProblem } from "@atlas/manifests/manager";
import fc from "fast-check";
import { expect, test } from "vitest";
import { send } from "./cluster.ts";

/** What selectors are made of, and what breaks them. */
const pieces = fc.constantFrom(
  ..."a in notin = == != ! ( ) , < > 1 -1 x/y x/y/z A.b/c a.b/c-d _a a_ é 9223372036854775808 (, () ,)".split(
    " ",
  ),
  " ",
  "a in (b)",
  "a=b,",
);
const texts = fc.array(pieces, { maxLength: 8 }).map((words) => words.join(""));
const spaced = fc.array(pieces, { maxLength: 8 }).map((words) => words.join(" "));

/** The API server reads selectors with the function that the manager reads its flag with. */
async function isTaken(selector: string): Promise<boolean> {
  const query = `limit=1&labelSelector=${encodeURIComponent(selector)}`;
  const response = await send("GET", `/api/v1/namespaces/default/configmaps?${query}`);
  await response.text();
  return response.status === 200;
}

test("a label selector is one where the API server takes it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(texts, spaced), async (text) => {
      expect(selectorProblem(text) === undefined, JSON.stringify(text)).toBe(await isTaken(text));
    }),
    { numRuns: 1000, seed: 1 },
  );
});
