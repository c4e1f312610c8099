import type { Node } from "../objects/node.ts";
import { reason, type Reason } from "../objects/verdict.ts";

/** An object that has to be there. */
export interface NeededObject {
  readonly code: "object";
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Left out for what lies in none. */
  readonly namespace?: string;
  /** What has to be in a Secret or a ConfigMap. */
  readonly keys?: readonly string[];
}

/** What a cluster has to have for objects to work in it. */
export type Need =
  | NeededObject
  /** A kind that it serves: its CustomResourceDefinition is there. */
  | { readonly code: "kind"; readonly group: string; readonly version: string; readonly kind: string }
  /** Namespaces that a selector is for, as kubectl takes it. */
  | { readonly code: "namespaces"; readonly selector: string }
  /** Pods that a selector is for, in a namespace, or in those that a selector is for, or in any. */
  | {
      readonly code: "pods";
      readonly selector: string;
      readonly namespace?: string;
      readonly namespaces?: string;
    }
  /** A class that is marked as the default. */
  | { readonly code: "default-class"; readonly group: string; readonly kind: string }
  /** A level of Pod Security that a namespace must not exceed. */
  | { readonly code: "pod-security"; readonly namespace: string; readonly level: "privileged" | "baseline" }
  /** Istio's injector, of a revision. */
  | { readonly code: "istio-injector"; readonly revision: string }
  /** Istio's CNI plugin. */
  | { readonly code: "istio-cni" }
  /** A provider in the mesh's configuration, for traces, metrics, logs or authorization. */
  | { readonly code: "mesh-provider"; readonly name: string }
  /** A network plugin that enforces NetworkPolicies. */
  | { readonly code: "network-policies" }
  /** The least version of Kubernetes. */
  | { readonly code: "kubernetes-version"; readonly version: string };

/** A need, and the values that have it. */
export interface Assumption {
  readonly need: Need;
  readonly because: readonly Reason[];
}

/** What a value needs. */
export const needs = (node: Node, need: Need, text: string): Assumption => ({
  need,
  because: [reason(node, text)],
});

/**
 * A need as a person reads it.
 *
 * @example
 * printedNeed({ code: "object", group: "", kind: "Secret", name: "db", namespace: "shop", keys: ["url"] });
 * // "Secret/db in shop, with the key url"
 */
export function printedNeed(need: Need): string {
  switch (need.code) {
    case "object":
      return neededText(need);
    case "kind":
      return `the kind ${need.kind} of ${[need.group, need.version].filter(Boolean).join("/")}`;
    case "namespaces":
      return `a namespace with ${need.selector}`;
    case "pods":
      return `pods with ${need.selector} ${placeText(need.namespace, need.namespaces)}`;
    case "default-class":
      return `a default ${need.kind}`;
    case "pod-security":
      return `the namespace ${need.namespace} admits pods of the level ${need.level}`;
    case "istio-injector":
      return `Istio's injector, of the revision ${need.revision}`;
    case "istio-cni":
      return "Istio's CNI plugin";
    case "mesh-provider":
      return `the provider ${need.name} in the mesh's configuration`;
    case "network-policies":
      return "a network plugin that enforces NetworkPolicies";
    default:
      return `Kubernetes ${need.version} or later`;
  }
}

function neededText({ group, kind, name, namespace, keys = [] }: NeededObject): string {
  // Where a kind is known by its name alone, as all of these but some, its group says nothing.
  const [where, of] = [
    namespace === undefined ? "" : ` in ${namespace}`,
    group.includes(".") ? ` of ${group}` : "",
  ];
  const which = keys.length === 0 ? "" : `, with the key${keys.length === 1 ? "" : "s"} ${keys.join(", ")}`;
  return `${kind}/${name}${where}${of}${which}`;
}

function placeText(namespace: string | undefined, namespaces: string | undefined): string {
  if (namespace !== undefined) return `in ${namespace}`;
  return namespaces === undefined ? "in some namespace" : `in a namespace with ${namespaces}`;
}
