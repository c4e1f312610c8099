import { define } from "@atlas/compose";
import type { Service } from "kubernetes-types/core/v1.js";
import { operator } from "../../operator.ts";

/** Which object tells the Prometheus Operator whom to scrape. */
export type Scrape =
  /** In a mesh with merged metrics the proxy is asked, on port 15020, which has the manager's, too. */
  { readonly by: "PodMonitor"; readonly from?: "manager" | "proxy" } | { readonly by: "ServiceMonitor" };

type ScrapeLabels = Readonly<Record<string, string>>;

const { metrics } = operator.ports;

/** The labels by which the Prometheus Operator's resources select those that are theirs, and those of the pods. */
export interface Selected {
  readonly labels: ScrapeLabels;
  readonly pods: ScrapeLabels;
}

/** The object, and the Service that it needs. */
export function scrapeObjects(scrape: Scrape, { labels, pods }: Selected) {
  const metadata = { name: operator.name, labels };
  const selector = { matchLabels: pods };
  if (scrape.by === "PodMonitor")
    return [
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata,
        spec: {
          selector,
          podMetricsEndpoints: [
            scrape.from === "proxy"
              ? { portNumber: 15020, path: "/stats/prometheus" }
              : { port: metrics.name, path: "/metrics" },
          ],
        },
      },
    ];
  const service = define<Service>()({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: `${operator.name}-metrics`, labels: pods },
    spec: {
      selector: pods,
      ports: [
        {
          name: "http-metrics",
          port: metrics.containerPort,
          protocol: metrics.protocol,
          targetPort: metrics.name,
        },
      ],
    },
  });
  return [
    service,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata,
      spec: { selector, endpoints: [{ port: "http-metrics", path: "/metrics" }] },
    },
  ];
}
