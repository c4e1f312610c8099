export {
  authorizationPolicy,
  type Access,
  type AccessRule,
  type AuthorizationPolicy,
  type Condition,
  type Operation,
  type Source,
} from "./authorization-policy.ts";
export {
  istiod,
  kubeDns,
  type Cidr,
  type Destination,
  type InsideDestination,
  type OutsideDestination,
  type OutsidePort,
  type Protocol,
  type ServicePort,
} from "./destination.ts";
export type { DestinationRule } from "./destination-rule.ts";
export {
  injectionAnnotations,
  injectionLabels,
  type InjectionAnnotations,
  type ProxySettings,
  type Quantity,
} from "./injection.ts";
export type { EgressPolicy } from "./network-policy.ts";
export { outbound, type Outbound, type OutboundObjects } from "./outbound.ts";
export {
  strictMtls,
  type MtlsException,
  type PeerAuthentication,
  type StrictMtlsOptions,
} from "./peer-authentication.ts";
export { IstioError, type CallPlace, type Problem } from "./problem.ts";
export type { ServiceEntry } from "./service-entry.ts";
export { sidecar, type Egress, type EgressHost, type Sidecar, type UnknownDestinations } from "./sidecar.ts";
export { telemetry, type Duration, type Signals, type Telemetry } from "./telemetry.ts";
export type { NetworkingVersion, SecurityVersion, TelemetryVersion } from "./version.ts";
export type { Labels, Metadata, Workload } from "./workload.ts";
