import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt } from "../objects/node.ts";

/** Where an AtlasMigration has its migrations: in Atlas Cloud, or in a ConfigMap or itself; undefined where it does not say. */
export function directoryKind(object: KubernetesObject): "remote" | "cluster" | undefined {
  const dir = at(nodeOf(object), "spec", "dir");
  // The operator looks for the remote one first.
  if ((textAt(at(dir, "remote", "name")) ?? "") !== "") return "remote";
  return isThere(at(dir, "local")) || isThere(at(dir, "configMapRef")) ? "cluster" : undefined;
}

/** Whether an object has a configuration of Atlas of its own, which may state what its fields do not. */
export const hasOwnConfig = (object: KubernetesObject): boolean => {
  const spec = at(nodeOf(object), "spec");
  return (textAt(at(spec, "config")) ?? "") !== "" || isThere(at(spec, "configFrom", "secretKeyRef"));
};
