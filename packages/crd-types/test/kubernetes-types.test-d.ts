import type { AtlasSchemaObserved, AtlasSchemaSpec } from "@atlas/crd-types";
import type * as core from "kubernetes-types/core/v1.js";

type PodSpec = NonNullable<
  NonNullable<AtlasSchemaSpec["devDB"]> extends infer Dev
    ? Dev extends { spec?: infer Spec }
      ? Spec
      : never
    : never
>;
type Element<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

/*
 * What is declared with kubernetes-types goes into a dev database as it is. The CRD's PodSpec is of another Kubernetes
 * version than kubernetes-types' (1.30); where the two really differ, these tests pin it.
 */
export const containers = (value: core.Container[]): PodSpec["containers"] => value;
export const probe = (value: core.Probe): Element<PodSpec["containers"]>["livenessProbe"] => value;
export const affinity = (value: core.Affinity): PodSpec["affinity"] => value;
export const tolerations = (value: core.Toleration[]): PodSpec["tolerations"] => value;
export const resources = (value: core.ResourceRequirements): Element<PodSpec["containers"]>["resources"] =>
  value;
export const context = (value: core.PodSecurityContext): PodSpec["securityContext"] => value;
export const constraints = (value: core.TopologySpreadConstraint[]): PodSpec["topologySpreadConstraints"] =>
  value;
export const volumes = (value: core.Volume[]): PodSpec["volumes"] => value;

// @ts-expect-error the CRD demands an ip of each alias
export const aliases = (value: core.HostAlias[]): PodSpec["hostAliases"] => value;

// @ts-expect-error only kubernetes-types has a resource claim's source
export const source: Element<PodSpec["resourceClaims"]> = { name: "a", source: {} };
export const claim: Element<PodSpec["resourceClaims"]> = { name: "a", resourceClaimName: "b" };
// @ts-expect-error only the CRD has a claim's name beside it
export const theirClaim: core.PodResourceClaim = { name: "a", resourceClaimName: "b" };

export const protocol = (observed: AtlasSchemaObserved): string | undefined =>
  observed.spec?.devDB?.spec?.containers[0]?.ports?.[0]?.protocol;
