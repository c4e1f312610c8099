import { found, type Rule } from "../../../findings/rule.ts";
import { injectionIn } from "../../../mesh/injection.ts";
import { at } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";
import { isNativeSidecar, proxyConfig } from "../../proxy-config.ts";

export const operatorProxyDrain: Rule = {
  code: "operator-proxy-drain",
  severity: "warning",
  why: "When the pod is asked to end, its proxy drains for five seconds and goes; a migration that still runs loses its connection in the middle.",
  fix: "state terminationDrainDuration, or EXIT_ON_ZERO_ACTIVE_CONNECTIONS, in the annotation proxy.istio.io/config, or take a native sidecar",
  link: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig",
  find: (world) =>
    operatorsIn(world).flatMap(({ pod }) => {
      if (!injectionIn(world, pod).injected || isNativeSidecar(pod)) return [];
      const config = proxyConfig(pod);
      if (/EXIT_ON_ZERO_ACTIVE_CONNECTIONS/.test(config)) return [];
      const [, amount, unit] = /terminationDrainDuration"?\s*:\s*"?([\d.]+)(ms|s|m|h)/.exec(config) ?? [];
      const isStated = /terminationDrainDuration/.test(config);
      if (isStated && (unit === undefined || unit === "m" || unit === "h")) return [];
      if (isStated && unit === "s" && Number(amount) > 5) return [];
      const place = at(pod.metadata, "annotations", "proxy.istio.io/config");
      return [
        found(
          place,
          `the proxy ends ${isStated ? `${amount}${unit}` : "five seconds"} after it is asked to, whatever runs through it`,
        ),
      ];
    }),
};
