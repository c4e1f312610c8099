import { at, isThere, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";

/** What an injected proxy does at a port of its own. */
export type ProxyPort = "inside" | "open" | "proxy";

const proxyPorts: Readonly<Record<number, ProxyPort>> = {
  15000: "inside",
  15001: "proxy",
  15004: "inside",
  15006: "proxy",
  15008: "proxy",
  15020: "open",
  15021: "open",
  15053: "inside",
  15090: "open",
};

/**
 * What there is at a port that the proxy keeps for itself: one that answers within the pod alone, one that answers everyone
 * in plain text (merged metrics at 15020, health at 15021, the proxy's metrics at 15090), or one through which traffic is
 * led.
 *
 * @returns undefined for all other ports.
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
export const proxyPort = (port: number): ProxyPort | undefined => proxyPorts[port];

/**
 * The annotation by which traffic to a port passes by the proxy of a pod.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function bypassOf(pod: Pod, way: "Inbound" | "Outbound", ports: readonly number[]): Node | undefined {
  const annotation = (name: string): Node =>
    at(pod.metadata, "annotations", `traffic.sidecar.istio.io/${name}${way}Ports`);
  const [exclude, include] = [annotation("exclude"), annotation("include")];
  const isAmong = (node: Node): boolean => listedValues(node).some((each) => ports.includes(Number(each)));
  // For what goes out, the ports that are included are led to the proxy beside the addresses, which are all, by default.
  if (way === "Inbound" && isThere(include) && !listedValues(include).includes("*"))
    return isAmong(include) ? undefined : include;
  return isAmong(exclude) ? exclude : undefined;
}

function listedValues(node: Node): readonly string[] {
  const text = textAt(node) ?? "";
  return text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** Where the proxy serves its metrics, and those of the application among them. */
export const mergedMetricsPort = 15020;

/**
 * The annotation by which the metrics of a pod's application are served by its proxy: the one that has them scraped, unless
 * another keeps them apart.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
 */
export function mergedMetrics({ metadata }: Pod): Node | undefined {
  const scrape = at(metadata, "annotations", "prometheus.io/scrape");
  const merge = at(metadata, "annotations", "prometheus.istio.io/merge-metrics");
  return scrape.value === "true" && merge.value !== "false" ? scrape : undefined;
}
