import type { KubernetesObject } from "./object.ts";
import { isObject, type PlainObject } from "./plain.ts";

const lists = new Set(["initContainers", "containers", "ephemeralContainers"]);

/**
 * All containers of the pods that an object describes, wherever it describes them: a Deployment has one template, a custom
 * kind may hold a pod anywhere. A CustomResourceDefinition only describes fields of these names.
 */
export function containersOf(object: KubernetesObject): PlainObject[] {
  const found: PlainObject[] = [];
  if (object.kind !== "CustomResourceDefinition") collect(object, found);
  return found;
}

/** Collects into a list: generators that pass each container up level by level cost a cold render more than the rest. */
function collect(value: unknown, found: PlainObject[]): void {
  if (Array.isArray(value)) for (const inner of value) collect(inner, found);
  else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const inner = value[name];
      if (!lists.has(name)) collect(inner, found);
      else if (Array.isArray(inner)) found.push(...inner.filter(isObject));
    }
  }
}
