export type { Endpoint } from "./network/endpoint.ts";
export type { Protocol } from "./network/policy-port.ts";
export {
  addressOf,
  destinationOf,
  hostsIn,
  portsOf,
  undeclaredPort,
  workloadsIn,
  workloadsNamed,
} from "./reach/named.ts";
export { reach, type Connection } from "./reach/reach.ts";
export { misspelt } from "./objects/near.ts";
export { namespacesNamed } from "./objects/namespaces-named.ts";
export { namespaceMentions } from "./objects/namespace-mention.ts";
export { type KubernetesObject } from "./objects/kubernetes-object.ts";
export { printedReason, type OpenVerdict, type Reason, type Verdict } from "./objects/verdict.ts";
export {
  admitted,
  podSecurityViolations,
  type Admission,
  type PodSecurityVersion,
  type Violation,
} from "./pod-security/admitted.ts";
export type { Level } from "./pod-security/control.ts";
export type { Account } from "./rbac/account.ts";
export { can, type Question } from "./rbac/can.ts";
export {
  pluralOf,
  resourceNamed,
  resourcesKnown,
  subresourcesKnown,
  verbsKnown,
  type Resource,
} from "./rbac/resources.ts";
export { whoCan, type Permitted, type Subject, type WhoCan } from "./rbac/who-can.ts";
export type { PathRequest, ResourceRequest } from "./rbac/rule.ts";
export { assumptions, type AssumptionOptions } from "./assumptions/assumptions.ts";
export { printedNeed, type Assumption, type Need, type NeededObject } from "./assumptions/assumption.ts";
export { explainLive, liveExplanations, type LiveCode } from "./live/codes.ts";
export { kindKey, type Live, type Unread } from "./live/live.ts";
export type { Symptom } from "./live/symptom.ts";
export { symptoms } from "./live/symptoms.ts";
export { operatorsMeet } from "./atlas/rules/operator/operators-overlap.ts";
export { check, objectFindings, type CheckOptions } from "./check/check.ts";
export type { ObjectFinding } from "./check/ignored.ts";
export type { Code } from "./check/any-code.ts";
export type { RuleCode } from "./findings/code.ts";
export { explain, explanations, type Explanation } from "./check/codes.ts";
export type { Finding, ObjectReference, Severity } from "./findings/finding.ts";
export { ignorePrefix } from "./check/ignored.ts";
export { ignoredIn, ignoring, type CodeIgnored } from "./check/ignoring.ts";
export { fieldsOf, printedPath } from "./objects/path.ts";
export type { CustomIssue, KnownImage, Knowledge, ReleaseFacts } from "./findings/world.ts";
