import { define } from "@atlas/compose";
import type { NetworkPolicy } from "kubernetes-types/networking/v1.js";

/** Lets Telepresence reach the agent of a workload that it intercepts. */
export const allowTrafficAgent = define<NetworkPolicy>()({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "allow-traffic-agent" },
  spec: {
    podSelector: { matchLabels: { "telepresence.io/workloadEnabled": "true" } },
    ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 9900 }] }],
  },
});
