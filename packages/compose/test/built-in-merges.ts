import fc, { type Arbitrary } from "fast-check";
import type { KubernetesObject } from "@atlas/compose";
import { builtInKinds } from "./kinds.ts";
import { isNewer } from "./kustomize-lists.ts";
import { patchOf } from "./schema-patches.ts";
import { kindObject } from "./schema-values.ts";

/** Kinds with pods are a few, and hold most of the lists that are merged. */
const workloads = builtInKinds.filter(({ kind }) => /^(?:.*Set|Deployment|Pod|CronJob|Job)$/.test(kind));
/** Of kinds that Kustomize does not know it replaces every list, so that one is like another. */
const known = builtInKinds.filter((kind) => !isNewer(kind));
const kinds = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  { weight: 3, arbitrary: fc.constantFrom(...builtInKinds.filter(isNewer)) },
  { weight: 3, arbitrary: fc.constantFrom(...workloads) },
);

/** Objects of every built-in kind, each with a strategic merge patch of Kustomize's. */
export const builtInMerges: Arbitrary<{ target: KubernetesObject; merge: object }> = kinds.chain((kind) => {
  const { site, object } = kindObject(kind);
  return object.chain((target) => patchOf(target, site).map((merge) => ({ target, merge })));
});
