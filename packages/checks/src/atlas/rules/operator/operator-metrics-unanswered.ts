import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { mergedMetrics } from "../../../mesh/proxy-port.ts";
import { kubectlName, namespaceOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import {
  at,
  elements,
  fieldNodes,
  isThere,
  mapAt,
  nodeOf,
  textAt,
  textsAt,
  type Node,
} from "../../../objects/node.ts";
import { hasLabels, selects } from "../../../objects/selector.ts";
import { operatorsIn } from "../../operator.ts";
import { answeringAt, numberOfPort, printedListening, type Answering } from "../../ports.ts";

export const operatorMetricsUnanswered: Rule = {
  code: "operator-metrics-unanswered",
  severity: "error",
  why: "The operator serves /metrics at --metrics-bind-address, :8080 by default and not at all with 0; whoever asks anything else is refused, and the target is down.",
  fix: "ask for /metrics at the port of --metrics-bind-address",
  link: "https://prometheus.io/docs/prometheus/latest/configuration/configuration/",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const answering = answeringAt(world, operator);
      if (answering === undefined) return [];
      const services = servicesOf(world, answering);
      return [
        ...byAnnotations(world, answering),
        ...services.flatMap((service) => unansweredByService(answering, service)),
        ...monitorsOf(world, "PodMonitor", answering).flatMap((each) => byPodMonitor(answering, each)),
        ...monitorsOf(world, "ServiceMonitor", answering).flatMap((each) =>
          byServiceMonitor(answering, each, services),
        ),
      ];
    }),
};

/** What is asked for metrics, and how. */
interface AskedMetrics {
  readonly port: Node;
  readonly path: Node;
  readonly scheme: Node;
  /** Whether it is asked from within the pod, as the proxy does. */
  readonly isWithin?: boolean;
}

function ofMetrics(
  answering: Answering,
  { port, path, scheme, isWithin = false }: AskedMetrics,
): readonly Found[] {
  const number = numberOfPort(answering, port);
  const { metrics, isMetricsSecure } = answering;
  if (number === undefined || answering.isOfAnother(number)) return [];
  if (number !== metrics.port)
    return [found(port, `${printedListening(answering)}: nothing has metrics at ${number}`)];
  if (metrics.isLoopback && !isWithin)
    return [found(port, `at ${number} the operator listens within its pod alone`)];
  const asked = textAt(path) || "/metrics";
  if (asked.replace(/\?.*/, "") !== "/metrics")
    return [found(path, `the operator answers ${JSON.stringify(asked)} at ${number} with 404`)];
  const isSecure = /^https$/i.test(textAt(scheme) ?? "");
  if (isSecure === isMetricsSecure) return [];
  const how = isMetricsSecure ? "TLS alone" : "plain HTTP alone";
  return [found(scheme, `the operator speaks ${how} at ${number}`, { fix: fixOfScheme(isMetricsSecure) })];
}

const fixOfScheme = (isMetricsSecure: boolean): string =>
  isMetricsSecure ? "ask by https, or take --metrics-secure out" : "ask by http, or add --metrics-secure";

function byAnnotations(world: World, answering: Answering): readonly Found[] {
  const { pod } = answering.operator;
  const annotation = (name: string): Node => at(pod.metadata, "annotations", `prometheus.io/${name}`);
  if (annotation("scrape").value !== "true" || !isThere(annotation("port"))) return [];
  const isWithin = injectionIn(world, pod).injected && mergedMetrics(pod) !== undefined;
  const [port, path, scheme] = [annotation("port"), annotation("path"), annotation("scheme")];
  return ofMetrics(answering, { port, path, scheme, isWithin });
}

