/**
 * The fields that the OpenAPI documents require and an API server does without: one that is not stated is set, or counts as
 * 0, false or an empty text, as in all that Go reads; or it is looked at in some kinds alone.
 *
 * Source: API servers, which were sent objects without each of them; a test asks one again.
 */
export const notDemanded: ReadonlySet<string> = new Set(
  [
    "apiextensions.v1.CustomResourceDefinitionVersion.served apiextensions.v1.CustomResourceDefinitionVersion.storage",
    "batch.v1.PodFailurePolicy.rules core.v1.Event.involvedObject core.v1.GlusterfsVolumeSource.endpoints",
    "core.v1.GlusterfsVolumeSource.path core.v1.HTTPHeader.value core.v1.ISCSIPersistentVolumeSource.lun",
    "core.v1.ISCSIVolumeSource.lun core.v1.LimitRangeSpec.limits core.v1.PreferredSchedulingTerm.preference",
    "core.v1.SleepAction.seconds core.v1.Sysctl.value core.v1.Volume.name discovery.v1.ForZone.name",
    "meta.v1.GroupResource.group meta.v1.LabelSelectorRequirement.key meta.v1.LabelSelectorRequirement.operator resource.v1.DeviceCapacity.value",
    "resource.v1.ResourcePool.generation storage.v1.CSIDriver.spec storage.v1.CSINode.spec storage.v1.CSINodeSpec.drivers",
    "storage.v1.TokenRequest.audience",
  ].flatMap((line) => line.split(" ")),
);
