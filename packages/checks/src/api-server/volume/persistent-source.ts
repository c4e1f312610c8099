import { all, fields, requires, type Rule } from "../rule/rule.ts";
import { isLabel, isSubdomain } from "../value/names.ts";
import { withoutBacksteps } from "../value/paths.ts";
import { textThat } from "../value/text.ts";
import { driverName, sharedSources } from "./volume-source.ts";

/*
 * The sources of PersistentVolumes.
 *
 * Source: ValidatePersistentVolumeSpec and what it calls in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */

/** A Secret with the namespace that it lies in. */
const secretIn: Rule = fields({ name: isSubdomain, namespace: isLabel }, "name", "namespace");
const secretRefWithNamespace = fields({ secretRef: requires("name", "namespace") });

/** The sources of PersistentVolumes, by field. */
export const persistentSources: Readonly<Record<string, Rule>> = {
  ...sharedSources,
  cinder: all(requires("volumeID"), secretRefWithNamespace),
  iscsi: all(sharedSources["iscsi"] ?? all(), fields({ secretRef: requires("name") })),
  azureFile: fields(
    {
      secretNamespace: textThat((text) => text !== "", "field-missing", "names no namespace", "take it out"),
    },
    "secretName",
    "shareName",
  ),
  local: fields({ path: withoutBacksteps }, "path"),
  csi: fields(
    {
      driver: driverName,
      controllerPublishSecretRef: secretIn,
      controllerExpandSecretRef: secretIn,
      nodePublishSecretRef: secretIn,
      nodeExpandSecretRef: secretIn,
    },
    "driver",
    "volumeHandle",
  ),
};
