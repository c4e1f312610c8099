import { identity, type KubernetesObject, type Resource } from "./object.ts";

/** The kinds of Kubernetes 1.34 that stand in no namespace, from the paths of its OpenAPI document. */
const clusterScoped: Record<string, string> = {
  "": "Namespace Node PersistentVolume",
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
  "resource.k8s.io": "DeviceClass DeviceTaintRule ResourceSlice",
  "scheduling.k8s.io": "PriorityClass",
  "storage.k8s.io": "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
  "storagemigration.k8s.io": "StorageVersionMigration",
};

/**
 * Whether objects of this kind stand in no namespace. Of custom kinds the CustomResourceDefinition tells, where it is
 * among the resources; otherwise they count as namespaced, as in Kustomize.
 */
export function isClusterScoped(resource: Resource, among: readonly Resource[] = []): boolean {
  const { group, kind } = identity(resource);
  if (Object.hasOwn(clusterScoped, group)) return (clusterScoped[group] ?? "").split(" ").includes(kind);
  return among.some(
    (other) => other.kind === "CustomResourceDefinition" && declaresClusterScope(other, group, kind),
  );
}

function declaresClusterScope(crd: Resource, group: string, kind: string): boolean {
  const { spec } = crd as Partial<KubernetesObject> & {
    spec?: { group?: string; scope?: string; names?: { kind?: string } };
  };
  return spec?.group === group && spec.names?.kind === kind && spec.scope === "Cluster";
}
