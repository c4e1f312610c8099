import type { CustomKinds } from "./crd.ts";
import { identity, type Resource } from "./object.ts";

/** The kinds of Kubernetes 1.30 to 1.37 that stand in no namespace, from the paths of the OpenAPI documents. */
const clusterScoped = new Map(
  Object.entries({
    "": "ComponentStatus Namespace Node PersistentVolume",
    "admissionregistration.k8s.io":
      "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apiregistration.k8s.io": "APIService",
    "authentication.k8s.io": "SelfSubjectReview TokenReview",
    "authorization.k8s.io": "SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
    "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
    "internal.apiserver.k8s.io": "StorageVersion",
    "networking.k8s.io": "IPAddress IngressClass ServiceCIDR",
    "node.k8s.io": "RuntimeClass",
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
    "resource.k8s.io": "DeviceClass DeviceTaintRule ResourceClass ResourcePoolStatusRequest ResourceSlice",
    "scheduling.k8s.io": "PriorityClass",
    "storage.k8s.io": "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    "storagemigration.k8s.io": "StorageVersionMigration",
  }),
);

/**
 * Whether objects of this kind stand in no namespace. Of custom kinds their CustomResourceDefinition tells; where none is
 * known they count as namespaced, as in Kustomize.
 */
export function isClusterScoped(resource: Resource, customKinds: CustomKinds = () => undefined): boolean {
  const { group, kind } = identity(resource);
  const kinds = clusterScoped.get(group);
  if (kinds === undefined) return customKinds(resource)?.isClusterScoped === true;
  return ` ${kinds} `.includes(` ${kind} `);
}
