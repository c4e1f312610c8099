import { at, isSet, listAt, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, fields, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { meantWord, quoted } from "../rule/wording.ts";
import { descendingPath, withoutBacksteps } from "../value/paths.ts";
import { oneOf } from "../value/text.ts";

/*
 * Where containers mount the volumes of their pod.
 *
 * Source: ValidateVolumeMounts and ValidateVolumeDevices in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/volumes/
 */

const oneSubPath: Rule = (place, { report }) => {
  if (isSet(place.value, "subPath") && isSet(place.value, "subPathExpr"))
    report(at(place, "subPathExpr"), "union-stated-twice", "there is subPath already", "take one out");
};

/** What is read-only as a whole is so in the first place, and is not propagated. */
const recursivelyReadOnly: Rule = (place, { report }) => {
  const { value } = place;
  const word = textAt(value, "recursiveReadOnly");
  if (word !== "Enabled" && word !== "IfPossible") return;
  const inPlace = at(place, "recursiveReadOnly");
  if (valueAt(value, "readOnly") !== true)
    report(inPlace, "mount-not-read-only", "the mount is not read-only", "set readOnly: true");
  const propagation = valueAt(value, "mountPropagation");
  if (propagation !== undefined && propagation !== "None")
    report(inPlace, "mount-propagated", "the mount is propagated", "take mountPropagation out");
};

/** The mounts of a container, but for the volumes that they name. */
export const mounts: Rule = all(
  eachOf(
    all(
      fields(
        {
          subPath: descendingPath,
          subPathExpr: descendingPath,
          mountPropagation: oneOf(["Bidirectional", "HostToContainer", "None"]),
          recursiveReadOnly: oneOf(["Disabled", "IfPossible", "Enabled"]),
        },
        "name",
        "mountPath",
      ),
      oneSubPath,
      recursivelyReadOnly,
    ),
  ),
  unique("mount-path-repeated", (mount) => textAt(mount, "mountPath"), "the path"),
);

/** The raw devices of a container, but for the volumes that they name. */
export const rawDevices: Rule = all(
  eachOf(fields({ devicePath: withoutBacksteps }, "name", "devicePath")),
  unique("mount-path-repeated", (device) => textAt(device, "devicePath"), "the path"),
  unique("device-name-repeated", (device) => textAt(device, "name"), "the device"),
);

/** The volumes that a container names are those of its pod, and each is mounted in one way. */
export function mountsOfVolumes(
  container: RulePlace,
  volumes: ReadonlyMap<string, unknown>,
  look: Look,
): void {
  const { value } = container;
  const [mounted, raw] = [listAt(value, "volumeMounts"), listAt(value, "volumeDevices")];
  const devicePaths = new Map(raw.map((device) => [textAt(device, "name"), textAt(device, "devicePath")]));
  const rawPaths = new Set(devicePaths.values());
  for (const [step, mount] of mounted.entries()) {
    const inList: RulePlace = { value: mount, above: at(container, "volumeMounts"), step };
    volumeIsThere(inList, volumes, look);
    if (devicePaths.has(textAt(mount, "name")))
      look.report(
        at(inList, "name"),
        "mount-and-device",
        "the volume is a raw device of the container, too",
        "take one out",
      );
    if (rawPaths.has(textAt(mount, "mountPath")))
      look.report(
        at(inList, "mountPath"),
        "mount-path-repeated",
        "a raw device has the path",
        "choose another",
      );
    if (textAt(mount, "mountPropagation") === "Bidirectional" && !isPrivileged(value))
      look.report(
        at(inList, "mountPropagation"),
        "mount-propagation-unprivileged",
        "only a privileged container propagates its mounts",
        "write HostToContainer or None",
      );
  }
  for (const [step, device] of raw.entries()) {
    const inList: RulePlace = { value: device, above: at(container, "volumeDevices"), step };
    volumeIsThere(inList, volumes, look);
    const volume = volumes.get(textAt(device, "name") ?? "");
    if (volume !== undefined && !isSet(volume, "persistentVolumeClaim") && !isSet(volume, "ephemeral"))
      look.report(
        at(inList, "name"),
        "device-of-no-claim",
        "a raw device is of a claim, and the volume is of none",
        "mount it as a filesystem",
      );
  }
}

const isPrivileged = (container: unknown): boolean =>
  valueAt(valueAt(container, "securityContext"), "privileged") === true;

function volumeIsThere(mount: RulePlace, volumes: ReadonlyMap<string, unknown>, { report }: Look): void {
  const name = textAt(mount.value, "name") ?? "";
  if (name === "" || volumes.has(name)) return;
  const near = meantWord(name, [...volumes.keys()]);
  const fix = near === undefined ? "add it to the volumes of the pod" : `did you mean ${quoted(near)}?`;
  report(at(mount, "name"), "volume-missing", `the pod has no volume ${quoted(name)}`, fix);
}
