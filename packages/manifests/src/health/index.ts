export { argocdHealth } from "./argocd.ts";
export { fluxHealthChecks, type FluxHealthCheck } from "./flux.ts";
export type { Gap } from "./gap.ts";
export { kstatusGaps } from "./kstatus.ts";
export { waitConditions, waitGaps, type WaitConditions } from "./kubectl-wait.ts";
export { health, healthKinds, pendingReasons, type Condition, type Health, type Observed } from "./model.ts";
