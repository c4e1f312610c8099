import { sidecar as sidecarOf } from "@atlas/istio";
import { operator } from "../../operator.ts";

export const sidecar = sidecarOf(operator, {
  hosts: [
    "istio-system/istiod.istio-system.svc.cluster.local",
    "otel/otel-agent.otel.svc.cluster.local",
    "default/kubernetes.default.svc.cluster.local",
    "default/etcd.default.svc.cluster.local",
  ],
  // Databases and automatic dev databases are reached by addresses that no registry lists.
  unknownDestinations: "ALLOW_ANY",
});
