/**
 * The releases of Kubernetes whose API the table holds, the oldest first, as the Go module `k8s.io/kubernetes` has them.
 * That of 1.30 is there for what kubernetes-types, which ends with it, declares and later ones have no more.
 */
export const releases = [
  "v1.30.14",
  "v1.31.14",
  "v1.32.13",
  "v1.33.13",
  "v1.34.4",
  "v1.35.4",
  "v1.36.3",
  "v1.37.2",
] as const;

/** The minor version of a release: 34 of `v1.34.4`. */
export const minorOf = (release: string): number => Number(release.split(".")[1]);
