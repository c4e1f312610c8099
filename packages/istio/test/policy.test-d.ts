import {
  authorizationPolicy,
  injectionAnnotations,
  istiod,
  outbound,
  sidecar,
  strictMtls,
  telemetry,
} from "@atlas/istio";

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

const unknownDestinations = "REGISTRY_ONLY";
const ports = [{ port: 5432, protocol: "TCP" }] as const;
outbound(workload, {
  destinations: [{ mesh: "outside", host: "./db.example.com", ports, cidrs: ["192.0.2.0/24"] }],
  unknownDestinations,
});
const outside = { mesh: "outside", host: "./a.example.com", ports } as const;
// @ts-expect-error no addresses of what is outside
outbound(workload, { destinations: [outside], unknownDestinations });
// @ts-expect-error an address without the length of its block
outbound(workload, { destinations: [{ ...outside, cidrs: ["192.0.2.0"] }], unknownDestinations });
const pods = { app: "db" };
// @ts-expect-error what is outside has no pods
outbound(workload, { destinations: [{ ...outside, pods, cidrs: ["192.0.2.0/24"] }], unknownDestinations });
const quic = [{ port: 1, protocol: "QUIC" }] as const;
// @ts-expect-error a protocol that there is not
outbound(workload, { destinations: [{ ...istiod, ports: quic }], unknownDestinations });
outbound(workload, { destinations: [], unknownDestinations, version: "v1beta1" }).sidecar
  .apiVersion satisfies "networking.istio.io/v1beta1";
outbound(workload, { destinations: [], unknownDestinations }).sidecar
  .apiVersion satisfies "networking.istio.io/v1";
// @ts-expect-error no version of Istio's
strictMtls(workload, { version: "v2" });
// @ts-expect-error an exception is less than strict
strictMtls(workload, { exceptions: { 80: "STRICT" } });
// @ts-expect-error nobody to ask
authorizationPolicy(workload, { action: "CUSTOM", rules: [] });
// @ts-expect-error nothing to ask
authorizationPolicy(workload, { action: "ALLOW", provider: "opa", rules: [] });
// @ts-expect-error a time is a number of seconds
injectionAnnotations({ drainSeconds: "30s" });
