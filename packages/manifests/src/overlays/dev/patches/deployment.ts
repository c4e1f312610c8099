import { patch } from "@atlas/compose";
import { injectionAnnotations, injectionLabels } from "@atlas/istio";
import { deployment as target } from "../../../base/deployment.ts";
import { operator } from "../../../operator.ts";

/** Spreads the replicas without ever leaving a pod pending for it. */
const topologySpread = {
  maxSkew: 1,
  nodeAffinityPolicy: "Honor",
  nodeTaintsPolicy: "Honor",
  whenUnsatisfiable: "ScheduleAnyway",
  matchLabelKeys: ["pod-template-hash"],
  labelSelector: { matchLabels: operator.labels },
} as const;

export const deployment = patch(target, {
  spec: {
    replicas: 2,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } },
    template: {
      metadata: {
        labels: injectionLabels,
        annotations: {
          ...injectionAnnotations({
            cpu: { request: "10m", limit: "1000m" },
            memory: { request: "64Mi", limit: "1Gi" },
          }),
          "prometheus.io/scrape": "true",
          "prometheus.io/scheme": "http",
          "prometheus.io/port": String(operator.ports.metrics.containerPort),
          "prometheus.io/path": "/metrics",
        },
      },
      spec: {
        // Names outside the cluster are looked up once, not once a search domain.
        dnsConfig: { options: [{ name: "ndots", value: "1" }] },
        topologySpreadConstraints: {
          $add: [
            { topologyKey: "kubernetes.io/hostname", ...topologySpread },
            { topologyKey: "topology.kubernetes.io/zone", ...topologySpread },
          ],
        },
      },
    },
  },
});
