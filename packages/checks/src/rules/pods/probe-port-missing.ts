import { found, type Rule } from "../../findings/rule.ts";
import { nearest } from "../../objects/near.ts";
import { at, elements, textAt } from "../../objects/node.ts";

export const probePortMissing: Rule = {
  code: "probe-port-missing",
  severity: "error",
  why: "A probe of a port that the container does not name always fails: the pod never gets ready, or is restarted again and again.",
  fix: "name a port of the container",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",
  find: (world) =>
    world.pods.flatMap(({ spec }) =>
      [...elements(at(spec, "containers")), ...elements(at(spec, "initContainers"))].flatMap((container) => {
        const names = elements(at(container, "ports")).flatMap((port) => textAt(at(port, "name")) ?? []);
        const handlers = ["readinessProbe", "livenessProbe", "startupProbe"].flatMap((probe) =>
          ["httpGet", "tcpSocket"].map((handler) => at(container, probe, handler, "port")),
        );
        return handlers.flatMap((port) => {
          const name = textAt(port);
          if (name === undefined || /^\d+$/.test(name) || names.includes(name)) return [];
          const near = nearest(name, names);
          const fix = near === undefined ? "give the container's port this name" : `did you mean "${near}"?`;
          return [found(port, `no port of the container is named ${JSON.stringify(name)}`, { fix })];
        });
      }),
    ),
};
