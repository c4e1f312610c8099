import type { KubernetesObject } from "@atlas/checks";
import fc from "fast-check";
import { expect, test } from "vitest";
import { answersOf } from "../checks/network-answers.ts";
import { networkWorld } from "../checks/network-world.ts";
import { succeed } from "./cluster.ts";

/** A policy with the defaults that the API server gives it; nothing is stored. */
async function defaulted(policy: KubernetesObject): Promise<KubernetesObject> {
  const path = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies?dryRun=All";
  const { spec } = await succeed<{ spec: object }>("POST", path, {
    ...policy,
    metadata: { name: policy.metadata.name },
  });
  return Object.assign({}, policy, { spec });
}

test("a policy as it is rendered means what it does with the API server's defaults", async () => {
  const worlds = fc.sample(networkWorld(false, 20), { seed: 1, numRuns: 50 });
  for (const world of worlds) {
    const policies = await Promise.all(world.policies.map(defaulted));
    expect(answersOf(world)).toEqual(answersOf({ ...world, policies }));
  }
  const specs = worlds.flatMap(({ policies }) => policies).map((policy) => JSON.stringify(policy));
  expect(specs.filter((text) => !text.includes("policyTypes")).length).toBeGreaterThan(20);
});
