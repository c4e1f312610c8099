import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, fields, requireField, since, type Rule } from "../rule/rule.ts";
import { atMostOne, exactlyOne } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { nodeSelector } from "../pod/scheduling.ts";
import { isSubdomain, isSubdomainOrEmpty } from "../value/names.ts";
import { positiveQuantity } from "../value/quantity.ts";
import { oneOfOrEmpty } from "../value/text.ts";
import { accessModes, volumeMode } from "../volume/claim.ts";
import { persistentSources } from "../volume/persistent-source.ts";
import { driverName } from "../volume/volume-source.ts";

/*
 * PersistentVolumes and the claims of them.
 *
 * Source: ValidatePersistentVolumeSpec in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */

const capacity: Rule = (place, { report }) => {
  if (!hasFields(place.value)) return;
  for (const name of Object.keys(place.value))
    if (name !== "storage")
      report(at(place, name), "resource-unknown", `a volume has no ${quoted(name)}`, "state storage alone");
};

const consistentVolume: Rule = (place, look) => {
  const { value } = place;
  if (hasFields(valueAt(value, "local"))) requireField(place, "nodeAffinity", look);
  const path = textAt(valueAt(value, "hostPath"), "path") ?? "";
  if (/^\/[/.]*$/.test(path) && textAt(value, "persistentVolumeReclaimPolicy") === "Recycle")
    look.report(
      at(place, "persistentVolumeReclaimPolicy"),
      "volume-recycled",
      "the whole filesystem of the node would be emptied",
      "write Retain",
    );
  if (look.minor >= 34 && valueAt(value, "volumeAttributesClassName") !== undefined) {
    requireField(place, "volumeAttributesClassName", look);
    if (!hasFields(valueAt(value, "csi")))
      look.report(
        at(place, "volumeAttributesClassName"),
        "volume-attributes",
        "attributes are those of a CSI volume",
        "take it out",
      );
  }
};

const { flexVolume: _flexVolume, ...others } = persistentSources;
const [one, oneAtMost] = [
  exactlyOne("where its content comes from", Object.keys(others)),
  atMostOne("where its content comes from", Object.keys(others)),
];
/** Sources that the API server asks for after FlexVolume, which it counts without asking. */
const afterFlex = [
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "scaleIO",
  "local",
  "storageos",
  "csi",
];

const oneVolumeSource: Rule = (place, look) => {
  if (valueAt(place.value, "flexVolume") === undefined) return one(place, look);
  oneAtMost(place, look);
  for (const name of afterFlex)
    if (valueAt(place.value, name) !== undefined)
      look.report(at(place, name), "union-stated-twice", "there is flexVolume already", "take one out");
};

export const persistentVolume: Rule = fields(
  {
    spec: all(
      fields(
        {
          ...persistentSources,
          accessModes,
          capacity: all(fields({ storage: positiveQuantity }, "storage"), capacity),
          persistentVolumeReclaimPolicy: oneOfOrEmpty("Delete", "Recycle", "Retain"),
          nodeAffinity: fields({ required: nodeSelector }, "required"),
          storageClassName: isSubdomainOrEmpty,
          volumeMode,
          volumeAttributesClassName: since(34, isSubdomainOrEmpty),
        },
        "accessModes",
        "capacity",
      ),
      oneVolumeSource,
      consistentVolume,
    ),
  },
  "spec",
);

/** A volume that is attached without a PersistentVolume: one of CSI. */
const inlineVolume: Rule = all(
  fields({ ...persistentSources, accessModes }, "accessModes", "csi"),
  (place, { report }) => {
    for (const name of ["claimRef", "capacity", "nodeAffinity", "storageClassName"])
      if (isSet(place.value, name))
        report(
          at(place, name),
          "volume-inline",
          `${name} is not for volumes that are attached alone`,
          "take it out",
        );
  },
);

export const volumeAttachment: Rule = fields(
  {
    spec: fields(
      {
        source: all(
          exactlyOne("what is attached", ["persistentVolumeName", "inlineVolumeSpec"]),
          fields({ persistentVolumeName: isSubdomain, inlineVolumeSpec: inlineVolume }),
        ),
        attacher: driverName,
        nodeName: isSubdomain,
      },
      "attacher",
      "source",
      "nodeName",
    ),
  },
  "spec",
);
