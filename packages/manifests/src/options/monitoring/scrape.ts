import { define, type Problem } from "@atlas/compose";
import type { Service } from "kubernetes-types/core/v1.js";
import { operator } from "../../operator.ts";
import { unknownSettings, wordProblem, type SettingsOf } from "../../settings.ts";

/** Which object tells the Prometheus Operator whom to scrape. */
export type Scrape =
  /** In a mesh with merged metrics the proxy is asked, on port 15020, which has the manager's, too. */
  { readonly by: "PodMonitor"; readonly from?: "manager" | "proxy" } | { readonly by: "ServiceMonitor" };

type OfKind<B extends Scrape["by"]> = SettingsOf<Extract<Scrape, { readonly by: B }>>;
const podMonitorSettings: OfKind<"PodMonitor"> = { by: null, from: null };
const serviceMonitorSettings: OfKind<"ServiceMonitor"> = { by: null };

/** What is wrong with how the operator is scraped: a Service has no choice of whom to ask. */
export function scrapeProblems(scrape: Scrape): readonly (Problem | undefined)[] {
  const isPodMonitor = scrape.by === "PodMonitor";
  return [
    wordProblem("scrape.by", scrape.by, ["PodMonitor", "ServiceMonitor"]),
    ...unknownSettings(scrape, isPodMonitor ? podMonitorSettings : serviceMonitorSettings, "scrape"),
    isPodMonitor && scrape.from !== undefined
      ? wordProblem("scrape.from", scrape.from, ["manager", "proxy"])
      : undefined,
  ];
}

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
