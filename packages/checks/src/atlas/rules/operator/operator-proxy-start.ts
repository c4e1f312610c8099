import { found, type Rule } from "../../../findings/rule.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { at } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";
import { isNativeSidecar, proxyConfig } from "../../proxy-config.ts";

export const operatorProxyStart: Rule = {
  code: "operator-proxy-start",
  severity: "warning",
  why: "Started before its proxy, the operator does not reach the API server, ends, and is restarted; with a native sidecar, or held until the proxy is up, it does not.",
  fix: 'annotate the pods with proxy.istio.io/config: \'{"holdApplicationUntilProxyStarts": true}\', or sidecar.istio.io/nativeSidecar: "true"',
  link: "https://istio.io/latest/docs/ops/common-problems/injection/#pod-or-containers-start-with-network-issues-if-istio-proxy-is-not-ready",
  find: (world) =>
    operatorsIn(world).flatMap(({ pod }) => {
      const config = proxyConfig(pod);
      if (!injectionIn(world, pod).injected || isNativeSidecar(pod)) return [];
      if (/holdApplicationUntilProxyStarts["']?\s*:\s*true/.test(config)) return [];
      const place = at(pod.metadata, "annotations", "proxy.istio.io/config");
      return [found(place, "nothing holds the operator until its proxy has started")];
    }),
};
