import { plainText } from "../../objects/text.ts";
import { at, hasFields, listAt, textAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, since, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { labelSelector } from "../metadata/labels.ts";
import { isQualified, isSubdomain, qualifiedName } from "../value/names.ts";
import { between, notNegative } from "../value/numbers.ts";
import { quantity, readQuantity } from "../value/quantity.ts";
import { oneOf, oneOfOrEmpty, textThat } from "../value/text.ts";
import { driverName } from "../volume/volume-source.ts";

/*
 * Classes of storage, and what drivers of CSI say of themselves.
 *
 * Source: k8s.io/kubernetes/pkg/apis/storage/validation, and https://kubernetes.io/docs/concepts/storage/storage-classes/
 */

const provisioner: Rule = textThat(
  (text) => isQualified(text.toLowerCase()),
  "text-malformed",
  "is not a name of a provisioner",
  'write it as "ebs.csi.example.com"',
);

const classParameters: Rule = all(
  mapOf(textThat((text) => text !== "", "text-malformed", "is an empty key", "name it")),
  (place, { report }) => {
    if (hasFields(place.value) && Object.keys(place.value).length > 512)
      report(place, "list-too-long", "512 parameters is the most", "take some out");
  },
);

const topologyTerm: Rule = fields(
  {
    key: qualifiedName,
    values: unique(
      "list-key-repeated",
      (value) => (typeof value === "string" ? value : undefined),
      "the value",
    ),
  },
  "key",
  "values",
);
/** A term that says nothing counts as one that is there twice. */
const term: Rule = fields(
  {
    matchLabelExpressions: all(
      eachOf(topologyTerm),
      unique("list-key-repeated", (each) => textAt(each, "key"), "the key"),
    ),
  },
  "matchLabelExpressions",
);

/** Two terms that say the same, whatever their order. */
const distinctTerms: Rule = unique(
  "list-key-repeated",
  (each) => JSON.stringify(sortedTerms(each)),
  "the term",
);
const sortedTerms = (given: unknown): unknown =>
  listAt(given, "matchLabelExpressions")
    .map((each) => [textAt(each, "key"), ...listAt(each, "values").map(plainText).toSorted()].join(" "))
    .toSorted();

export const storageClass: Rule = fields(
  {
    provisioner,
    parameters: classParameters,
    reclaimPolicy: oneOfOrEmpty("Delete", "Retain"),
    volumeBindingMode: oneOf(["Immediate", "WaitForFirstConsumer"]),
    allowedTopologies: all(eachOf(term), distinctTerms),
  },
  "provisioner",
);

export const volumeAttributesClass: Rule = all(
  fields({ driverName: provisioner, parameters: classParameters }, "driverName"),
  (place, { report }) => {
    const { value } = at(place, "parameters");
    if (!hasFields(value) || Object.keys(value).length === 0)
      report(at(place, "parameters"), "field-missing", "there are no parameters", "state one at least");
  },
);

const tokenRequests: Rule = all(
  eachOf(fields({ expirationSeconds: between(600, 4_294_967_296) })),
  unique("list-key-repeated", (each) => textAt(each, "audience") ?? "", "the audience"),
);

export const csiDriver: Rule = fields({
  spec: fields({
    fsGroupPolicy: oneOf(["ReadWriteOnceWithFSType", "File", "None"]),
    tokenRequests,
    volumeLifecycleModes: eachOf(oneOf(["Persistent", "Ephemeral"])),
    nodeAllocatableUpdatePeriodSeconds: since(35, between(10, Infinity)),
  }),
});

const nodeDriver: Rule = all(
  fields(
    {
      name: driverName,
      nodeID: textThat(
        (text) => text.length <= 256,
        "text-too-long",
        "is longer than 256 characters",
        "shorten it",
      ),
      allocatable: fields({ count: notNegative }),
      topologyKeys: all(
        eachOf(qualifiedName),
        unique("list-key-repeated", (key) => (typeof key === "string" ? key : undefined), "the key"),
      ),
    },
    "name",
    "nodeID",
  ),
);

export const csiNode: Rule = fields({
  spec: fields({
    drivers: all(
      eachOf(nodeDriver),
      unique("list-key-repeated", (each) => textAt(each, "name"), "the driver"),
    ),
  }),
});

export const csiStorageCapacity: Rule = fields(
  {
    nodeTopology: labelSelector,
    storageClassName: isSubdomain,
    capacity: quantity,
    maximumVolumeSize: readQuantity,
  },
  "storageClassName",
);
