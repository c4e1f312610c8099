export {
  injectionAnnotations,
  injectionLabels,
  type InjectionAnnotations,
  type ProxyResources,
  type Quantity,
} from "./injection.ts";
export { strictMtls, type PeerAuthentication } from "./peer-authentication.ts";
export { sidecar, type Egress, type EgressHost, type Sidecar } from "./sidecar.ts";
export { telemetry, type Duration, type Signals, type Telemetry } from "./telemetry.ts";
export type { Metadata, Workload } from "./workload.ts";
