import { istiod, outbound, type Destination } from "@atlas/istio";
import { operator } from "../../operator.ts";

/** What the operator calls by a name that the mesh knows. */
export const destinations: readonly Destination[] = [
  istiod,
  {
    mesh: "inside",
    host: "otel/otel-agent.otel.svc.cluster.local",
    ports: [{ port: 4317, protocol: "GRPC" }],
  },
  {
    mesh: "inside",
    host: "default/kubernetes.default.svc.cluster.local",
    ports: [{ port: 443, protocol: "TLS" }],
  },
  {
    mesh: "inside",
    host: "default/etcd.default.svc.cluster.local",
    ports: [{ port: 2379, protocol: "TCP" }],
  },
];

/** What the list comes to: here, a Sidecar alone. */
export const { sidecar, objects } = outbound(operator, {
  destinations,
  // Databases and automatic dev databases are reached by addresses that no registry lists.
  unknownDestinations: "ALLOW_ANY",
  version: "v1beta1",
});
