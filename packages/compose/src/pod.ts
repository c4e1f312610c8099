import type { KubernetesObject } from "./object.ts";
import { isObject, type PlainObject } from "./plain.ts";

const lists = ["initContainers", "containers", "ephemeralContainers"];

/**
 * All containers of the pods that an object describes, wherever it describes them: a Deployment has one template, a custom
 * kind may hold a pod anywhere. A CustomResourceDefinition only describes fields of these names.
 */
export function containersOf(object: KubernetesObject): PlainObject[] {
  return object.kind === "CustomResourceDefinition" ? [] : [...search(object)];
}

function* search(value: unknown): Generator<PlainObject> {
  if (Array.isArray(value)) for (const inner of value) yield* search(inner);
  else if (isObject(value)) {
    for (const name of lists) {
      const list = value[name];
      if (Array.isArray(list)) yield* list.filter(isObject);
    }
    for (const [name, inner] of Object.entries(value)) if (!lists.includes(name)) yield* search(inner);
  }
}