/** The Services that lead to the operator's pods, and to no others that are known. */
const servicesOf = (world: World, { operator: { pod } }: Answering): readonly KubernetesObject[] =>
  world.of("", "Service").filter((service) => {
    const selector = at(nodeOf(service), "spec", "selector");
    const isNarrow = fieldNodes(selector).length > 0 && namespaceOf(service) === pod.namespace;
    const selected = isNarrow
      ? world.podsIn(pod.namespace).filter(({ labels }) => hasLabels(labels, selector))
      : [];
    return selected.length === 1 && selected[0] === pod;
  });

/** Ports at which nothing of the operator listens, whatever they are for. */
function unansweredByService(answering: Answering, service: KubernetesObject): readonly Found[] {
  const { health, metrics } = answering;
  return elements(at(nodeOf(service), "spec", "ports")).flatMap((each) => {
    const target = targetPort(each);
    const number = numberOfPort(answering, target);
    if (number === undefined || answering.isOfAnother(number)) return [];
    const listening = [health, metrics].find(({ port }) => port === number);
    if (listening === undefined)
      return [found(target, `${printedListening(answering)}: nothing answers at ${number}`)];
    return listening.isLoopback
      ? [found(target, `at ${number} the operator listens within its pod alone`)]
      : [];
  });
}

const targetPort = (port: Node): Node => {
  const target = at(port, "targetPort");
  return isThere(target) ? target : at(port, "port");
};

/** The objects that tell the Prometheus Operator to scrape what lies in the operator's namespace. */
const monitorsOf = (world: World, kind: string, { operator }: Answering): readonly KubernetesObject[] =>
  world.of("monitoring.coreos.com", kind).filter((monitor) => {
    const where = at(nodeOf(monitor), "spec", "namespaceSelector");
    const names = textsAt(at(where, "matchNames"));
    if (at(where, "any").value === true) return true;
    return (names.length > 0 ? names : [namespaceOf(monitor)]).includes(operator.pod.namespace);
  });

function byPodMonitor(answering: Answering, monitor: KubernetesObject): readonly Found[] {
  const spec = at(nodeOf(monitor), "spec");
  const { labels } = answering.operator.pod;
  if (!selects(at(spec, "selector"), labels)) return [];
  return elements(at(spec, "podMetricsEndpoints")).flatMap((endpoint) => {
    const port = ["port", "portNumber", "targetPort"].map((name) => at(endpoint, name)).find(isThere);
    if (port === undefined) return [];
    if (textAt(port) !== undefined && numberOfPort(answering, port) === undefined)
      return [found(port, `no port of the operator's pods is named ${JSON.stringify(port.value)}`)];
    return ofMetrics(answering, { port, path: at(endpoint, "path"), scheme: at(endpoint, "scheme") });
  });
}

function byServiceMonitor(
  answering: Answering,
  monitor: KubernetesObject,
  services: readonly KubernetesObject[],
): readonly Found[] {
  const spec = at(nodeOf(monitor), "spec");
  const selected = services.filter((each) =>
    selects(at(spec, "selector"), mapAt(at(nodeOf(each), "metadata", "labels"))),
  );
  return elements(at(spec, "endpoints")).flatMap((endpoint) =>
    selected.flatMap((service) => byEndpoint(answering, endpoint, service)),
  );
}

function byEndpoint(answering: Answering, endpoint: Node, service: KubernetesObject): readonly Found[] {
  const name = at(endpoint, "port");
  if (!isThere(name)) return [];
  const ports = elements(at(nodeOf(service), "spec", "ports"));
  const port = ports.find((each) => at(each, "name").value === name.value);
  if (port === undefined)
    return [found(name, `${kubectlName(service)} has no port named ${JSON.stringify(name.value)}`)];
  const number = numberOfPort(answering, targetPort(port));
  const { health, metrics } = answering;
  // What nothing answers is said of the Service.
  if (number === undefined || ![health.port, metrics.port].includes(number)) return [];
  const [path, scheme] = [at(endpoint, "path"), at(endpoint, "scheme")];
  return ofMetrics(answering, { port: { ...name, value: number }, path, scheme });
}
