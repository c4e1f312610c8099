import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";
import { operator } from "../../operator.ts";
import { allowEnvoyStatsScrape } from "./allow-envoy-stats-scrape.ts";
import { allowTrafficAgent } from "./allow-traffic-agent.ts";
import { defaultDeny } from "./default-deny.ts";
import { namespace } from "./namespace.ts";
import { deployment as deploymentPatch } from "./patches/deployment.ts";
import { podDisruptionBudget as podDisruptionBudgetPatch } from "./patches/pod-disruption-budget.ts";
import { peerAuthentication } from "./peer-authentication.ts";
import { destinations, objects as outbound, sidecar } from "./sidecar.ts";
import { telemetry } from "./telemetry.ts";

export {
  allowEnvoyStatsScrape,
  allowTrafficAgent,
  defaultDeny,
  deploymentPatch,
  destinations,
  namespace,
  peerAuthentication,
  podDisruptionBudgetPatch,
  sidecar,
  telemetry,
};

export default overlay({
  base,
  namespace: namespace.metadata.name,
  resources: [
    namespace,
    defaultDeny,
    allowEnvoyStatsScrape,
    allowTrafficAgent,
    peerAuthentication,
    ...outbound,
    telemetry,
  ],
  patches: [deploymentPatch, podDisruptionBudgetPatch],
  images: [operator.image],
});
