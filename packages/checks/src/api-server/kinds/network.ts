import { byAddress, byService } from "../metadata/name.ts";
import { ipAddress, serviceCidr } from "../network/addresses.ts";
import { endpointSlice, endpoints } from "../network/endpoints.ts";
import { ingress, ingressClass } from "../network/ingress.ts";
import { service } from "../network/service.ts";
import { clusterWide, namespaced, type Kinds } from "./kind.ts";

/** Services, and what stands before and behind them. */
export const network: Kinds = {
  "v1/Endpoints": namespaced(endpoints),
  "v1/Service": namespaced(service, byService),
  "discovery.k8s.io/v1/EndpointSlice": namespaced(endpointSlice),
  "networking.k8s.io/v1/IPAddress": clusterWide(ipAddress, byAddress),
  "networking.k8s.io/v1/Ingress": namespaced(ingress),
  "networking.k8s.io/v1/IngressClass": clusterWide(ingressClass),
  "networking.k8s.io/v1/ServiceCIDR": clusterWide(serviceCidr),
};
