import type { Rule } from "../findings/rule.ts";
import { egressWithoutApiServer } from "./network/egress-without-api-server.ts";
import { egressWithoutDns } from "./network/egress-without-dns.ts";
import { egressWithoutMesh } from "./network/egress-without-mesh.ts";
import { isolationOneWay } from "./network/isolation-one-way.ts";
import { metricsInPlainText } from "./network/metrics-in-plain-text.ts";
import { metricsNotAdmitted } from "./network/metrics-not-admitted.ts";
import { policiesDisagree } from "./network/policies-disagree.ts";
import { policyPortMissing } from "./network/policy-port-missing.ts";
import { serverFirstProtocol } from "./network/server-first-protocol.ts";
import { imageRecordsDisagree } from "./pods/image-records-disagree.ts";
import { imageVersionUnknown } from "./pods/image-version-unknown.ts";
import { injectionNeedsCni } from "./pods/injection-needs-cni.ts";
import { memoryUnlimited } from "./pods/memory-unlimited.ts";
import { memoryVolumeTooLarge } from "./pods/memory-volume-too-large.ts";
import { memoryVolumeUnlimited } from "./pods/memory-volume-unlimited.ts";
import { podNotAdmitted } from "./pods/pod-not-admitted.ts";
import { probePortMissing } from "./pods/probe-port-missing.ts";
import { volumeBlocksRollout } from "./references/volume-blocks-rollout.ts";
import { volumeNotShared } from "./references/volume-not-shared.ts";
import { volumeClaimMissing } from "./references/volume-claim-missing.ts";
import { configMapMissing } from "./references/config-map-missing.ts";
import { keyMissing } from "./references/key-missing.ts";
import { roleMissing } from "./references/role-missing.ts";
import { scaleTargetMissing } from "./references/scale-target-missing.ts";
import { secretMissing } from "./references/secret-missing.ts";
import { serviceAccountMissing } from "./references/service-account-missing.ts";
import { secretInPlainText } from "./secrets/secret-in-plain-text.ts";
import { serviceMissing } from "./references/service-missing.ts";
import { servicePortMissing } from "./references/service-port-missing.ts";
import { subjectMissing } from "./references/subject-missing.ts";
import { budgetBlocksDrain } from "./selectors/budget-blocks-drain.ts";
import { budgetSelectsNothing } from "./selectors/budget-selects-nothing.ts";
import { meshPoliciesOverlap } from "./selectors/mesh-policies-overlap.ts";
import { meshSelectsNothing } from "./selectors/mesh-selects-nothing.ts";
import { namespaceLeftBehind } from "./selectors/namespace-left-behind.ts";
import { policySelectsNothing } from "./selectors/policy-selects-nothing.ts";
import { serviceSelectsNothing } from "./selectors/service-selects-nothing.ts";
import { permissionUnknown } from "./references/permission-unknown.ts";
import { autoscalerWithoutRequest } from "./pods/autoscaler-without-request.ts";
import { imageReferenceMalformed } from "./pods/image-reference-malformed.ts";
import { amountMistaken } from "./pods/amount-mistaken.ts";
import { memoryTooSmall } from "./pods/memory-too-small.ts";
import { tokenMissing } from "./pods/token-missing.ts";
import { volumeMediumUnknown } from "./pods/volume-medium-unknown.ts";
import { ingressHostWithoutRule } from "./network/ingress-host-without-rule.ts";
import { capabilityUnknown } from "./containers/capability-unknown.ts";
import { hostNetworkDns } from "./pods/host-network-dns.ts";
import { mountPathRelative } from "./containers/mount-path-relative.ts";
import { policyRulesUnused } from "./network/policy-rules-unused.ts";
import { argumentWithSpace } from "./containers/argument-with-space.ts";
import { placeholderLeft } from "./containers/placeholder-left.ts";
import { rootNotAllowed } from "./containers/root-not-allowed.ts";
import { scheduleEveryMinute } from "./pods/schedule-every-minute.ts";
import { spreadSelectsOthers } from "./pods/spread-selects-others.ts";
import { variableNotExpanded } from "./containers/variable-not-expanded.ts";
import { serviceHostMissing } from "./references/service-host-missing.ts";
import { secretValueMistaken } from "./secrets/secret-value-mistaken.ts";

/** What is wrong with any objects of Kubernetes and Istio, a file each. */
export const generalRules: readonly Rule[] = [
  volumeBlocksRollout,
  volumeClaimMissing,
  configMapMissing,
  keyMissing,
  roleMissing,
  scaleTargetMissing,
  secretMissing,
  secretInPlainText,
  secretValueMistaken,
  serviceAccountMissing,
  serviceHostMissing,
  serviceMissing,
  servicePortMissing,
  subjectMissing,
  permissionUnknown,
  budgetBlocksDrain,
  budgetSelectsNothing,
  meshPoliciesOverlap,
  meshSelectsNothing,
  namespaceLeftBehind,
  policySelectsNothing,
  serviceSelectsNothing,
  amountMistaken,
  argumentWithSpace,
  autoscalerWithoutRequest,
  capabilityUnknown,
  hostNetworkDns,
  imageReferenceMalformed,
  imageRecordsDisagree,
  imageVersionUnknown,
  injectionNeedsCni,
  memoryTooSmall,
  memoryUnlimited,
  memoryVolumeTooLarge,
  memoryVolumeUnlimited,
  mountPathRelative,
  placeholderLeft,
  podNotAdmitted,
  probePortMissing,
  rootNotAllowed,
  scheduleEveryMinute,
  spreadSelectsOthers,
  tokenMissing,
  variableNotExpanded,
  volumeMediumUnknown,
  volumeNotShared,
  egressWithoutApiServer,
  egressWithoutDns,
  egressWithoutMesh,
  isolationOneWay,
  ingressHostWithoutRule,
  policyRulesUnused,
  metricsInPlainText,
  metricsNotAdmitted,
  policiesDisagree,
  policyPortMissing,
  serverFirstProtocol,
];
