import { plainText } from "../../objects/text.ts";
import { at, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, lazily, requireField, since, type Rule } from "../rule/rule.ts";
import { exactlyOne } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { quantityOf, readQuantity } from "../value/quantity.ts";
import { isQualified, strictVariableName, variableName } from "../value/names.ts";
import { formed, formedOrEmpty, oneOf } from "../value/text.ts";
import { namedObject, keySelector } from "./references.ts";

/*
 * Environment variables, and what else takes values of the pod.
 *
 * Source: ValidateEnv, ValidateEnvFrom, validateObjectFieldSelector and validateContainerResourceFieldSelector in
 * k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */

const [relaxed, strict] = [formed(variableName), formed(strictVariableName)];
const [relaxedPrefix, strictPrefix] = [formedOrEmpty(variableName), formedOrEmpty(strictVariableName)];
/** Other characters than those of an identifier are allowed by default from 1.32 on. */
const nameOfVariable: Rule = (place, look) => (look.minor < 32 ? strict : relaxed)(place, look);
const variablePrefix: Rule = (place, look) => (look.minor < 32 ? strictPrefix : relaxedPrefix)(place, look);

const variableFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const fileFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.labels",
  "metadata.annotations",
  "metadata.uid",
];

const subscript = /^(.*)\['(.*)'\]$/s;

/** A field of the pod by its path; one of a label or annotation is named in brackets. */
const downwardField =
  (known: readonly string[]): Rule =>
  (place, look) => {
    const { value } = place;
    if (typeof value !== "string" || value === "") return;
    const [, map, key = ""] = subscript.exec(value) ?? [];
    if (map === undefined) oneOf(known)(place, look);
    else if (map !== "metadata.labels" && map !== "metadata.annotations")
      look.report(place, "field-path-unknown", `${quoted(map)} has no keys`, "name a label or an annotation");
    else if (!isQualified(map === "metadata.annotations" ? key.toLowerCase() : key))
      look.report(place, "field-path-unknown", `${quoted(key)} is not a key of ${map}`, "correct the key");
  };

const fieldRefOf = (known: readonly string[]): Rule =>
  fields({ apiVersion: oneOf(["v1"], true), fieldPath: downwardField(known) }, "fieldPath");

const divisibleResources = ["limits", "requests"].flatMap((list) =>
  ["cpu", "memory", "ephemeral-storage"].map((resource) => `${list}.${resource}`),
);
const ofContainerResource = oneOf(divisibleResources);
const containerResourceField: Rule = (place, look) => {
  if (!/^(?:limits|requests)\.hugepages-/.test(plainText(place.value))) ofContainerResource(place, look);
};

const quantityUnits = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
const quantitySet = (texts: readonly string[]): ReadonlySet<bigint | undefined> =>
  new Set(texts.map(quantityOf));
const divisorsOf = (isCpu: boolean): ReadonlySet<bigint | undefined> =>
  quantitySet(isCpu ? ["0", "1", "1m"] : ["0", ...quantityUnits]);

/** The divisor has to be one of a few. */
const divisor: Rule = (place, { report }) => {
  const [of, by] = [textAt(place.value, "resource"), valueAt(place.value, "divisor")];
  const amount = quantityOf(by);
  if (of === undefined || amount === undefined) return;
  const isCpu = of.endsWith(".cpu");
  if (!isCpu && !ofKnown.has(of) && !/\.hugepages-/.test(of)) return;
  if (divisorsOf(isCpu).has(amount)) return;
  const known = isCpu ? "1 and 1m" : quantityUnits.join(", ");
  report(
    at(place, "divisor"),
    "divisor-unknown",
    `${quoted(by)} does not divide ${of}`,
    `known are ${known}`,
  );
};
const ofKnown = new Set(divisibleResources);

const resourceFieldRef: Rule = lazily(() =>
  all(fields({ resource: containerResourceField, divisor: readQuantity }, "resource"), divisor),
);
const resourceFieldRefOfVolume: Rule = (place, look) => {
  if (isSet(place.value, "containerName")) resourceFieldRef(place, look);
  else requireField(place, "containerName", look);
};

const fileKeyRef: Rule = lazily(() => fields({ key: nameOfVariable }, "key", "volumeName", "path"));

const valueSources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef"];
const [oneSource, oneSourceOrFile] = [
  exactlyOne("where a value comes from", valueSources),
  exactlyOne("where a value comes from", [...valueSources, "fileKeyRef"]),
];
const valueFrom: Rule = lazily(() =>
  all(
    // Values in files are off by default up to 1.34, and then left out.
    (place, look) => (look.minor < 35 ? oneSource : oneSourceOrFile)(place, look),
    fields({
      fieldRef: fieldRefOf(variableFields),
      resourceFieldRef,
      configMapKeyRef: keySelector,
      secretKeyRef: keySelector,
      fileKeyRef: since(35, fileKeyRef),
    }),
  ),
);

const oneValue: Rule = (place, { report }) => {
  if (isSet(place.value, "value") && valueAt(place.value, "valueFrom") !== undefined)
    report(at(place, "valueFrom"), "union-stated-twice", "there is a value already", "take one out");
};

/** The environment variables of a container. */
export const environmentVariables: Rule = eachOf(
  all(fields({ name: nameOfVariable, valueFrom }, "name"), oneValue),
);

/** What environment variables are read from as a whole. */
export const environmentFrom: Rule = lazily(() =>
  eachOf(
    all(
      exactlyOne("where variables come from", ["configMapRef", "secretRef"]),
      fields({ prefix: variablePrefix, configMapRef: namedObject, secretRef: namedObject }),
    ),
  ),
);

const fileSources: Rule = lazily(() =>
  all(
    exactlyOne("what stands in the file", ["fieldRef", "resourceFieldRef"]),
    fields({ fieldRef: fieldRefOf(fileFields), resourceFieldRef: resourceFieldRefOfVolume }),
  ),
);

/** What stands in a file of a volume of the downward API. */
export const downwardContent: Rule = fileSources;
