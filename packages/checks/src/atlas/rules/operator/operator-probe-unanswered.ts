import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { at, isThere, textAt, type Node } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";
import { answeringAt, numberOfPort, printedListening, type Answering } from "../../ports.ts";

export const operatorProbeUnanswered: Rule = {
  code: "operator-probe-unanswered",
  severity: "error",
  why: "The operator answers /healthz and /readyz in plain HTTP at --health-probe-bind-address, :8081 by default; a probe of anything else fails for ever: the pod never gets ready, or is restarted again and again.",
  fix: "probe /readyz and /healthz at the port of --health-probe-bind-address",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  insteadOf: ["probe-port-missing"],
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const answering = answeringAt(world, operator);
      return answering === undefined
        ? []
        : ["readinessProbe", "livenessProbe", "startupProbe"].flatMap((probe) =>
            ofProbe(answering, at(operator.container, probe)),
          );
    }),
};

function ofProbe(answering: Answering, probe: Node): readonly Found[] {
  const grpc = at(probe, "grpc");
  if (isThere(grpc)) return [found(grpc, "the operator answers no gRPC")];
  return [...ofSocket(answering, at(probe, "tcpSocket")), ...ofRequest(answering, at(probe, "httpGet"))];
}

function ofSocket(answering: Answering, handler: Node): readonly Found[] {
  const port = at(handler, "port");
  const number = numberOfPort(answering, port);
  if (number === undefined || isThere(at(handler, "host")) || answering.isOfAnother(number)) return [];
  const { health, metrics } = answering;
  const listening = [health, metrics].find((each) => each.port === number);
  if (listening === undefined) return [unheard(answering, port, number)];
  return listening.isLoopback ? [onlyWithin(port, number)] : [];
}

function ofRequest(answering: Answering, handler: Node): readonly Found[] {
  const [port, path, scheme] = [at(handler, "port"), at(handler, "path"), at(handler, "scheme")];
  const number = numberOfPort(answering, port);
  if (number === undefined || isThere(at(handler, "host")) || answering.isOfAnother(number)) return [];
  const { health, metrics, isMetricsSecure } = answering;
  const asked = textAt(path) || "/";
  if (
    number === metrics.port &&
    isHandlerPath(asked, "/metrics") &&
    isMetricsSecure === (scheme.value === "HTTPS")
  )
    return metrics.isLoopback ? [onlyWithin(port, number)] : [];
  if (number !== health.port) return [unheard(answering, port, number)];
  if (health.isLoopback) return [onlyWithin(port, number)];
  if (scheme.value === "HTTPS") return [found(scheme, `the operator speaks plain HTTP at ${number}`)];
  if (["/healthz", "/readyz"].some((known) => isHandlerPath(asked, known))) return [];
  return [found(path, `the operator answers ${JSON.stringify(asked)} at ${number} with 404`)];
}

/** Whether a path is that of a handler, or lies below it; what follows a question mark is the handler's. */
const isHandlerPath = (path: string, handler: string): boolean =>
  new RegExp(`^${handler}(?:[/?]|$)`).test(path.startsWith("/") ? path : `/${path}`);

const unheard = (answering: Answering, port: Node, number: number): Found =>
  found(port, `${printedListening(answering)}: nothing answers the probe at ${number}`);

const onlyWithin = (port: Node, number: number): Found =>
  found(port, `at ${number} the operator listens within its pod alone, where the kubelet does not reach it`, {
    fix: "bind it to all addresses: --health-probe-bind-address=:8081",
  });
