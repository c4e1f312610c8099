import fc, { type Arbitrary } from "fast-check";
import type { KubernetesObject } from "@atlas/compose";
import { builtInKinds } from "./kinds.ts";
import { patchOf } from "./schema-patches.ts";
import { kindObject } from "./schema-values.ts";

/** Kinds with pods are a few, and hold most of the lists that are merged. */
const workloads = builtInKinds.filter(({ kind }) => /^(?:.*Set|Deployment|Pod|CronJob|Job)$/.test(kind));
const kinds = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...builtInKinds) },
  { weight: 1, arbitrary: fc.constantFrom(...workloads) },
);

/** Objects of every built-in kind, each with a strategic merge patch of Kustomize's. */
export const builtInMerges: Arbitrary<{ target: KubernetesObject; merge: object }> = kinds.chain((kind) => {
  const { site, object } = kindObject(kind);
  return object.chain((target) => patchOf(target, site).map((merge) => ({ target, merge })));
});
