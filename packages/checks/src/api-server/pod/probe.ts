import { at, isSet, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, lazily, type Rule } from "../rule/rule.ts";
import { exactlyOne, forbidden } from "../rule/union.ts";
import { headerName } from "../value/names.ts";
import { notNegative, portNumber, positive } from "../value/numbers.ts";
import { portNumberOrName } from "../value/port.ts";
import { formed, oneOfOrEmpty } from "../value/text.ts";

/*
 * Probes and hooks of containers.
 *
 * Source: validateProbe, validateHandler and validateLifecycle in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */

const probeHandlers = {
  exec: fields({}, "command"),
  httpGet: fields(
    {
      port: portNumberOrName,
      scheme: oneOfOrEmpty("HTTP", "HTTPS"),
      httpHeaders: eachOf(fields({ name: formed(headerName) }, "name")),
    },
    "port",
  ),
  tcpSocket: fields({ port: portNumberOrName }, "port"),
};

const probe: Rule = all(
  exactlyOne("what is probed", ["exec", "httpGet", "tcpSocket", "grpc"]),
  fields({
    ...probeHandlers,
    grpc: fields({ port: portNumber }, "port"),
    initialDelaySeconds: notNegative,
    timeoutSeconds: notNegative,
    periodSeconds: notNegative,
    successThreshold: notNegative,
    failureThreshold: notNegative,
    terminationGracePeriodSeconds: positive,
  }),
);

const succeedsAtOnce: Rule = (place, { report }) => {
  const threshold = valueAt(place.value, "successThreshold");
  // Nought is filled in by one.
  if (typeof threshold === "number" && threshold > 1)
    report(
      at(place, "successThreshold"),
      "probe-success-threshold",
      `successThreshold is ${threshold}, and such a probe has to succeed once alone`,
      "write 1",
    );
};

/** The probe that says whether a container lives, or has started. */
export const livenessProbe: Rule = all(probe, succeedsAtOnce);

/** The probe that says whether a container takes requests. */
export const readinessProbe: Rule = all(probe, (place, { report }) => {
  if (valueAt(place.value, "terminationGracePeriodSeconds") !== undefined)
    report(
      at(place, "terminationGracePeriodSeconds"),
      "probe-field-forbidden",
      "a readiness probe ends no container, and has no grace period",
      "take it out",
    );
});

const hook: Rule = all(
  exactlyOne("what the hook does", ["exec", "httpGet", "tcpSocket", "sleep"]),
  fields(probeHandlers),
);

/** What happens when a container starts and before it stops; the length of sleep and the signal are looked at by the pod. */
export const lifecycle: Rule = lazily(() => fields({ postStart: hook, preStop: hook }));

/** What an initialising container that ends does not have. */
export const withoutProbes: Rule = forbidden(
  "init-container-field-forbidden",
  ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"],
  "is for containers that stay; an init container with restartPolicy Always does",
  "take it out, or set restartPolicy: Always",
);

/** Whether an initialising container stays beside the others. */
export const isSidecar = (container: unknown): boolean =>
  isSet(container, "restartPolicy") && valueAt(container, "restartPolicy") === "Always";
