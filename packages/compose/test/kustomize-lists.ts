import type { Kind } from "./kinds.ts";

/**
 * Lists that Kubernetes 1.34 merges and the schema within Kustomize 5.5, which is Kubernetes 1.21's, does not: by the
 * definition that has them, since other lists may have their names.
 */
export const newerLists: ReadonlySet<string> = new Set([
  "admissionregistration.v1.MutatingWebhook.matchConditions",
  "admissionregistration.v1.ValidatingWebhook.matchConditions",
  "core.v1.EphemeralContainer.ports",
  "core.v1.PodSpec.resourceClaims",
  "core.v1.PodSpec.schedulingGates",
]);

/** Kinds that Kustomize's schema does not have: it replaces all of their lists. */
export const newerKinds: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding",
  "internal.apiserver.k8s.io/v1alpha1 StorageVersion",
  "authentication.k8s.io/v1 SelfSubjectReview",
  "authentication.k8s.io/v1alpha1 SelfSubjectReview",
  "authentication.k8s.io/v1beta1 SelfSubjectReview",
  "autoscaling/v2 HorizontalPodAutoscaler",
  "certificates.k8s.io/v1alpha1 ClusterTrustBundle",
  "certificates.k8s.io/v1beta1 ClusterTrustBundle",
  "coordination.k8s.io/v1beta1 LeaseCandidate",
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration",
  "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema",
  "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration",
  "networking.k8s.io/v1 IPAddress",
  "networking.k8s.io/v1 ServiceCIDR",
  "networking.k8s.io/v1alpha1 IPAddress",
  "networking.k8s.io/v1alpha1 ServiceCIDR",
  "networking.k8s.io/v1beta1 IPAddress",
  "networking.k8s.io/v1beta1 ServiceCIDR",
  "policy/v1 Eviction",
  "resource.k8s.io/v1 DeviceClass",
  "resource.k8s.io/v1 ResourceClaim",
  "resource.k8s.io/v1 ResourceClaimTemplate",
  "resource.k8s.io/v1 ResourceSlice",
  "resource.k8s.io/v1alpha2 PodSchedulingContext",
  "resource.k8s.io/v1alpha2 ResourceClaim",
  "resource.k8s.io/v1alpha2 ResourceClaimParameters",
  "resource.k8s.io/v1alpha2 ResourceClaimTemplate",
  "resource.k8s.io/v1alpha2 ResourceClass",
  "resource.k8s.io/v1alpha2 ResourceClassParameters",
  "resource.k8s.io/v1alpha2 ResourceSlice",
  "resource.k8s.io/v1beta1 DeviceClass",
  "resource.k8s.io/v1beta1 ResourceClaim",
  "resource.k8s.io/v1beta1 ResourceClaimTemplate",
  "resource.k8s.io/v1beta1 ResourceSlice",
  "resource.k8s.io/v1beta2 DeviceClass",
  "resource.k8s.io/v1beta2 ResourceClaim",
  "resource.k8s.io/v1beta2 ResourceClaimTemplate",
  "resource.k8s.io/v1beta2 ResourceSlice",
  "storage.k8s.io/v1 CSIStorageCapacity",
  "storage.k8s.io/v1 VolumeAttributesClass",
  "storage.k8s.io/v1alpha1 VolumeAttributesClass",
  "storage.k8s.io/v1beta1 VolumeAttributesClass",
  "storagemigration.k8s.io/v1alpha1 StorageVersionMigration",
]);

export const isNewer = ({ apiVersion, kind }: Kind): boolean => newerKinds.has(`${apiVersion} ${kind}`);
