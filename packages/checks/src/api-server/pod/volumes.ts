import { at, hasFields, listAt, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, fields, lazily, requires, since, type Look, type Rule } from "../rule/rule.ts";
import { atMostOne, exactlyOne, unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { isSignerName } from "../access/signer.ts";
import { labelSelector } from "../metadata/labels.ts";
import { templateMetadata, withoutIdentity } from "../metadata/object-metadata.ts";
import { claimSpec } from "../volume/claim.ts";
import { driverName, gitRepo, sharedSources } from "../volume/volume-source.ts";
import { isLabel, isSubdomain } from "../value/names.ts";
import { between, fileMode } from "../value/numbers.ts";
import { localPath } from "../value/paths.ts";
import { quantity } from "../value/quantity.ts";
import { oneOfOrEmpty } from "../value/text.ts";
import { downwardContent } from "./environment.ts";

/*
 * Volumes of pods.
 *
 * Source: ValidateVolumes and what it calls in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/volumes/
 */

const keyToPath: Rule = fields({ path: localPath, mode: fileMode }, "key", "path");
const projectedFiles = eachOf(all(fields({ path: localPath, mode: fileMode }, "path"), downwardContent));

/** A bundle of certificates, by its own name or by that of who has signed it. */
const trustBundle: Rule = lazily(() =>
  all(
    exactlyOne("which bundle it is", ["name", "signerName"]),
    fields({ path: localPath, signerName: isSignerName, labelSelector }, "path"),
    (place, { report }) => {
      const { value } = place;
      if (valueAt(value, "name") !== undefined && hasFields(valueAt(value, "labelSelector")))
        report(
          at(place, "labelSelector"),
          "union-stated-twice",
          "the bundle has a name already",
          "take one out",
        );
    },
  ),
);

/** Bundles of certificates are off by default up to 1.36, and then left out. */
const projections: Readonly<Record<string, Rule>> = {
  secret: lazily(() => fields({ items: eachOf(keyToPath) }, "name")),
  configMap: lazily(() => fields({ items: eachOf(keyToPath) }, "name")),
  downwardAPI: lazily(() => fields({ items: projectedFiles })),
  serviceAccountToken: lazily(() =>
    fields({ expirationSeconds: between(600, 4_294_967_296), path: localPath }, "path"),
  ),
  clusterTrustBundle: since(37, trustBundle),
};

/** All files of a projected volume lie in one folder. */
const distinctPaths: Rule = (place, { report }) => {
  const seen = new Set<string>();
  const look = (file: RulePlace): void => {
    const path = textAt(file.value, "path");
    if (path === undefined || path === "") return;
    if (seen.has(path))
      report(at(file, "path"), "path-repeated", `another file has the path ${quoted(path)}`, "rename one");
    seen.add(path);
  };
  for (const [step, source] of listAt(place.value, "sources").entries()) {
    if (!hasFields(source)) continue;
    const inList: RulePlace = { value: source, above: at(place, "sources"), step };
    for (const kind of Object.keys(source)) {
      const projection = at(inList, kind);
      const items = listAt(projection.value, "items");
      for (const [index, value] of items.entries())
        look({ value, above: at(projection, "items"), step: index });
    }
  }
};

const projectedSource: Rule = all(fields(projections), (place, { minor, report }) => {
  const { value } = place;
  if (!hasFields(value)) return;
  const isKnown = (name: string): boolean =>
    name in projections && (name !== "clusterTrustBundle" || minor >= 37);
  const [, second] = Object.keys(value).filter((name) => isKnown(name) && value[name] !== null);
  if (second !== undefined)
    report(at(place, second), "union-stated-twice", "a source is of one sort", "make a source of each");
});

const volumeSources: Readonly<Record<string, Rule>> = {
  ...sharedSources,
  emptyDir: fields({ sizeLimit: quantity }),
  gitRepo,
  secret: fields({ defaultMode: fileMode, items: eachOf(keyToPath) }, "secretName"),
  configMap: fields({ defaultMode: fileMode, items: eachOf(keyToPath) }, "name"),
  downwardAPI: lazily(() => fields({ defaultMode: fileMode, items: projectedFiles })),
  projected: lazily(() =>
    all(fields({ defaultMode: fileMode, sources: eachOf(projectedSource) }), distinctPaths),
  ),
  persistentVolumeClaim: requires("claimName"),
  cinder: lazily(() => all(requires("volumeID"), fields({ secretRef: requires("name") }))),
  storageos: lazily(() => all(sharedSources["storageos"] ?? all(), fields({ secretRef: requires("name") }))),
  csi: lazily(() =>
    fields({ driver: driverName, nodePublishSecretRef: fields({ name: isSubdomain }, "name") }, "driver"),
  ),
  ephemeral: lazily(() =>
    fields(
      {
        volumeClaimTemplate: fields(
          { metadata: all(templateMetadata, withoutIdentity), spec: claimSpec },
          "spec",
        ),
      },
      "volumeClaimTemplate",
    ),
  ),
  // Off by default up to 1.34, and then left out.
  image: lazily(() =>
    all(
      since(35, fields({ pullPolicy: oneOfOrEmpty("Always", "IfNotPresent", "Never") })),
      since(37, requires("reference")),
    ),
  ),
};
const sourceNames = Object.keys(volumeSources);

/** A volume without a source is an empty folder, as the API server fills it in. */
const volume: Rule = all(
  fields({ name: isLabel, ...volumeSources }, "name"),
  atMostOne("where its content comes from", sourceNames),
);

/** Images as volumes are off by default up to 1.34, and such volumes then left out. */
const isVolumeLeftOut = (given: unknown, minor: number): boolean =>
  minor < 35 && hasFields(valueAt(given, "image"));

const distinctVolumes = unique("volume-name-repeated", (given) => textAt(given, "name"), "the volume");

/** The volumes of a pod. */
export const volumes: Rule = (place, look) => {
  const { value } = place;
  if (!Array.isArray(value)) return;
  for (const [step, given] of value.entries())
    if (!isVolumeLeftOut(given, look.minor)) volume({ value: given, above: place, step }, look);
  distinctVolumes(
    { ...place, value: value.map((given) => (isVolumeLeftOut(given, look.minor) ? {} : given)) },
    look,
  );
};

/** The volumes of a pod by their names. */
export function volumesByName(spec: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    listAt(spec, "volumes").flatMap((given) => {
      const name = textAt(given, "name");
      return name === undefined ? [] : [[name, given] as const];
    }),
  );
}

/** A claim that is made for a pod is of no other volume of it. Its name is that of the pod and of the volume. */
export function madeClaims(place: RulePlace, podName: string, { report }: Look): void {
  const list = listAt(place.value, "volumes");
  const made = new Set(
    list.flatMap((given) =>
      valueAt(given, "ephemeral") === undefined ? [] : [`${podName}-${textAt(given, "name") ?? ""}`],
    ),
  );
  if (made.size === 0) return;
  for (const [step, value] of list.entries()) {
    const claim = textAt(valueAt(value, "persistentVolumeClaim"), "claimName") ?? "";
    const inList: RulePlace = { value, above: at(place, "volumes"), step };
    if (made.has(claim))
      report(
        at(at(inList, "persistentVolumeClaim"), "claimName"),
        "claim-of-ephemeral-volume",
        `${quoted(claim)} is made for an ephemeral volume of the pod`,
        "name another claim",
      );
  }
}
