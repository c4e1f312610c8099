import { at, elements, textAt } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";

/** What a pod says to the proxy that it is given. */
export const proxyConfig = ({ metadata }: Pod): string =>
  textAt(at(metadata, "annotations", "proxy.istio.io/config")) ?? "";

/**
 * Whether the proxy is an init container that goes on: it then starts before all others, and ends after them.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export const isNativeSidecar = ({ metadata, spec }: Pod): boolean =>
  at(metadata, "annotations", "sidecar.istio.io/nativeSidecar").value === "true" ||
  elements(at(spec, "initContainers")).some(
    (container) =>
      at(container, "name").value === "istio-proxy" && at(container, "restartPolicy").value === "Always",
  );
