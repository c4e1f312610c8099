import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { mergedMetrics, mergedMetricsPort } from "../../mesh/proxy-port.ts";
import { isolates } from "../../network/network-policy.ts";
import { isPolicyPort } from "../../network/policy-port.ts";
import { at, elements, nodeOf } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";

export const metricsNotAdmitted: Rule = {
  code: "metrics-not-admitted",
  severity: "error",
  why: "Prometheus asks the port of the annotation, or 15020 where the mesh merges metrics; where no policy admits that port, the target is down.",
  fix: "admit the port from the namespace of Prometheus",
  link: "https://istio.io/latest/docs/ops/integrations/prometheus/",
  find: (world) => world.pods.flatMap((pod) => metricsOfPod(world, pod)),
};

function metricsOfPod(world: World, pod: Pod): readonly Found[] {
  const annotations = at(pod.metadata, "annotations");
  const stated = at(annotations, "prometheus.io/port");
  if (at(annotations, "prometheus.io/scrape").value !== "true") return [];
  const isMerged = injectionIn(world, pod).injected && mergedMetrics(pod) !== undefined;
  const port = isMerged ? mergedMetricsPort : Number(stated.value);
  if (!Number.isInteger(port)) return [];
  const policies = world
    .of("networking.k8s.io", "NetworkPolicy")
    .filter((policy) => isolates(policy, pod, "Ingress"));
  const peer = { pod, namespaceLabels: new Map(), isNamespaceKnown: false };
  const isAdmitted = policies.some((policy) =>
    elements(at(nodeOf(policy), "spec", "ingress")).some((rule) => {
      const ports = elements(at(rule, "ports"));
      return (
        ports.length === 0 || ports.some((entry) => isPolicyPort(entry, { port, protocol: "TCP" }, peer))
      );
    }),
  );
  if (policies.length === 0 || isAdmitted) return [];
  const merged = isMerged ? ", where the proxy merges metrics" : "";
  return [found(stated, `no NetworkPolicy lets anyone in to port ${port}${merged}`)];
}
