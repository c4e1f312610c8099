import { stringify } from "yaml";
import type { KubernetesObject } from "./object.ts";

/**
 * An object as one YAML document, fields in the order in which they were written.
 *
 * YAML 1.1 is what Kubernetes reads: `yes` and `0o17` are quoted. Nothing is folded and no anchor stands for what two
 * places share.
 */
export function toYaml(object: KubernetesObject): string {
  return stringify(object, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}
