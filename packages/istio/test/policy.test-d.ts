import { injectionAnnotations, sidecar, telemetry } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } };

sidecar(workload, {
  hosts: ["istio-system/istiod.istio-system.svc.cluster.local"],
  unknownDestinations: "ALLOW_ANY",
});
// @ts-expect-error a host without its namespace
sidecar(workload, { hosts: ["istiod.istio-system.svc.cluster.local"], unknownDestinations: "ALLOW_ANY" });
// @ts-expect-error not a mode of Istio's
sidecar(workload, { hosts: ["./*"], unknownDestinations: "DENY" });
// @ts-expect-error an interval without its unit
telemetry(workload, { metrics: { provider: "prometheus", reportingInterval: "15" } });
// @ts-expect-error a misspelt side
telemetry(workload, { accessLog: { provider: "envoy", side: "SERVERS" } });
// @ts-expect-error the proxy has no such resource
injectionAnnotations({ disk: { limit: "1Gi" } });
