export {
  argocdDelivery,
  fluxDelivery,
  togetherProblems,
  type ClusterDelivery,
  type Delivery,
} from "./delivery.ts";
export { ownDependencyProblems, unmadeNamespaces, type UnmadeNamespace } from "./dependencies.ts";
export {
  ownCluster,
  type DeliveredEnvironment,
  type DeliveryObject,
  type RenderedSource,
} from "./environment.ts";
export type { FluxReference } from "./flux.ts";
export { hindrances } from "./hindrances.ts";
export { deliveryName } from "./names.ts";
export type { GitOpsTool } from "./tool.ts";
