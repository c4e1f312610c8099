import { callOf } from "../rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "../rules/fields.ts";
import { carried, type Destination, type OutsideDestination, type ServicePort } from "./destination.ts";
import { brokenDestinations } from "./broken-destinations.ts";
import { destinationRuleOf, type DestinationRule } from "./destination-rule.ts";
import { networkPolicyOf, type EgressPolicy } from "./network-policy.ts";
import { refuseBroken } from "../rules/rules.ts";
import { serviceEntryOf, type ServiceEntry } from "./service-entry.ts";
import { sidecarOf, type EgressHost, type Sidecar, type UnknownDestinations } from "./sidecar.ts";
import type { NetworkingVersion } from "../objects/version.ts";
import { selectorFrom, type Workload } from "../objects/workload.ts";

/** All that a workload calls, and what becomes of the rest. */
export interface Outbound<V extends NetworkingVersion = NetworkingVersion> {
  readonly destinations: readonly Destination[];
  /**
   * `REGISTRY_ONLY` drops whatever is not in the list, in the proxy and by a NetworkPolicy. `ALLOW_ANY` passes it through;
   * then there is no NetworkPolicy, which would refuse it.
   */
  readonly unknownDestinations: UnknownDestinations;
  /** The version of the objects of `networking.istio.io`: `v1`, unless it is said. */
  readonly version?: V;
}

/** What one list of destinations comes to. */
export interface OutboundObjects<V extends NetworkingVersion = NetworkingVersion> {
  readonly sidecar: Sidecar<V>;
  /** Of what is outside of the mesh, a ServiceEntry and a DestinationRule each. */
  readonly serviceEntries: readonly ServiceEntry<V>[];
  readonly destinationRules: readonly DestinationRule<V>[];
  /** Undefined where unknown destinations are let through. */
  readonly networkPolicy: EgressPolicy | undefined;
  /** All of them, for the `resources` of an overlay. */
  readonly objects: readonly (Sidecar<V> | ServiceEntry<V> | DestinationRule<V> | EgressPolicy)[];
}

/**
 * Lets a workload call what is in a list, and nothing else: one list yields the proxy's view of the mesh (Sidecar), what it
 * knows of what is outside (ServiceEntry, DestinationRule), and what leaves the pod (NetworkPolicy), so that they cannot
 * disagree. No patch may make one of them differ from the list; an environment that calls more gives a longer one.
 *
 * A proxy needs `istiod`, and nearly everything `kubeDns`: both are destinations to put into the list. Policies add up, so
 * another NetworkPolicy of the namespace may let out more.
 *
 * @throws {IstioError} with all that is wrong with the list, at the line of the call.
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * const { objects } = outbound(
 *   { name: "shop", labels: { app: "shop" } },
 *   {
 *     destinations: [
 *       istiod,
 *       kubeDns,
 *       {
 *         mesh: "outside",
 *         host: "./orders.db.example.com",
 *         ports: [{ port: 5432, protocol: "TCP" }],
 *         cidrs: ["192.0.2.0/28"],
 *       },
 *     ],
 *     unknownDestinations: "REGISTRY_ONLY",
 *   },
 * );
 */
export function outbound<V extends NetworkingVersion = "v1">(
  workload: Workload,
  given: Outbound<V>,
): OutboundObjects<V> {
  const { destinations, unknownDestinations, version } = given;
  const call = callOf(outbound, [
    ["destinations", 1, "destinations"],
    selectorFrom("spec.workloadSelector.labels"),
    ["spec.outboundTrafficPolicy.mode", 1, "unknownDestinations"],
    ["apiVersion", 1, "version"],
  ]);
  refuseFurtherArguments(arguments, 2, call);
  refuseUnknownFields(given, outboundFields, call, `outbound/${workload.name}`);
  refuseBroken(brokenDestinations(destinations), call, `outbound/${workload.name}`);
  const isClosed = unknownDestinations === "REGISTRY_ONLY";
  const sidecar = sidecarOf(
    workload,
    { hosts: egressHosts(destinations), unknownDestinations, ...(version !== undefined && { version }) },
    // What is let through anyway, a patch may make known.
    isClosed ? ["spec.egress", "spec.outboundTrafficPolicy"] : [],
    call,
  );
  const outside = destinations.filter(isOutside).filter((each) => carried(each).length > 0);
  const made = (each: OutsideDestination): [ServiceEntry<V>, DestinationRule<V>] => [
    serviceEntryOf<V>(workload, each, version, call),
    destinationRuleOf<V>(workload, each, version, call),
  ];
  const pairs = outside.map(made);
  const [serviceEntries, destinationRules] = [pairs.map(([entry]) => entry), pairs.map(([, rule]) => rule)];
  const networkPolicy = isClosed ? networkPolicyOf(workload, destinations, call) : undefined;
  const objects = [
    sidecar,
    ...serviceEntries,
    ...destinationRules,
    ...(networkPolicy ? [networkPolicy] : []),
  ];
  return { sidecar, serviceEntries, destinationRules, networkPolicy, objects };
}

const portFields: FieldsOf<ServicePort> = { port: null, protocol: null, targetPort: null };
const destinationFields: FieldsOf<Destination> = {
  mesh: null,
  host: null,
  ports: portFields,
  pods: null,
  cidrs: null,
  tls: null,
};
const outboundFields: FieldsOf<Outbound> = {
  destinations: destinationFields,
  unknownDestinations: null,
  version: null,
};

const isOutside = (destination: Destination): destination is OutsideDestination =>
  destination.mesh === "outside";

/** What the proxy has to know: what goes through it. None at all is said by a namespace that there is not. */
function egressHosts(destinations: readonly Destination[]): readonly EgressHost[] {
  const hosts = destinations.filter((each) => carried(each).length > 0).map(({ host }) => host);
  return hosts.length > 0 ? hosts : ["~/*"];
}
