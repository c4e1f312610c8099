import { at, hasFields, listAt, textAt, valueAt, type Place } from "../rule/place.ts";
import { all, eachOf, fields, requires, type Look, type Rule } from "../rule/rule.ts";
import { exactlyOne, forbidden, unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { templateMetadata } from "../metadata/object-metadata.ts";
import { claimSpec } from "../storage/claim.ts";
import { driverName, gitRepo, sharedSources } from "../storage/volume-source.ts";
import { isLabel, isSubdomain } from "../value/names.ts";
import { between, fileMode } from "../value/numbers.ts";
import { localPath } from "../value/paths.ts";
import { quantity } from "../value/quantity.ts";
import { oneOf, oneOfOrEmpty } from "../value/text.ts";
import { isSignerName } from "../access/signer.ts";
import { downwardContent } from "./environment.ts";

/*
 * Volumes of pods.
 *
 * Source: ValidateVolumes and what it calls in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/volumes/
 */

const keyToPath = fields({ path: localPath, mode: fileMode }, "key", "path");
const files = eachOf(all(fields({ path: localPath, mode: fileMode }, "path"), downwardContent));

/** What a claim that comes with a pod names of its metadata: nothing that would make it another object. */
const foreignMetadata = forbidden(
  "template-metadata-forbidden",
  ["name", "generateName", "namespace", "finalizers", "ownerReferences", "uid", "resourceVersion"],
  "cannot be set here",
  "take it out",
);

const trustBundle: Rule = all(
  fields({ path: localPath, labelSelector, signerName: isSignerName, name: isSubdomain }, "path"),
  exactlyOne("which bundle it is", ["name", "signerName"]),
);

const certificate: Rule = all(
  fields({
    signerName: isSignerName,
    keyType: oneOf(["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"]),
    credentialBundlePath: localPath,
    keyPath: localPath,
    certificateChainPath: localPath,
  }),
  requires("signerName", "keyType"),
);

const projections: Readonly<Record<string, Rule>> = {
  secret: fields({ items: eachOf(keyToPath) }, "name"),
  configMap: fields({ items: eachOf(keyToPath) }, "name"),
  downwardAPI: fields({ items: files }),
  serviceAccountToken: fields({ expirationSeconds: between(600, 4_294_967_296), path: localPath }, "path"),
  clusterTrustBundle: trustBundle,
  podCertificate: certificate,
};

/** All files of a projected volume lie in one folder. */
const distinctPaths: Rule = (place, { report }) => {
  const seen = new Set<string>();
  const look = (file: Place): void => {
    const path = textAt(file.value, "path");
    if (path === undefined || path === "") return;
    if (seen.has(path))
      report(at(file, "path"), "path-repeated", `another file has the path ${quoted(path)}`, "rename one");
    seen.add(path);
  };
  for (const [step, source] of listAt(place.value, "sources").entries()) {
    if (!hasFields(source)) continue;
    const inList: Place = { value: source, above: at(place, "sources"), step };
    for (const kind of Object.keys(source)) {
      const projection = at(inList, kind);
      const items = listAt(projection.value, "items");
      if (kind === "clusterTrustBundle") look(projection);
      for (const [index, value] of items.entries())
        look({ value, above: at(projection, "items"), step: index });
    }
  }
};

const projectedSource: Rule = all(fields(projections), (place, { report }) => {
  const { value } = place;
  if (!hasFields(value)) return;
  const [, second] = Object.keys(value).filter((name) => name in projections && value[name] !== null);
  if (second !== undefined)
    report(at(place, second), "union-stated-twice", "a source is of one sort", "make a source of each");
});

const sources: Readonly<Record<string, Rule>> = {
  ...sharedSources,
  emptyDir: fields({ sizeLimit: quantity }),
  gitRepo,
  secret: fields({ defaultMode: fileMode, items: eachOf(keyToPath) }, "secretName"),
  configMap: fields({ defaultMode: fileMode, items: eachOf(keyToPath) }, "name"),
  downwardAPI: fields({ defaultMode: fileMode, items: files }),
  projected: all(fields({ defaultMode: fileMode, sources: eachOf(projectedSource) }), distinctPaths),
  persistentVolumeClaim: requires("claimName"),
  cinder: all(requires("volumeID"), fields({ secretRef: requires("name") })),
  storageos: all(sharedSources["storageos"] ?? all(), fields({ secretRef: requires("name") })),
  csi: fields({ driver: driverName, nodePublishSecretRef: fields({ name: isSubdomain }, "name") }, "driver"),
  ephemeral: fields(
    {
      volumeClaimTemplate: fields(
        { metadata: all(templateMetadata, foreignMetadata), spec: claimSpec },
        "spec",
      ),
    },
    "volumeClaimTemplate",
  ),
  image: fields({ pullPolicy: oneOfOrEmpty("Always", "IfNotPresent", "Never") }),
};
const sourceNames = Object.keys(sources);
const oneSource = exactlyOne("where its content comes from", sourceNames);

/** A volume without a source is an empty folder, as the API server fills it in. */
const atMostOneSource: Rule = (place, look) => {
  const { value } = place;
  if (hasFields(value) && sourceNames.some((name) => (value[name] ?? undefined) !== undefined))
    oneSource(place, look);
};

/** The volumes of a pod. */
export const volumes: Rule = all(
  eachOf(all(fields({ name: isLabel, ...sources }, "name"), atMostOneSource)),
  unique("volume-name-repeated", (volume) => textAt(volume, "name"), "the volume"),
);

/** The volumes of a pod by their names. */
export function volumesByName(spec: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    listAt(spec, "volumes").flatMap((volume) => {
      const name = textAt(volume, "name");
      return name === undefined ? [] : [[name, volume] as const];
    }),
  );
}

/** A claim that is made for a pod is of no other volume of it. Its name is that of the pod and of the volume. */
export function madeClaims(place: Place, podName: string, { report }: Look): void {
  const list = listAt(place.value, "volumes");
  const made = new Set(
    list.flatMap((volume) =>
      valueAt(volume, "ephemeral") === undefined ? [] : [`${podName}-${textAt(volume, "name") ?? ""}`],
    ),
  );
  if (made.size === 0) return;
  for (const [step, value] of list.entries()) {
    const claim = textAt(valueAt(value, "persistentVolumeClaim"), "claimName") ?? "";
    const inList: Place = { value, above: at(place, "volumes"), step };
    if (made.has(claim))
      report(
        at(at(inList, "persistentVolumeClaim"), "claimName"),
        "claim-of-ephemeral-volume",
        `${quoted(claim)} is made for an ephemeral volume of the pod`,
        "name another claim",
      );
  }
}
