import { certificateRequest } from "./access/certificate-request.ts";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./access/rbac.ts";
import { deviceClass, resourceClaim, resourceClaimTemplate } from "./device/claim.ts";
import { resourceSlice } from "./device/slice.ts";
import { admissionPolicy, admissionPolicyBinding } from "./extension/admission-policy.ts";
import { apiService } from "./extension/api-service.ts";
import { customResourceDefinition } from "./extension/crd.ts";
import { mutatingWebhooks, validatingWebhooks } from "./extension/webhook.ts";
import {
  byAddress,
  byCronJob,
  byLabel,
  bySegment,
  byService,
  bySubdomain,
  bySubdomainIfAny,
  type NameRule,
} from "./metadata/name.ts";
import { foreignMetadata, ownMetadata } from "./metadata/object-metadata.ts";
import { endpoints, endpointSlice } from "./network/endpoints.ts";
import { ipAddress, serviceCidr } from "./network/addresses.ts";
import { ingress, ingressClass } from "./network/ingress.ts";
import { networkPolicy } from "./network/network-policy.ts";
import { service } from "./network/service.ts";
import { controllerRevision, lease, namespace, node, runtimeClass } from "./object/cluster.ts";
import { configMap, secret } from "./object/config.ts";
import { coreEvent, event } from "./object/event.ts";
import { pod, podTemplate } from "./pod/pod.ts";
import { autoscaler, autoscalerV1 } from "./policy/autoscaler.ts";
import { disruptionBudget } from "./policy/disruption-budget.ts";
import { flowSchema, priorityLevel } from "./policy/flow-schema.ts";
import { limitRange } from "./policy/limit-range.ts";
import { priorityClass } from "./policy/priority.ts";
import { resourceQuota } from "./policy/quota.ts";
import { fields, type Rule } from "./rule/rule.ts";
import {
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttributesClass,
} from "./storage/classes.ts";
import { persistentVolumeClaim } from "./volume/claim.ts";
import { persistentVolume, volumeAttachment } from "./storage/persistent-volume.ts";
import { cronJob } from "./workload/cron-job.ts";
import { daemonSet } from "./workload/daemon-set.ts";
import { deployment, replicaSet, replicationController } from "./workload/deployment.ts";
import { job } from "./workload/job.ts";
import { statefulSet } from "./workload/stateful-set.ts";

/** What the API server asks of a kind. */
export interface Kind {
  readonly rule: Rule;
  readonly name: NameRule;
  readonly metadata: Rule;
  readonly isNamespaced: boolean;
}

const none: Rule = () => {};
const namespaced = (rule: Rule = none, name: NameRule = bySubdomain): Kind => ({
  rule,
  name,
  metadata: ownMetadata,
  isNamespaced: true,
});
const clusterWide = (rule: Rule = none, name: NameRule = bySubdomain): Kind => ({
  ...namespaced(rule, name),
  isNamespaced: false,
});

/** A kind whose finalizers need no domain. */
const lax = (kind: Kind): Kind => ({ ...kind, metadata: foreignMetadata });

