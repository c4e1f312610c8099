import type { CustomKinds } from "../kubernetes/crd.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Problem } from "../problems/problem.ts";
import type { Reader } from "../kubernetes/reader.ts";
import type { Entry } from "../transforms/entry.ts";

/**
 * A ConfigMap or Secret that a layer makes from content, as `configMapGenerator` and `secretGenerator` give it. It brings
 * along what it does, so that a layer without any loads nothing for it.
 */
export interface Generator {
  /** The object, named without its hash; a patch may be made against it. */
  readonly object: KubernetesObject;
  /** Adds the object to those of the layer, or merges it into one of them; `read` reads the files that hold its content. */
  readonly add: (entries: Entry[], read?: Reader["bytes"]) => readonly Problem[];
  /** Names all generated objects by their content, and follows them in all references; done once, at the very end. */
  readonly finish: (
    entries: readonly Entry[],
    open: (entry: Entry) => KubernetesObject,
    customKinds: CustomKinds,
  ) => readonly Problem[];
}
