import type { IServiceEntry } from "@kubernetes-models/istio/networking.istio.io/v1/ServiceEntry";
import type { BuilderCall } from "../rules/call.ts";
import { carried, type OutsideDestination } from "./destination.ts";
import { partsOf } from "../values/host.ts";
import { built } from "../rules/rules.ts";
import { apiVersionOf, isServed, type NetworkingVersion } from "../objects/version.ts";
import type { Metadata, Workload } from "../objects/workload.ts";

/** A ServiceEntry, in the version that was asked for. */
export interface ServiceEntry<V extends NetworkingVersion = NetworkingVersion> {
  apiVersion: `networking.istio.io/${V}`;
  kind: "ServiceEntry";
  metadata: Metadata;
  spec: IServiceEntry["spec"];
}

/** What a destination's objects are called, in every namespace its own: `shop-db.example.com`. */
export const nameFor = (workload: Workload, host: string): string =>
  `${workload.name}-${host.toLowerCase().replace(/^\*/, "any")}`;

/**
 * Makes a destination outside of the mesh known, to its own namespace alone. Traffic goes on to the address that it was
 * meant for: the proxy resolves nothing.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export function serviceEntryOf<V extends NetworkingVersion>(
  workload: Workload,
  destination: OutsideDestination,
  version: V | undefined,
  call: BuilderCall,
): ServiceEntry<V> {
  const { host } = partsOf(destination.host);
  return built(
    {
      apiVersion: apiVersionOf("networking.istio.io", version),
      kind: "ServiceEntry",
      metadata: { name: nameFor(workload, host) },
      spec: {
        hosts: [host],
        addresses: [...destination.cidrs],
        exportTo: ["."],
        location: "MESH_EXTERNAL",
        resolution: "NONE",
        ports: carried(destination).map(({ port, protocol }) => ({
          number: port,
          name: `${protocol.toLowerCase()}-${port}`,
          protocol,
        })),
      },
    },
    [isServed("networking.istio.io")],
    call,
    ["spec"],
  );
}
