import type { Rule } from "../findings/rule.ts";

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

/** What there is to know of a code of what may be wrong in a cluster. */
type LiveExplanation = Pick<Rule, "severity" | "why" | "fix">;

const liveCodes: Readonly<Record<LiveCode, LiveExplanation>> = {
  "assumption-not-held": {
    severity: "error",
    why: "What the cluster lacks, whoever relies on it does not get: pods do not start, policies let nobody in, objects are refused.",
    fix: "install, label or create in the cluster what the message names, or take out of the environment what relies on it",
  },
  "assumption-not-known": {
    severity: "warning",
    why: "Nothing in the cluster tells whether it has that, or it may not be read.",
    fix: "look by hand, or give the account of the kubeconfig the right to read it: kubectl auth can-i get KIND",
  },
  "no-endpoints": {
    severity: "error",
    why: "A Service without a ready pod behind it refuses every connection.",
    fix: "make the Service's selector fit the labels of the pods, and look why these are not ready: kubectl get pods",
  },
  "no-leader": {
    severity: "error",
    why: "Without a leader the operator reconciles nothing, while its probes answer that all is well.",
    fix: "look at the operator's log, and whether it may write Leases: kubectl auth can-i update leases --as system:serviceaccount:NAMESPACE:ACCOUNT",
  },
  "not-applied": {
    severity: "error",
    why: "What is not in the cluster does nothing there.",
    fix: "apply what was rendered: atlas-render render NAME --output - | kubectl apply --server-side -f -",
  },
  "pod-not-ready": {
    severity: "error",
    why: "A pod that is not ready gets no traffic, and whoever waits for it waits on.",
    fix: "read what the container says, and its events: kubectl logs POD, kubectl describe pod POD",
  },
  "pods-missing": {
    severity: "error",
    why: "A workload without its pods does nothing; why they are not made, its conditions and events say.",
    fix: "read the conditions and events of the workload: kubectl describe; mostly a quota, Pod Security, a webhook or a missing ServiceAccount refuses its pods",
  },
  "resource-not-ready": {
    severity: "error",
    why: "The database is not as the object states until the operator has made it Ready.",
    fix: "read the message of the condition Ready; it is mostly a URL, a credential, or a statement that the database refuses",
  },
  "resource-unseen": {
    severity: "error",
    why: "An object without any condition has not been seen by an operator: it does not run, does not lead, or may not watch it.",
    fix: "see to it that the operator runs, leads, and watches the namespace of the object",
  },
  "warning-event": {
    severity: "warning",
    why: "Kubernetes says by an event what it could not do.",
    fix: "do what the event's message names, and look whether the event comes again",
  },
};

/** Every code of what may be wrong in a cluster, with how bad it is, why it does not work, and how it is fixed mostly. */
export const liveExplanations: readonly (LiveExplanation & { readonly code: LiveCode })[] = Object.entries(
  liveCodes,
).map(([code, explanation]) => ({ code: code as LiveCode, ...explanation }));

/** How bad it is, why it does not work, and how it is fixed mostly. */
export const explainLive = (code: LiveCode): LiveExplanation => liveCodes[code];
