import { readFileSync } from "node:fs";

/** A schema of Kubernetes' OpenAPI document, as far as the scripts read it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly "x-kubernetes-patch-merge-key"?: string;
  readonly "x-kubernetes-patch-strategy"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

export function definitionsIn(file: string): Record<string, Schema> {
  return JSON.parse(readFileSync(file, "utf8")).definitions;
}

/** `io.k8s.api.apps.v1.Deployment` as `apps.v1.Deployment`; the first word is the API group's. */
export const shortName = (name: string): string =>
  name
    .replace(/^io\.k8s\.(?:api|(?:apimachinery|apiextensions-apiserver|kube-aggregator)\.pkg\.apis)\./, "")
    .replace(/^apiserverinternal\./, "internal.");
