import { certificateRequest } from "../access/certificate-request.ts";
import { clusterTrustBundle } from "../access/trust-bundle.ts";
import { deviceClass, resourceClaim, resourceClaimTemplate } from "../device/claim.ts";
import { resourceSlice } from "../device/slice.ts";
import { deviceTaintRule } from "../device/taint-rule.ts";
import { byContent, bySegment, bySubdomainIfAny } from "../metadata/name.ts";
import { leaseRule, node, runtimeClass } from "../object/cluster.ts";
import { coreEvent, event } from "../object/event.ts";
import { storageMigration } from "../object/storage-migration.ts";
import { autoscaler, autoscalerV1 } from "../policy/autoscaler.ts";
import { flowSchema, priorityLevel } from "../policy/flow-schema.ts";
import { limitRange } from "../policy/limit-range.ts";
import { priorityClass } from "../policy/priority.ts";
import { resourceQuota } from "../policy/quota.ts";
import {
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttributesClass,
} from "../storage/classes.ts";
import { persistentVolume, volumeAttachment } from "../storage/persistent-volume.ts";
import { clusterWide, lax, namespaced, type Kinds } from "./kind.ts";

/** What few environments declare. */
export const rare: Kinds = {
  "v1/Event": lax(namespaced(coreEvent, bySegment)),
  "v1/LimitRange": namespaced(limitRange, bySubdomainIfAny),
  "v1/Node": clusterWide(node),
  "v1/PersistentVolume": clusterWide(persistentVolume),
  "v1/ResourceQuota": namespaced(resourceQuota),
  "autoscaling/v1/HorizontalPodAutoscaler": namespaced(autoscalerV1),
  "autoscaling/v2/HorizontalPodAutoscaler": namespaced(autoscaler),
  "certificates.k8s.io/v1/CertificateSigningRequest": clusterWide(certificateRequest, bySegment),
  "certificates.k8s.io/v1/ClusterTrustBundle": clusterWide(clusterTrustBundle, byContent),
  "coordination.k8s.io/v1/Lease": lax(namespaced(leaseRule)),
  "events.k8s.io/v1/Event": namespaced(event),
  "flowcontrol.apiserver.k8s.io/v1/FlowSchema": clusterWide(flowSchema),
  "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration": clusterWide(priorityLevel),
  "node.k8s.io/v1/RuntimeClass": lax(clusterWide(runtimeClass)),
  "resource.k8s.io/v1/DeviceClass": clusterWide(deviceClass),
  "resource.k8s.io/v1/DeviceTaintRule": clusterWide(deviceTaintRule),
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
  "storagemigration.k8s.io/v1/StorageVersionMigration": clusterWide(storageMigration),
};
