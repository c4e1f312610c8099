import fc from "fast-check";
import { test } from "vitest";
import { validatorsOf, InputError } from "@atlas/crd-codegen/validators";
import { crdWithRule, randomRule } from "../../../../packages/crd-codegen/test/random-rules.ts";
import { request } from "./cluster.ts";

const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict";

/** What is found wrong with a CRD here. */
function refusal(crd: object): string | undefined {
  try {
    validatorsOf({ ...crd });
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

const limit = fc.constantFrom(undefined, 5, 100, 5000);

test("rules at random are refused where the API server refuses them", async () => {
  const rules = fc.record({
    rule: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }).map(randomRule),
    limits: fc.record({ maxItems: limit, maxLength: limit }),
  });
  await fc.assert(
    fc.asyncProperty(rules, async ({ rule, limits }) => {
      const crd = crdWithRule(rule, limits);
      const { status, body } = await request("POST", path, crd);
      const found = refusal(crd);
      if ((status === 201) !== (found === undefined))
        throw new Error(`here: ${found ?? "taken"}\nthere: ${body.message ?? "taken"}`);
    }),
    { numRuns: 300 },
  );
}, 120_000);
