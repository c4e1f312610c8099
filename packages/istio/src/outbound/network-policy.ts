import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyPeer,
  NetworkPolicySpec,
} from "kubernetes-types/networking/v1.js";
import type { BuilderCall } from "../rules/call.ts";
import { transportOf, type Destination } from "./destination.ts";
import { partsOf } from "../values/host.ts";
import { built } from "../rules/rules.ts";
import { selectsPods, type Metadata, type Workload } from "../objects/workload.ts";

/** A NetworkPolicy of what leaves a workload's pods. */
export interface EgressPolicy extends NetworkPolicy {
  apiVersion: "networking.k8s.io/v1";
  kind: "NetworkPolicy";
  metadata: Metadata;
  spec: NetworkPolicySpec;
}

/**
 * Lets the pods of a workload call its destinations, and nothing else.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicyOf(
  { name, labels }: Workload,
  destinations: readonly Destination[],
  call: BuilderCall,
): EgressPolicy {
  return built(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: `${name}-egress` },
      spec: {
        podSelector: { matchLabels: { ...labels } },
        policyTypes: ["Egress"],
        egress: destinations.map(ruleFor),
      },
    },
    [selectsPods("spec", "podSelector", "matchLabels")],
    call,
    ["spec.policyTypes", "spec.egress"],
  );
}

/** Policies see the pods or the addresses behind a Service, at their own ports. */
const ruleFor = (destination: Destination): NetworkPolicyEgressRule => ({
  to: peersOf(destination),
  ports: destination.ports.map(({ port, targetPort, protocol }) => ({
    protocol: transportOf(protocol),
    port: targetPort ?? port,
  })),
});

function peersOf({ host, pods, cidrs }: Destination): NetworkPolicyPeer[] {
  if (cidrs !== undefined) return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const { namespace } = partsOf(host);
  const podSelector = pods === undefined ? {} : { matchLabels: { ...pods } };
  if (namespace === ".") return [{ podSelector }];
  const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": namespace } };
  return [{ namespaceSelector, ...(pods !== undefined && { podSelector }) }];
}
