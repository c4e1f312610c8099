import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";
import { operator } from "../../operator.ts";
import { allowEnvoyStatsScrape } from "./allow-envoy-stats-scrape.ts";
import { allowTrafficAgent } from "./allow-traffic-agent.ts";
import { defaultDeny } from "./default-deny.ts";
import { namespace } from "./namespace.ts";
import { deployment } from "./patches/deployment.ts";
import { podDisruptionBudget } from "./patches/pod-disruption-budget.ts";
import { peerAuthentication } from "./peer-authentication.ts";
import { sidecar } from "./sidecar.ts";
import { telemetry } from "./telemetry.ts";

export default overlay({
  base,
  namespace: namespace.metadata.name,
  resources: [
    namespace,
    defaultDeny,
    allowEnvoyStatsScrape,
    allowTrafficAgent,
    peerAuthentication,
    sidecar,
    telemetry,
  ],
  patches: [deployment, podDisruptionBudget],
  images: [operator.image],
});
