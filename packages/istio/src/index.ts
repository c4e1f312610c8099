export {
  authorizationPolicy,
  type Access,
  type AccessRule,
  type AuthorizationPolicy,
  type Condition,
  type Operation,
  type Source,
} from "./inbound/authorization-policy.ts";
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
} from "./outbound/destination.ts";
export type { DestinationRule } from "./outbound/destination-rule.ts";
export {
  injectionAnnotations,
  injectionLabels,
  type InjectionAnnotations,
  type ProxySettings,
  type Quantity,
} from "./injection.ts";
export type { EgressPolicy } from "./outbound/network-policy.ts";
export { outbound, type Outbound, type OutboundObjects } from "./outbound/outbound.ts";
export {
  strictMtls,
  type MtlsException,
  type PeerAuthentication,
  type StrictMtlsOptions,
} from "./inbound/peer-authentication.ts";
export type { IstioCode } from "./codes.ts";
export { IstioError, type CallPlace, type Problem } from "./rules/problem.ts";
export type { ServiceEntry } from "./outbound/service-entry.ts";
export {
  sidecar,
  type Egress,
  type EgressHost,
  type Sidecar,
  type UnknownDestinations,
} from "./outbound/sidecar.ts";
export { telemetry, type Duration, type Signals, type Telemetry } from "./telemetry.ts";
export type { NetworkingVersion, SecurityVersion, TelemetryVersion } from "./objects/version.ts";
export type { Labels, Metadata, Workload } from "./objects/workload.ts";
