import type { World } from "../findings/world.ts";
import { injectionIn } from "../mesh/injection.ts";
import { proxyPort } from "../mesh/proxy-port.ts";
import { at, elements, textAt, type Node } from "../objects/node.ts";
import { containersOf } from "../objects/pod.ts";
import { isMetricsSecure, listeningAt, type Listening } from "./addresses.ts";
import type { Operator } from "./operator.ts";

/** What answers at the operator's pods: the operator itself, and whoever is beside it. */
export interface Answering {
  readonly operator: Operator;
  readonly health: Listening;
  readonly metrics: Listening;
  readonly isMetricsSecure: boolean;
  /** Whether a port may be another container's. */
  readonly isOfAnother: (port: number) => boolean;
}

/** What answers at the operator's pods; undefined where nobody can tell. */
export function answeringAt(world: World, operator: Operator): Answering | undefined {
  const health = listeningAt(operator, "health-probe-bind-address");
  const metrics = listeningAt(operator, "metrics-bind-address");
  if (health === undefined || metrics === undefined) return undefined;
  const { pod, container } = operator;
  const others = new Set(
    containersOf(pod)
      .filter(({ path }) => path !== container.path)
      .flatMap((each) => elements(at(each, "ports")).map((port) => at(port, "containerPort").value)),
  );
  const hasProxy = injectionIn(world, pod).injected;
  return {
    operator,
    health,
    metrics,
    isMetricsSecure: isMetricsSecure(operator),
    isOfAnother: (port) => others.has(port) || (hasProxy && proxyPort(port) !== undefined),
  };
}

/** The number that a port stands for: its own, or that of the pod's port of this name; undefined where there is none. */
export function numberOfPort({ operator: { pod } }: Answering, port: Node): number | undefined {
  if (typeof port.value === "number") return port.value;
  const text = textAt(port) ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  const number = containersOf(pod)
    .flatMap((container) => elements(at(container, "ports")))
    .find((each) => at(each, "name").value === text);
  const value = number && at(number, "containerPort").value;
  return typeof value === "number" ? value : undefined;
}

/** Where the operator listens, as a sentence goes on with it. */
export function printedListening({ health, metrics }: Answering): string {
  const places = [
    health.port === undefined ? "for no probes" : `at ${health.port} for probes`,
    metrics.port === undefined ? "for no metrics" : `at ${metrics.port} for metrics`,
  ];
  return `the operator listens ${places.join(" and ")}`;
}
