import type { Severity } from "../findings/finding.ts";

/** What may be wrong in a cluster. The list is closed: a code keeps its meaning once it is published. */
export type LiveCode =
  | "assumption-not-held"
  | "assumption-not-known"
  | "no-endpoints"
  | "no-leader"
  | "not-applied"
  | "pod-not-ready"
  | "pods-missing"
  | "resource-not-ready"
  | "resource-unseen"
  | "warning-event";

const liveCodes: Readonly<Record<LiveCode, readonly [Severity, string]>> = {
  "assumption-not-held": [
    "error",
    "What the cluster lacks, whoever relies on it does not get: pods do not start, policies let nobody in, objects are refused.",
  ],
  "assumption-not-known": [
    "warning",
    "Nothing in the cluster tells whether it has that, or it may not be read.",
  ],
  "no-endpoints": ["error", "A Service without a ready pod behind it refuses every connection."],
  "no-leader": [
    "error",
    "Without a leader the operator reconciles nothing, while its probes answer that all is well.",
  ],
  "not-applied": ["error", "What is not in the cluster does nothing there."],
  "pod-not-ready": ["error", "A pod that is not ready gets no traffic, and whoever waits for it waits on."],
  "pods-missing": [
    "error",
    "A workload without its pods does nothing; why they are not made, its conditions and events say.",
  ],
  "resource-not-ready": [
    "error",
    "The database is not as the object states until the operator has made it Ready.",
  ],
  "resource-unseen": [
    "error",
    "An object without any condition has not been seen by an operator: it does not run, does not lead, or may not watch it.",
  ],
  "warning-event": ["warning", "Kubernetes says by an event what it could not do."],
};

/** Every code of what may be wrong in a cluster, with how bad it is, and why it does not work. */
export const liveExplanations: readonly {
  readonly code: LiveCode;
  readonly severity: Severity;
  readonly why: string;
}[] = Object.entries(liveCodes).map(([code, [severity, why]]) => ({ code: code as LiveCode, severity, why }));

/** How bad it is, and why it does not work. */
export const explainLive = (code: LiveCode): { readonly severity: Severity; readonly why: string } => {
  const [severity, why] = liveCodes[code];
  return { severity, why };
};
