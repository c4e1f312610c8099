import { base, compose, type KubernetesObject } from "@atlas/compose";
import { strategicMerge } from "@atlas/compose/patches";
import fc, { type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { strategicPatch } from "./kubectl.ts";

const names = ["a", "b", "c", "d"];
const sources = {
  emptyDir: { sizeLimit: "1Gi" },
  hostPath: { path: "/a" },
  secret: { secretName: "a" },
};

/** A volume that takes another source: without `$retainKeys` it would have two. */
const volume = fc.constantFrom(...Object.entries(sources)).map(([name, source]) => ({ [name]: source }));
const strategies = [
  { type: "Recreate" },
  { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } },
  { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
];

const objectOf = (
  containers: readonly string[],
  source: object,
  finalizers: readonly string[],
): KubernetesObject & { spec: object } => {
  const list = containers.map((name) => ({ name, image: `example/${name}` }));
  const template = { spec: { containers: list, volumes: [{ name: "v", ...source }] } };
  const metadata = { name: "a", finalizers };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { strategy: strategies[1], template },
  };
};

/** An object and a patch with the directives that Kustomize does not have. */
const cases: Arbitrary<{ object: KubernetesObject; patch: object }> = fc
  .tuple(
    fc.shuffledSubarray(names.slice(0, 3), { minLength: 2 }),
    fc.tuple(volume, volume, fc.constantFrom(...strategies)),
    fc.shuffledSubarray(names, { minLength: 1 }),
    fc.boolean(),
  )
  .chain(([containers, [before, after, strategy], finalizers, isAdded]) => {
    const all = isAdded ? [...containers, "d"] : containers;
    return fc
      .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(finalizers, { minLength: 1 }))
      .map(([order, removed]) => ({
        object: objectOf(containers, before, finalizers),
        patch: {
          metadata: { "$deleteFromPrimitiveList/finalizers": removed },
          spec: {
            strategy: { ...strategy, $retainKeys: Object.keys(strategy) },
            template: {
              spec: {
                "$setElementOrder/containers": order.map((name) => ({ name })),
                containers: isAdded ? [{ name: "d", image: "example/d" }] : [{ name: order[0], args: ["a"] }],
                volumes: [{ name: "v", ...after, $retainKeys: ["name", ...Object.keys(after)] }],
              },
            },
          },
        },
      }));
  });

/** The same patch for us: what is new says so. */
const marked = (patch: object): object =>
  JSON.parse(JSON.stringify(patch).replace('"image":"example/d"', '"image":"example/d","$patch":"merge"'));

describe.skipIf(withoutKubectl)("the directives that Kustomize does not have", () => {
  test("do what they do in kubectl patch", { timeout: 300_000 }, () => {
    const seed = Number(process.env["COMPOSE_SEED"] ?? 1);
    fc.assert(
      fc.property(cases, ({ object, patch }) => {
        const [ours] = compose(
          base({ resources: [object], patches: [strategicMerge(object, marked(patch))] }),
        );
        expect(ours).toEqual(strategicPatch(object, patch));
      }),
      { numRuns: 40, seed, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true },
    );
  });
});
