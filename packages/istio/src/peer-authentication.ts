import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication";
import { podLabels, type Workload } from "./workload.ts";

/** A PeerAuthentication as Istio 1.22 and later take it; `v1beta1` is served beside `v1`. */
export interface PeerAuthentication {
  apiVersion: "security.istio.io/v1beta1";
  kind: "PeerAuthentication";
  metadata: { name: string };
  spec: NonNullable<IPeerAuthentication["spec"]>;
}

/**
 * Lets only mutual TLS reach the workload: plain text from outside the mesh is refused on every port.
 *
 * @throws {TypeError} when the workload has no labels.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function strictMtls(workload: Workload): PeerAuthentication {
  return {
    apiVersion: "security.istio.io/v1beta1",
    kind: "PeerAuthentication",
    metadata: { name: workload.name },
    spec: { selector: { matchLabels: podLabels(workload) }, mtls: { mode: "STRICT" } },
  };
}
