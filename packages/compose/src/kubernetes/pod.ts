import type { KubernetesObject } from "./object.ts";
import { isObject, type PlainObject } from "../value/plain.ts";

const containerLists = new Set(["initContainers", "containers", "ephemeralContainers"]);

/**
 * All containers of the pods that an object describes, wherever it describes them: a Deployment has one template, a custom
 * kind may hold a pod anywhere. A CustomResourceDefinition only describes fields of these names.
 */
export function podContainers(object: KubernetesObject): PlainObject[] {
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
      if (!containerLists.has(name)) collect(inner, found);
      else if (Array.isArray(inner)) found.push(...inner.filter(isObject));
    }
  }
}

/** A pod that an object of Kubernetes itself describes, and where. */
export interface PodPlace {
  readonly path: string;
  /** Whether it had containers when it was looked for. */
  readonly isFull: boolean;
}

/** Of a Pod, of what has a template of one, of a PodTemplate, of a CronJob. */
const podPaths = [
  ["spec"],
  ["spec", "template", "spec"],
  ["template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
];

/** The pods that an object of Kubernetes itself describes. */
export function podsOf(object: KubernetesObject): PodPlace[] {
  return podPaths.flatMap((fields) => {
    let pod: unknown = object;
    for (const field of fields) pod = isObject(pod) ? pod[field] : undefined;
    if (!isObject(pod) || (fields.length === 1 && object.kind !== "Pod")) return [];
    const { containers } = pod;
    return [{ path: fields.join("."), isFull: Array.isArray(containers) && containers.length > 0 }];
  });
}
