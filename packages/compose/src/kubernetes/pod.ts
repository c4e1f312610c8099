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
function collect(holder: object, found: PlainObject[]): void {
  for (const name of Object.keys(holder)) {
    const inner = (holder as Readonly<Record<string, unknown>>)[name];
    if (typeof inner !== "object" || inner === null) continue;
    if (!containerLists.has(name)) collect(inner, found);
    else if (Array.isArray(inner)) found.push(...inner.filter(isObject));
  }
}

/** Where the spec of a pod stands: of a Pod, of what has a template of one, of a PodTemplate, of a CronJob. */
const podPaths = ["spec", "spec.template.spec", "template.spec", "spec.jobTemplate.spec.template.spec"];

/** The paths of the pods that an object of Kubernetes itself describes, as far as they have containers. */
export const fullPods = (object: KubernetesObject): string[] =>
  podPaths.filter((path) => {
    if (path === "spec" && object.kind !== "Pod") return false;
    let inner: unknown = object;
    for (const field of `${path}.containers`.split(".")) inner = isObject(inner) ? inner[field] : undefined;
    return Array.isArray(inner) && inner.length > 0;
  });
