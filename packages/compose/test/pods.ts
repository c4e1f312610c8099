import type { KubernetesObject } from "@atlas/compose";
import { objectOf } from "./difference.ts";

/** A workload with such a pod. */
export const podWith = (spec: object): KubernetesObject =>
  objectOf("apps/v1", "Deployment", { spec: { template: { spec } } });

export const plainEnv = [{ name: "A", value: "1" }];
