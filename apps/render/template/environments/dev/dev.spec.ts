import { snapshotOf } from "@atlas/checks/testing";
import { compose } from "@atlas/compose";
import { expect, test } from "vitest";
import dev from "./index.ts";

const environment = compose(dev);

test("the operator's pods are admitted, and reach the API server", () => {
  expect(environment).toAdmit("atlas-operator");
  expect(environment).toReach("atlas-operator", "10.0.0.1:443");
});

test("the operator reads Secrets, and touches no roles", () => {
  expect(environment).toAllow("atlas-operator", "list", "secrets");
  expect(environment).not.toAllow("atlas-operator", "create", "clusterrolebindings");
});

// Says in each review what is new of findings, permissions, and what the cluster must have: `npm test -- --update`.
test("what a review has to see is as it was", () => {
  expect(snapshotOf(environment)).toMatchSnapshot();
});
