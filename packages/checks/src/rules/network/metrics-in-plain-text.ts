import { found, type Rule } from "../../findings/rule.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { mtlsMode } from "../../mesh/peer-authentication.ts";
import { bypassOf, mergedMetrics } from "../../mesh/proxy-port.ts";
import { at } from "../../objects/node.ts";

export const metricsInPlainText: Rule = {
  code: "metrics-in-plain-text",
  severity: "warning",
  why: "Where metrics are not merged, Prometheus asks the application itself in plain text, which a STRICT PeerAuthentication refuses.",
  fix: "leave merging on, or make the port an exception: portLevelMtls with mode PERMISSIVE",
  link: "https://istio.io/latest/docs/ops/integrations/prometheus/#option-2-customized-scraping-configurations",
  find: (world) =>
    world.pods.flatMap((pod) => {
      const annotations = at(pod.metadata, "annotations");
      const merge = at(annotations, "prometheus.istio.io/merge-metrics");
      const port = Number(at(annotations, "prometheus.io/port").value);
      const isScraped = at(annotations, "prometheus.io/scrape").value === "true" && Number.isInteger(port);
      if (!isScraped || mergedMetrics(pod) || !injectionIn(world, pod).injected) return [];
      if (bypassOf(pod, "Inbound", [port]) || mtlsMode(world.objects, pod, port).mode !== "STRICT") return [];
      return [found(merge, `metrics are not merged, and port ${port} takes mutual TLS alone`)];
    }),
};
