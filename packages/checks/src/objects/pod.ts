import { namespaceOf, type KubernetesObject } from "./kubernetes-object.ts";
import { at, elements, isThere, mapAt, nodeOf, type Node } from "./node.ts";

/** A pod, or those that a workload will make. */
export interface Pod {
  readonly object: KubernetesObject;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly metadata: Node;
  readonly spec: Node;
}

/** Where kinds hold the template of their pods. */
const podTemplates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ["template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/**
 * The pod that an object is, or those that it makes: of a Pod, a PodTemplate, a CronJob, and of whatever has a
 * `spec.template.spec.containers` (Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, …).
 *
 * @returns undefined for an object that makes no pods.
 * @example
 * podOf(deployment)?.labels.get("app.kubernetes.io/name"); // "shop"
 */
export function podOf(object: KubernetesObject): Pod | undefined {
  const template = at(nodeOf(object), ...(podTemplates[object.kind] ?? ["spec", "template"]));
  const [metadata, spec] = [at(template, "metadata"), at(template, "spec")];
  if (!isThere(at(spec, "containers"))) return undefined;
  return { object, namespace: namespaceOf(object), labels: mapAt(at(metadata, "labels")), metadata, spec };
}

/** Every container of a pod: those that initialise it, its own, and those for debugging. */
export function containersOf({ spec }: Pod): readonly Node[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => elements(at(spec, list)));
}
