import { worldOf } from "../findings/world.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { byClasses } from "./classes.ts";
import type { Assumption } from "./assumption.ts";
import { byKinds } from "./kinds.ts";
import { meshAssumptions } from "./mesh.ts";
import { byNamespaces } from "./namespaces.ts";
import { byReferences } from "./references.ts";
import { bySelectors } from "./selectors.ts";

/** What is known beside the objects. */
export interface AssumptionOptions {
  /** The version of Kubernetes that they are for. */
  readonly kubernetesVersion?: string;
}

/**
 * What a cluster must have for objects to work in it, and does not get with them: kinds, namespaces, Secrets, classes, what
 * selectors are for, what the mesh has to have. Each is named once, with all values that need it.
 *
 * @example
 * assumptions(objects).map(({ need }) => printedNeed(need)); // ["Secret/db in shop, with the key url", "Istio's CNI plugin"]
 */
export function assumptions(
  objects: readonly KubernetesObject[],
  { kubernetesVersion }: AssumptionOptions = {},
): readonly Assumption[] {
  const world = worldOf(objects);
  const stated: Assumption[] =
    kubernetesVersion === undefined
      ? []
      : [
          {
            need: { code: "kubernetes-version", version: kubernetesVersion },
            because: [{ path: "", text: "the objects are held against this version" }],
          },
        ];
  return unitedNeeds([
    ...stated,
    ...byKinds(world, kubernetesVersion),
    ...byNamespaces(world),
    ...byReferences(world),
    ...byClasses(world),
    ...bySelectors(world),
    ...meshAssumptions(world),
  ]);
}

/** Each need once, with all that has it. */
function unitedNeeds(all: readonly Assumption[]): readonly Assumption[] {
  const groups = Map.groupBy(all, ({ need }) => JSON.stringify({ ...need, keys: undefined }));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const keys = [...new Set(group.flatMap(({ need }) => ("keys" in need ? (need.keys ?? []) : [])))];
    const need = first.need.code === "object" && keys.length > 0 ? { ...first.need, keys } : first.need;
    return [{ need, because: group.flatMap(({ because }) => because) }];
  });
}
