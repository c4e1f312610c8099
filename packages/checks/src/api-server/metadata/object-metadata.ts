import { hasFields, textAt, valueAt, at, type ValueFields } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, type Rule } from "../rule/rule.ts";
import { isQualified, qualifiedName } from "../value/names.ts";
import { textThat } from "../value/text.ts";
import { labelMap } from "./labels.ts";
import { annotationSize } from "./size.ts";

/*
 * What the metadata of every object has to be.
 *
 * Source: ValidateObjectMeta in k8s.io/apimachinery/pkg/api/validation, and
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */

/** The key of an annotation may be written in upper case; its value is any text. */
const annotationKey: Rule = textThat(
  (text) => isQualified(text.toLowerCase()),
  "text-malformed",
  "is not a key of an annotation",
  "write letters, digits and inner hyphens, underscores and dots of 63 at most, with or without a DNS subdomain and a slash before",
);
export const annotations: Rule = all(mapOf(annotationKey), annotationSize);

const standardFinalizers = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

/** The name of a finalizer: with a domain, or one of those that Kubernetes has without. */
const finalizer: Rule = all(
  qualifiedName,
  textThat(
    (text) => text.includes("/") || standardFinalizers.has(text) || !isQualified(text),
    "finalizer-unknown",
    "is not a finalizer that Kubernetes has",
    'write your own with its domain, as "example.com/name"',
  ),
);

const owner: Rule = (place, look) => {
  const group = (textAt(place.value, "apiVersion") ?? "").split("/");
  if (group.length > 2)
    look.report(
      at(place, "apiVersion"),
      "text-malformed",
      "apiVersion has two slashes",
      "write group/version",
    );
  if (textAt(place.value, "apiVersion") === "v1" && textAt(place.value, "kind") === "Event")
    look.report(place, "owner-forbidden", "an Event can own nothing", "name another owner");
  ownerFields(place, look);
};
const ownerFields = fields({}, "apiVersion", "kind", "name", "uid");

const oneController: Rule = (place, { report }) => {
  const { value } = place;
  if (!Array.isArray(value)) return;
  const controllers = value.flatMap((each: unknown, step) =>
    valueAt(each, "controller") === true ? [step] : [],
  );
  const [, second] = controllers;
  if (second !== undefined)
    report(
      { value: value[second], above: place, step: second },
      "owner-controller-repeated",
      "two owners are the controller",
      "leave one",
    );
};

/** A finalizer that says what becomes of dependents contradicts the other one. */
const oneDeletionPolicy: Rule = (place, { report }) => {
  const { value } = place;
  if (Array.isArray(value) && value.includes("orphan") && value.includes("foregroundDeletion"))
    report(place, "finalizer-conflict", "orphan and foregroundDeletion are both there", "leave one");
};

const metadataFields = {
  labels: labelMap,
  annotations,
  ownerReferences: all(eachOf(owner), oneController),
};

/** The metadata of an object of a kind of Kubernetes itself; its name and namespace are looked at by kind. */
export const ownMetadata: Rule = fields({
  ...metadataFields,
  finalizers: all(eachOf(finalizer), oneDeletionPolicy),
});

/** The metadata of an object of any other kind, whose finalizers need no domain. */
export const foreignMetadata: Rule = fields({
  ...metadataFields,
  finalizers: all(eachOf(qualifiedName), oneDeletionPolicy),
});

/** The metadata of a template: it has labels and annotations, and names nothing. */
export const templateMetadata: Rule = fields({ labels: labelMap, annotations });

/** What is made of a template has no name of the template's own, nor anything else by which it would be another object. */
export const withoutIdentity: Rule = (place, { report }) => {
  for (const name of identityNames)
    if ((valueAt(place.value, name) ?? "") !== "")
      report(
        at(place, name),
        "template-metadata-forbidden",
        `${name} cannot be set in a template`,
        "take it out",
      );
};
const identityNames = [
  "name",
  "generateName",
  "namespace",
  "finalizers",
  "ownerReferences",
  "uid",
  "resourceVersion",
];

/** The labels in some metadata. */
export const labelsIn = (metadata: unknown): ValueFields => labelsOf(valueAt(metadata, "labels"));

/** A map of labels as the API server reads it, to which a null is a label with an empty value. */
export const labelsOf = (map: unknown): ValueFields =>
  hasFields(map) ? Object.fromEntries(Object.keys(map).map((name) => [name, map[name] ?? ""])) : {};
