import type { KindSchema } from "@atlas/crd-codegen/kind-validator";

/**
 * A file of schemas/istio/: a kind of Istio, as its CustomResourceDefinition declares it, in all of its versions alike.
 *
 * Source: `kubernetes/customresourcedefinitions.gen.yaml` of the Go module istio.io/api (Apache-2.0), without descriptions;
 * `scripts/istio-schemas.ts` writes it.
 */
export interface IstioSchema extends Omit<KindSchema, "apiVersion"> {
  readonly versions: readonly string[];
}
