import type { KubernetesObject } from "./object.ts";

/** A container as far as transforms look at it. */
export interface ContainerLike {
  name?: string;
  image?: string;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a kind keeps its pod; a custom kind may keep one anywhere, so there the containers are found by their shape. */
const podPaths: Record<string, readonly string[]> = {
  Pod: ["spec"],
  PodTemplate: ["template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};
const templated = ["spec", "template", "spec"];

/** All containers of the pod that an object holds, init and ephemeral ones included. */
export function containersOf(object: KubernetesObject): ContainerLike[] {
  let pod: unknown = object;
  for (const step of podPaths[object.kind] ?? templated) pod = isFields(pod) ? pod[step] : undefined;
  if (!isFields(pod)) return [];
  return [pod["initContainers"], pod["containers"], pod["ephemeralContainers"]].flatMap((list) =>
    Array.isArray(list) ? list.filter(isFields) : [],
  );
}
