/** The versions of Kubernetes whose API is known, as `kubernetesVersion` of a layer names them. A test holds the table to them. */
export const knownVersions = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"] as const;

/** A version of Kubernetes whose API is known. */
export type KubernetesVersion = (typeof knownVersions)[number];

/** What counts where nobody says which version the cluster has. */
export const newestVersion: KubernetesVersion = "1.37";
