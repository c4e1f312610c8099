import type { BuilderRule } from "../rules/rules.ts";
import { oneOfWords } from "../rules/words.ts";

/** Versions of `networking.istio.io`; `v1` is served from Istio 1.22 on. */
export type NetworkingVersion = "v1" | "v1beta1" | "v1alpha3";

/** Versions of `security.istio.io`; `v1` is served from Istio 1.22 on. */
export type SecurityVersion = "v1" | "v1beta1";

/** Versions of `telemetry.istio.io`; `v1` is served from Istio 1.22 on. */
export type TelemetryVersion = "v1" | "v1alpha1";

type IstioGroup = "networking.istio.io" | "security.istio.io" | "telemetry.istio.io";

const versions: Readonly<Record<IstioGroup, readonly string[]>> = {
  "networking.istio.io": ["v1", "v1beta1", "v1alpha3"],
  "security.istio.io": ["v1", "v1beta1"],
  "telemetry.istio.io": ["v1", "v1alpha1"],
};

/** The `apiVersion` of a group at a version. */
export function apiVersionOf<G extends IstioGroup, V extends string>(
  group: G,
  version: V | undefined,
): `${G}/${V}` {
  // Without a version the type parameter of each builder is "v1".
  return `${group}/${version ?? "v1"}` as `${G}/${V}`;
}

/** Its version is one that Istio serves. */
export const isServed = (group: IstioGroup): BuilderRule =>
  oneOfWords(
    versions[group].map((version) => `${group}/${version}`),
    "apiVersion",
  );
