/**
 * What a mesh is taken for, as nothing among the objects says it: Istio's own defaults.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig
 */
export const meshDefaults = {
  /** Policies in this namespace are for all namespaces. */
  rootNamespace: "istio-system",
  /** What the identity of a workload begins with. */
  trustDomain: "cluster.local",
  /** What the name of a Service ends with in the mesh. */
  domain: "svc.cluster.local",
} as const;
