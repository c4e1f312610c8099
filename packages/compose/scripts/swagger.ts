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
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-group-version-kind"?: readonly GroupVersionKind[];
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface Operation {
  readonly "x-kubernetes-group-version-kind"?: GroupVersionKind;
}

/** A document, as far as the scripts read it. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly paths: Readonly<Record<string, { readonly post?: Operation; readonly get?: Operation }>>;
}

export const swaggerIn = (file: string): Swagger => JSON.parse(readFileSync(file, "utf8"));

/** `io.k8s.api.apps.v1.Deployment` as `apps.v1.Deployment`; the first word is the API group's. */
export const shortName = (name: string): string =>
  name
    .replace(/^io\.k8s\.(?:api|(?:apimachinery|apiextensions-apiserver|kube-aggregator)\.pkg\.apis)\./, "")
    .replace(/^apiserverinternal\./, "internal.");
