import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, fields, lazily, requireField, requires, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dnsSubdomain, isLabel, isLabelOrEmpty } from "../value/names.ts";
import { between } from "../value/numbers.ts";
import { absolutePath, descendingPath, withoutBacksteps } from "../value/paths.ts";
import { hasForm, oneOf, textThat } from "../value/text.ts";

/*
 * The sources that volumes of pods and PersistentVolumes have in common.
 *
 * Source: ValidatePersistentVolumeSpec, validateVolumeSource and what they call in
 * k8s.io/kubernetes/pkg/apis/core/validation, and https://kubernetes.io/docs/concepts/storage/volumes/
 */

/** The name of a driver of CSI. */
export const driverName: Rule = textThat(
  (text) => text.length <= 63 && hasForm(dnsSubdomain, text.toLowerCase()),
  "text-malformed",
  "is not a name of a CSI driver",
  "write a DNS subdomain of 63 characters at most",
);

const partition = between(0, 255);

const isInitiator = (text: string): boolean =>
  text.startsWith("iqn")
    ? /iqn\.\d{4}-\d{2}\.[a-zA-Z0-9\-.]+:[^,;*&$|\s]+$/.test(text)
    : /^(?:eui.[a-zA-Z0-9]{16}|naa.[a-zA-Z0-9]{32})$/.test(text);
const initiator: Rule = textThat(
  isInitiator,
  "text-malformed",
  "is not a name of iSCSI",
  'write it as "iqn.2001-04.com.example:storage", or with eui or naa',
);

/** Whoever authenticates names a Secret. */
const authenticates: Rule = (place, look) => {
  const { value } = place;
  if (valueAt(value, "chapAuthDiscovery") === true || valueAt(value, "chapAuthSession") === true)
    requireField(place, "secretRef", look);
};

const fibre: Rule = (place, look) => {
  const { value } = place;
  const [byTarget, byId] = [isSet(value, "targetWWNs"), isSet(value, "wwids")];
  if (byTarget && byId)
    look.report(
      at(place, "wwids"),
      "union-stated-twice",
      "targetWWNs and wwids are both there",
      "take one out",
    );
  else if (!byTarget && !byId)
    look.report(place, "union-missing", "neither targetWWNs nor wwids is there", "state one of them");
  if (byTarget) requireField(place, "lun", look);
  if (byTarget) fields({ lun: between(0, 255) })(place, look);
};

/** Options are named by who defines them, who is not Kubernetes. */
const foreignOptions: Rule = (place, { report }) => {
  const options = valueAt(place.value, "options");
  if (!hasFields(options)) return;
  for (const key of Object.keys(options)) {
    const [namespace = ""] = key.split("/");
    if (/\.(?:kubernetes|k8s)\.io$/.test(`.${namespace.toLowerCase()}`))
      report(
        at(at(place, "options"), key),
        "option-reserved",
        `${quoted(key)} is reserved for Kubernetes`,
        "rename it",
      );
  }
};

const flocker: Rule = (place, { report }) => {
  const { value } = place;
  const [byName, byId] = [isSet(value, "datasetName"), isSet(value, "datasetUUID")];
  if (byName === byId)
    report(
      place,
      byName ? "union-stated-twice" : "union-missing",
      "a dataset has one name or one UUID",
      "state one of datasetName and datasetUUID",
    );
  if (textAt(value, "datasetName")?.includes("/") === true)
    report(at(place, "datasetName"), "text-malformed", "the name has a slash", "take it out");
};

const quobyte: Rule = (place, look) => {
  const { value } = place;
  const registry = textAt(value, "registry") ?? "";
  if (registry === "") return;
  if ((textAt(value, "tenant") ?? "").length >= 65)
    look.report(
      at(place, "tenant"),
      "text-too-long",
      "the tenant is longer than 64 characters",
      "shorten it",
    );
  else if (!registry.split(",").every((pair) => /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair)))
    look.report(
      at(place, "registry"),
      "text-malformed",
      `${quoted(registry)} names no hosts and ports`,
      'write "host:port"',
    );
};

const azureUri: Rule = (place, { report }) => {
  const kind = textAt(place.value, "kind") ?? "Shared";
  const uri = textAt(place.value, "diskURI") ?? "";
  const start = kind === "Managed" ? "/subscriptions/" : "https://";
  if (!uri.startsWith(start))
    report(
      at(place, "diskURI"),
      "text-malformed",
      `${quoted(uri)} does not fit a disk of kind ${kind}`,
      `begin it with ${start}`,
    );
};

/** What both have, by field: each is made when a volume has it. */
export const sharedSources: Readonly<Record<string, Rule>> = {
  hostPath: lazily(() =>
    fields(
      {
        path: withoutBacksteps,
        type: oneOf([
          "",
          "DirectoryOrCreate",
          "Directory",
          "FileOrCreate",
          "File",
          "Socket",
          "CharDevice",
          "BlockDevice",
        ]),
      },
      "path",
    ),
  ),
  gcePersistentDisk: lazily(() => fields({ partition }, "pdName")),
  awsElasticBlockStore: lazily(() => fields({ partition }, "volumeID")),
  nfs: lazily(() => fields({ path: absolutePath }, "server", "path")),
  iscsi: lazily(() =>
    all(
      fields({ iqn: initiator, lun: between(0, 255), initiatorName: initiator }, "targetPortal", "iqn"),
      authenticates,
    ),
  ),
  glusterfs: lazily(() => fields({ endpointsNamespace: isLabel }, "endpoints", "path")),
  rbd: lazily(() => requires("monitors", "image")),
  cephfs: lazily(() => requires("monitors")),
  flocker,
  fc: fibre,
  quobyte: lazily(() => all(requires("registry", "volume"), quobyte)),
  flexVolume: lazily(() => all(requires("driver"), foreignOptions)),
  azureFile: lazily(() => requires("secretName", "shareName")),
  azureDisk: lazily(() =>
    all(
      fields(
        {
          cachingMode: oneOf(["None", "ReadOnly", "ReadWrite"]),
          kind: oneOf(["Shared", "Dedicated", "Managed"]),
        },
        "diskName",
        "diskURI",
      ),
      azureUri,
    ),
  ),
  vsphereVolume: lazily(() => requires("volumePath")),
  photonPersistentDisk: lazily(() => requires("pdID")),
  portworxVolume: lazily(() => requires("volumeID")),
  scaleIO: lazily(() => requires("gateway", "system", "volumeName")),
  storageos: lazily(() => fields({ volumeName: isLabel, volumeNamespace: isLabelOrEmpty }, "volumeName")),
};

export const gitRepo: Rule = fields({ directory: descendingPath }, "repository");
