import type { KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { describe, test } from "vitest";
import type { Case } from "./cases.ts";
import { holdAgainstKustomize } from "./differential.ts";
import { withoutKubectl } from "@atlas/testing/kubectl";

import { worlds } from "./reference-world.ts";
import { generators, objects, transformsOf } from "./transforms.ts";

/** A base and an overlay, both with transforms and generators, and a component. */
const layers: Arbitrary<Case> = objects.chain((resources) => {
  const [lower, upper, piece] = [1, 2, 3].map((layer) => transformsOf(resources, layer));
  if (!lower || !upper || !piece) throw new Error("three layers have transforms");
  return fc
    .tuple(lower, upper, piece, generators, fc.boolean())
    .map(([one, two, three, [made, merged], isInPiece]) => ({
      layers: [
        { resources: one.namespace ? resources : resources.map(withoutNamespace), ...one, ...made },
        { ...two, ...(isInPiece ? {} : merged), components: [{ ...three, ...(isInPiece ? merged : {}) }] },
      ],
    }));
});

/** Where no layer states a namespace, some objects with and some without are refused. */
const withoutNamespace = ({ metadata, ...object }: KubernetesObject): KubernetesObject => {
  const { namespace: _namespace, ...others } = metadata;
  return { ...object, metadata: others };
};

describe.skipIf(withoutKubectl)("what Kustomize makes of random layers is what we make:", () => {
  test(
    "namespace, labels, annotations, replicas, images, generators, components",
    { timeout: 600_000 },
    () => {
      holdAgainstKustomize(layers, 300);
    },
  );

  test("references of every kind, across layers, components and several bases", { timeout: 600_000 }, () => {
    holdAgainstKustomize(worlds, 60);
  });
});
