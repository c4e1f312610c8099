import { at, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, lazily, requireField, since, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { isLabelOrEmpty, isSubdomainOrEmpty } from "../value/names.ts";
import { positiveQuantity } from "../value/quantity.ts";
import { oneOf } from "../value/text.ts";

/*
 * Claims of storage.
 *
 * Source: ValidatePersistentVolumeClaimSpec in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */

const modes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/** The ways in which a volume can be mounted. */
export const accessModes: Rule = lazily(() =>
  all(eachOf(oneOf(modes)), (place, { report }) => {
    const { value } = place;
    if (
      Array.isArray(value) &&
      value.includes("ReadWriteOncePod") &&
      value.some((mode) => mode !== "ReadWriteOncePod")
    )
      report(place, "access-modes-conflict", "ReadWriteOncePod goes with no other mode", "leave it alone");
  }),
);

export const volumeMode: Rule = oneOf(["Block", "Filesystem"]);

/** What a claim is filled from; without a group it is another claim. */
const claimSource: Rule = lazily(() =>
  all(
    fields({ apiGroup: isSubdomainOrEmpty, namespace: isLabelOrEmpty }, "kind", "name"),
    (place, { report }) => {
      const kind = textAt(place.value, "kind") ?? "";
      if (!isSet(place.value, "apiGroup") && kind !== "PersistentVolumeClaim")
        report(
          at(place, "kind"),
          "data-source-kind",
          `${quoted(kind)} is not a kind of the core group that a claim is filled from`,
          "state apiGroup, or name a PersistentVolumeClaim",
        );
    },
  ),
);

/** What is named in the way that came first counts if it is a claim or a snapshot; otherwise the API server leaves it out. */
const isOldSource = (value: unknown): boolean =>
  isSet(value, "apiGroup")
    ? textAt(value, "apiGroup") === "snapshot.storage.k8s.io" && textAt(value, "kind") === "VolumeSnapshot"
    : textAt(value, "kind") === "PersistentVolumeClaim";

const oldSource: Rule = (place, look) => {
  const hasNew = valueAt(place.above?.value, "dataSourceRef") !== undefined;
  if (hasNew || isOldSource(place.value)) claimSource(place, look);
};

/** Two ways to name one source have to say the same. */
const oneSource: Rule = (place, { report }) => {
  const { value } = place;
  const [old, ref] = [valueAt(value, "dataSource"), valueAt(value, "dataSourceRef")];
  if (!hasFields(old) || !hasFields(ref)) return;
  const isForeign = isSet(ref, "namespace");
  const isSame = ["apiGroup", "kind", "name"].every((name) => valueAt(old, name) === valueAt(ref, name));
  if (isForeign || !isSame)
    report(
      at(place, "dataSource"),
      "data-source-conflict",
      "dataSource and dataSourceRef differ",
      "take dataSource out",
    );
};

const asksForStorage: Rule = (place, look) => {
  requireField(at(at(place, "resources"), "requests"), "storage", look);
};

const specFrom = (dataSource: Rule): Rule =>
  all(
    fields(
      {
        accessModes,
        selector: labelSelector,
        storageClassName: isSubdomainOrEmpty,
        volumeMode,
        volumeAttributesClassName: since(34, isSubdomainOrEmpty),
        dataSource,
        dataSourceRef: claimSource,
        resources: fields({ requests: fields({ storage: positiveQuantity }) }),
      },
      "accessModes",
    ),
    asksForStorage,
    oneSource,
  );

/** The spec of what makes a claim. */
export const claimSpec: Rule = lazily(() => specFrom(claimSource));

/** A claim itself. */
export const persistentVolumeClaim: Rule = fields({ spec: specFrom(oldSource) }, "spec");
