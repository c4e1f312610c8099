import type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1/DestinationRule";
import type { BuilderCall } from "../rules/call.ts";
import type { OutsideDestination } from "./destination.ts";
import { partsOf } from "../values/host.ts";
import { built } from "../rules/rules.ts";
import { nameFor } from "./service-entry.ts";
import { apiVersionOf, isServed, type NetworkingVersion } from "../objects/version.ts";
import type { Metadata, Workload } from "../objects/workload.ts";

/** A DestinationRule, in the version that was asked for. */
export interface DestinationRule<V extends NetworkingVersion = NetworkingVersion> {
  apiVersion: `networking.istio.io/${V}`;
  kind: "DestinationRule";
  metadata: Metadata;
  spec: NonNullable<IDestinationRule["spec"]>;
}

/**
 * Says how proxies encrypt what they send to a destination outside of the mesh, so that no rule of the mesh, as one for all
 * hosts, makes it mutual TLS. Patches may add settings of connections and of outliers.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export function destinationRuleOf<V extends NetworkingVersion>(
  workload: Workload,
  { host: given, tls = "DISABLE" }: OutsideDestination,
  version: V | undefined,
  call: BuilderCall,
): DestinationRule<V> {
  const { host } = partsOf(given);
  // What is not resolved has no name to send and to verify but this one.
  const verified = { sni: host, subjectAltNames: [host] };
  return built(
    {
      apiVersion: apiVersionOf("networking.istio.io", version),
      kind: "DestinationRule",
      metadata: { name: nameFor(workload, host) },
      spec: {
        host,
        exportTo: ["."],
        trafficPolicy: { tls: { mode: tls, ...(tls === "SIMPLE" && verified) } },
      },
    },
    [isServed("networking.istio.io")],
    call,
    ["spec.host", "spec.exportTo", "spec.trafficPolicy.tls"],
  );
}
