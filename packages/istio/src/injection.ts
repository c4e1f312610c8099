/** A Kubernetes quantity: `10m`, `64Mi`, `1`. */
export type Quantity = string;

/** What the injected proxy asks of the node and what it may use. */
export interface ProxyResources {
  readonly cpu?: { readonly request?: Quantity; readonly limit?: Quantity };
  readonly memory?: { readonly request?: Quantity; readonly limit?: Quantity };
}

/** The pod label by which the injector adds the proxy; it wins over the namespace's label. */
export const injectionLabels: { readonly "sidecar.istio.io/inject": "true" } = {
  "sidecar.istio.io/inject": "true",
};

/** The pod annotations that Istio reads the proxy's resources from. */
export interface InjectionAnnotations {
  "sidecar.istio.io/proxyCPU"?: Quantity;
  "sidecar.istio.io/proxyCPULimit"?: Quantity;
  "sidecar.istio.io/proxyMemory"?: Quantity;
  "sidecar.istio.io/proxyMemoryLimit"?: Quantity;
}

/**
 * Pod annotations that size the injected proxy; what is left out stays as the mesh has it.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function injectionAnnotations({ cpu, memory }: ProxyResources): InjectionAnnotations {
  return {
    ...(cpu?.request && { "sidecar.istio.io/proxyCPU": cpu.request }),
    ...(cpu?.limit && { "sidecar.istio.io/proxyCPULimit": cpu.limit }),
    ...(memory?.request && { "sidecar.istio.io/proxyMemory": memory.request }),
    ...(memory?.limit && { "sidecar.istio.io/proxyMemoryLimit": memory.limit }),
  };
}