/** The stable versions of Kubernetes' own kinds. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    "v1/ConfigMap": namespaced(configMap),
    "v1/Endpoints": namespaced(endpoints),
    "v1/Event": lax(namespaced(coreEvent, bySegment)),
    "v1/LimitRange": namespaced(limitRange, bySubdomainIfAny),
    "v1/Namespace": clusterWide(namespace, byLabel),
    "v1/Node": clusterWide(node),
    "v1/PersistentVolume": clusterWide(persistentVolume),
    "v1/PersistentVolumeClaim": namespaced(persistentVolumeClaim),
    "v1/Pod": namespaced(pod),
    "v1/PodTemplate": namespaced(fields({ template: podTemplate }, "template")),
    "v1/ReplicationController": namespaced(replicationController),
    "v1/ResourceQuota": namespaced(resourceQuota),
    "v1/Secret": namespaced(secret),
    "v1/Service": namespaced(service, byService),
    "v1/ServiceAccount": namespaced(),
    "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": lax(clusterWide(mutatingWebhooks)),
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": lax(clusterWide(admissionPolicy)),
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": lax(
      clusterWide(admissionPolicyBinding),
    ),
    "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": lax(clusterWide(validatingWebhooks)),
    "apiextensions.k8s.io/v1/CustomResourceDefinition": lax(clusterWide(customResourceDefinition)),
    "apiregistration.k8s.io/v1/APIService": lax(clusterWide(apiService, bySegment)),
    "apps/v1/ControllerRevision": namespaced(controllerRevision),
    "apps/v1/DaemonSet": namespaced(daemonSet),
    "apps/v1/Deployment": namespaced(deployment),
    "apps/v1/ReplicaSet": namespaced(replicaSet),
    "apps/v1/StatefulSet": namespaced(statefulSet, byLabel),
    "autoscaling/v1/HorizontalPodAutoscaler": namespaced(autoscalerV1),
    "autoscaling/v2/HorizontalPodAutoscaler": namespaced(autoscaler),
    "batch/v1/CronJob": namespaced(cronJob, byCronJob),
    "batch/v1/Job": namespaced(job),
    "certificates.k8s.io/v1/CertificateSigningRequest": clusterWide(certificateRequest, bySegment),
    "coordination.k8s.io/v1/Lease": lax(namespaced(lease)),
    "discovery.k8s.io/v1/EndpointSlice": namespaced(endpointSlice),
    "events.k8s.io/v1/Event": namespaced(event),
    "flowcontrol.apiserver.k8s.io/v1/FlowSchema": clusterWide(flowSchema),
    "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration": clusterWide(priorityLevel),
    "networking.k8s.io/v1/IPAddress": clusterWide(ipAddress, byAddress),
    "networking.k8s.io/v1/Ingress": namespaced(ingress),
    "networking.k8s.io/v1/IngressClass": clusterWide(ingressClass),
    "networking.k8s.io/v1/NetworkPolicy": namespaced(networkPolicy),
    "networking.k8s.io/v1/ServiceCIDR": clusterWide(serviceCidr),
    "node.k8s.io/v1/RuntimeClass": lax(clusterWide(runtimeClass)),
    "policy/v1/PodDisruptionBudget": lax(namespaced(disruptionBudget, bySegment)),
    "rbac.authorization.k8s.io/v1/ClusterRole": clusterWide(clusterRole, bySegment),
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding": clusterWide(clusterRoleBinding, bySegment),
    "rbac.authorization.k8s.io/v1/Role": namespaced(role, bySegment),
    "rbac.authorization.k8s.io/v1/RoleBinding": namespaced(roleBinding, bySegment),
    "resource.k8s.io/v1/DeviceClass": clusterWide(deviceClass),
    "resource.k8s.io/v1/ResourceClaim": namespaced(resourceClaim),
    "resource.k8s.io/v1/ResourceClaimTemplate": namespaced(resourceClaimTemplate),
    "resource.k8s.io/v1/ResourceSlice": clusterWide(resourceSlice),
    "scheduling.k8s.io/v1/PriorityClass": clusterWide(priorityClass),
    "storage.k8s.io/v1/CSIDriver": clusterWide(csiDriver),
    "storage.k8s.io/v1/CSINode": clusterWide(csiNode),
    "storage.k8s.io/v1/CSIStorageCapacity": namespaced(csiStorageCapacity),
    "storage.k8s.io/v1/StorageClass": clusterWide(storageClass),
    "storage.k8s.io/v1/VolumeAttachment": clusterWide(volumeAttachment),
    "storage.k8s.io/v1/VolumeAttributesClass": clusterWide(volumeAttributesClass),
  }),
);

/** What the API server asks of a kind; undefined for one that is not Kubernetes' own, or not in a stable version. */
export const kindOf = (apiVersion: string, kind: string): Kind | undefined =>
  kinds.get(`${apiVersion}/${kind}`);
