import { define } from "@atlas/compose";
import type { NetworkPolicy } from "kubernetes-types/networking/v1.js";

/** Lets Prometheus scrape the proxy, which merges the operator's own metrics into its own on port 15020. */
export const allowEnvoyStatsScrape = define<NetworkPolicy>()({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "allow-envoy-stats-scrape" },
  spec: {
    podSelector: {},
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { name: "prometheus" } },
            podSelector: {
              matchLabels: { "app.kubernetes.io/name": "prometheus", "app.kubernetes.io/component": "" },
            },
          },
        ],
        ports: [{ protocol: "TCP", port: 15020 }],
      },
    ],
  },
});
