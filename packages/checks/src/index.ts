export { type KubernetesObject } from "./objects/kubernetes-object.ts";
export { printedReason, type Reason, type Verdict } from "./objects/verdict.ts";
export {
  admitted,
  podSecurityViolations,
  type Admission,
  type PodSecurityVersion,
  type Violation,
} from "./pod-security/admitted.ts";
export type { Level } from "./pod-security/control.ts";
