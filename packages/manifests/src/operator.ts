import type { ImageRecord } from "@atlas/compose";

/** The labels that select the operator's pods, and no others. */
const labels = {
  "app.kubernetes.io/name": "atlas-operator",
  "app.kubernetes.io/component": "controller-manager",
} as const;

/**
 * The release that runs. Version and digest name the same image and change together; the version is the operator's
 * own (its CRDs come from the same release), the digest is what the node pulls.
 */
const image = {
  name: "arigaio/atlas-operator",
  mirror: "ghcr.io/hippocampus-dev/hippocampus/mirror/arigaio/atlas-operator",
  version: "v0.7.11",
  digest: "sha256:982ad18239ccf8ee0bc8dda081e0177d3965bd77aa7f73f963bd11dc9767b92d",
} as const satisfies ImageRecord;

/** What is true of the operator in every environment; base and overlays take it from here. */
export const operator = {
  /** Name of its objects, its ServiceAccount and, where it has one of its own, its namespace. */
  name: "atlas-operator",
  labels,
  image,
  ports: {
    /** Prometheus metrics at `/metrics`. */
    metrics: { name: "metrics", containerPort: 8080, protocol: "TCP" },
    /** `/readyz` and `/healthz`. */
    health: { name: "health", containerPort: 8081, protocol: "TCP" },
  },
  /** The user it runs as, as in the manifests that these stand for; its image is built for 65532:65532 in every release. */
  user: 1000,
} as const;
