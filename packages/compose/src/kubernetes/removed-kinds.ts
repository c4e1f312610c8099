/**
 * The kinds that Kubernetes had before the versions of the table, by API version: the last minor version that served them.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/, which names the version that stops.
 */
const removed = `
admissionregistration.k8s.io/v1beta1 21 MutatingWebhookConfiguration ValidatingWebhookConfiguration
apiextensions.k8s.io/v1beta1 21 CustomResourceDefinition
apiregistration.k8s.io/v1beta1 21 APIService
apps/v1beta1 15 Deployment StatefulSet
apps/v1beta2 15 DaemonSet Deployment ReplicaSet StatefulSet
authentication.k8s.io/v1beta1 21 TokenReview
authorization.k8s.io/v1beta1 21 LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
autoscaling/v2beta1 24 HorizontalPodAutoscaler
autoscaling/v2beta2 25 HorizontalPodAutoscaler
batch/v1beta1 24 CronJob
certificates.k8s.io/v1beta1 21 CertificateSigningRequest
coordination.k8s.io/v1beta1 21 Lease
discovery.k8s.io/v1beta1 24 EndpointSlice
events.k8s.io/v1beta1 24 Event
extensions/v1beta1 15 DaemonSet Deployment NetworkPolicy PodSecurityPolicy ReplicaSet
extensions/v1beta1 21 Ingress
flowcontrol.apiserver.k8s.io/v1beta1 25 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta2 28 FlowSchema PriorityLevelConfiguration
networking.k8s.io/v1beta1 21 Ingress IngressClass
node.k8s.io/v1beta1 24 RuntimeClass
policy/v1beta1 24 PodDisruptionBudget PodSecurityPolicy
rbac.authorization.k8s.io/v1beta1 21 ClusterRole ClusterRoleBinding Role RoleBinding
scheduling.k8s.io/v1beta1 21 PriorityClass
storage.k8s.io/v1beta1 21 CSIDriver CSINode StorageClass VolumeAttachment
storage.k8s.io/v1beta1 26 CSIStorageCapacity
`;

/** The last version of Kubernetes that served a kind, as `1.25`; undefined for one that it has, or never had. */
export function lastVersionOf(apiVersion: string, kind: string): string | undefined {
  for (const line of removed.split("\n")) {
    const [served, minor, ...kinds] = line.split(" ");
    if (served === apiVersion && kinds.includes(kind)) return `1.${minor}`;
  }
  return undefined;
}
