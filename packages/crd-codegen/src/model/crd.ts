import type { Json, Schema } from "./schema.ts";

/** One served or stored version of a custom resource. */
export interface CrdVersion extends Json {
  readonly name: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly subresources?: Json;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
}

/** An apiextensions.k8s.io/v1 CustomResourceDefinition, full or compact (`$defs` beside `spec`). */
export interface Crd extends Json {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: Json & { readonly name: string };
  readonly spec: Json & {
    readonly group: string;
    readonly scope: string;
    readonly names: Json & { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
  readonly $defs?: SharedDefinitions;
}

/** Shared subtrees by name. */
export type SharedDefinitions = { readonly [name: string]: Schema };

/** The fields of every object, of which a kind's schema may say more than its type can. */
export const fieldsOfObjects: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);

/** Whether a definition is a CRD's own: the key of one has its CRD's name before it. */
export const isLocal = (key: string): boolean => key.includes("/");

/** The annotation in which client-side `kubectl apply` keeps the whole of an object. */
export const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The name under which Kubernetes' own definitions are referred to from a compact CRD. */
export const kubernetesFile = "kubernetes.yaml";

/** A CRD with its versions' schemas replaced. */
export function mapSchemas(crd: Crd, change: (schema: Schema, version: CrdVersion) => Schema): Crd {
  const versions = crd.spec.versions.map((version) => {
    const schema = version.schema?.openAPIV3Schema;
    if (schema === undefined) return version;
    return { ...version, schema: { ...version.schema, openAPIV3Schema: change(schema, version) } };
  });
  return { ...crd, spec: { ...crd.spec, versions } };
}
