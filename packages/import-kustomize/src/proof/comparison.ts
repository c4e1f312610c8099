/** How the objects of a layer differ from those that Kustomize makes; no line where they are the same. */
export interface Comparison {
  readonly count: number;
  /**
   * Objects that stand in the namespace of the layer below, where Kustomize leaves theirs to kubectl's context, and bindings
   * whose ServiceAccounts Kustomize leaves without one.
   */
  readonly placed: readonly string[];
  /** Objects of the cluster for which Kustomize states another namespace, or one at all, which the API server drops. */
  readonly clusterScoped: readonly string[];
  readonly differences: readonly string[];
}
