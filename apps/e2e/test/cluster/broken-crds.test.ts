import { expect, test } from "vitest";
import { brokenCrds } from "../../../../packages/crd-codegen/test/broken-crds.ts";
import { send } from "./cluster.ts";

const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict";

test.each(brokenCrds)("the API server is said right of: $name", async ({ crd, isTaken }) => {
  const answer = await send("POST", path, crd);
  expect(answer.status === 201, await answer.text()).toBe(isTaken);
});
