import { at, elementPlaces, hasFields, isSet, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { dns1035Label, dnsSubdomain } from "../value/names.ts";
import { formed, hasForm, oneOf, textThat } from "../value/text.ts";
import { structural } from "./crd-schema.ts";
import { reviewVersions, webhookClient } from "./webhook-client.ts";

/*
 * CustomResourceDefinitions, but for what the expressions of their schemas mean.
 *
 * Source: ValidateCustomResourceDefinition in k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation, and
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */

const crdLabel = formed(dns1035Label);
const kind: Rule = textThat(
  (text) => hasForm(dns1035Label, text.toLowerCase()),
  "text-malformed",
  "is not a name of a kind",
  'write it as "CronTab"',
);

const crdNames: Rule = all(
  fields(
    {
      plural: crdLabel,
      singular: (place, look) => {
        // Empty, it is the kind in small letters.
        if (place.value !== "") crdLabel(place, look);
      },
      kind,
      listKind: kind,
      shortNames: eachOf(crdLabel),
      categories: eachOf(crdLabel),
    },
    "plural",
    "kind",
  ),
  (place, { report }) => {
    const name = textAt(place.value, "kind");
    if (name !== undefined && name === textAt(place.value, "listKind"))
      report(at(place, "listKind"), "crd-names", "kind and listKind are the same", `write ${name}List`);
  },
);

const crdGroup: Rule = textThat(
  (text) => hasForm(dnsSubdomain, text) && text.includes("."),
  "text-malformed",
  "is not a group of an API",
  'write a domain, as "example.com"',
);

/** A path of fields, as ".spec.replicas". */
const jsonPath = (under: readonly string[]): Rule =>
  textThat(
    (text) => text.startsWith(".") && (under.length === 0 || under.some((start) => text.startsWith(start))),
    "path-malformed",
    "is no such path of fields",
    under.length === 0 ? 'begin it with a dot, as ".spec.size"' : `begin it with ${under.join(" or ")}`,
  );

const printerColumn: Rule = fields(
  {
    type: oneOf(["integer", "number", "string", "boolean", "date"]),
    format: oneOf(["int32", "int64", "float", "double", "byte", "date", "date-time", "password"], true),
    jsonPath: jsonPath([]),
  },
  "name",
  "type",
  "jsonPath",
);

const scale: Rule = fields(
  {
    specReplicasPath: jsonPath([".spec."]),
    statusReplicasPath: jsonPath([".status."]),
    labelSelectorPath: (place, look) => {
      if (place.value !== "") jsonPath([".spec.", ".status."])(place, look);
    },
  },
  "specReplicasPath",
  "statusReplicasPath",
);

const warning: Rule = (place, { report }) => {
  const text = valueAt(place.value, "deprecationWarning");
  const inPlace = at(place, "deprecationWarning");
  if (text === undefined) return;
  if (valueAt(place.value, "deprecated") !== true)
    report(
      inPlace,
      "crd-deprecation",
      "the version is not deprecated",
      "set deprecated: true, or take it out",
    );
  if (
    typeof text === "string" &&
    (text.length === 0 ||
      new TextEncoder().encode(text).length > 256 ||
      /[^\P{C}]|[\u2028\u2029]/u.test(text))
  )
    report(inPlace, "text-malformed", "the warning is not printable text of 256 bytes at most", "correct it");
};

/** What the schema of a version with a status has at its root. */
const atRoot = new Set(
  "description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields x-kubernetes-validations".split(
    " ",
  ),
);

const schema: Rule = (place, look) => {
  const inPlace = at(at(place, "schema"), "openAPIV3Schema");
  if (!hasFields(inPlace.value)) {
    look.report(inPlace, "field-missing", "the version has no schema", "state schema.openAPIV3Schema");
    return;
  }
  structural(inPlace, "root", false, look);
  const hasStatus = valueAt(valueAt(place.value, "subresources"), "status") !== undefined;
  for (const name of hasStatus ? Object.keys(inPlace.value) : [])
    if (!atRoot.has(name) && isSet(inPlace.value, name))
      look.report(
        at(inPlace, name),
        "schema-shape",
        `${name} does not stand at the root of a schema with a status`,
        "take it out",
      );
};

/** A field by which objects can be listed: a plain one of the schema. */
const selectable: Rule = (place, look) => {
  const seen = new Set<string>();
  const root = valueAt(valueAt(place.value, "schema"), "openAPIV3Schema");
  const list = elementPlaces(at(place, "selectableFields"));
  if (list.length > 8)
    look.report(at(place, "selectableFields"), "list-too-long", "8 fields is the most", "take some out");
  for (const inList of list) {
    const path = textAt(inList.value, "jsonPath") ?? "";
    requireField(inList, "jsonPath", look);
    let found: unknown = root;
    for (const step of path.slice(1).split("."))
      found = valueAt(valueAt(found, "properties"), step) ?? valueAt(found, "additionalProperties");
    const isPlain = ["string", "boolean", "integer"].includes(textAt(found, "type") ?? "");
    if (path !== "" && (!path.startsWith(".") || /^\.metadata(?:\.|$)/.test(path) || !isPlain))
      look.report(
        at(inList, "jsonPath"),
        "crd-selectable-field",
        `${quoted(path)} is not a plain field of the schema`,
        "name a text, a whole number or a boolean",
      );
    if (seen.has(path))
      look.report(
        at(inList, "jsonPath"),
        "list-key-repeated",
        `${quoted(path)} is there twice`,
        "take one out",
      );
    seen.add(path);
  }
};

const crdVersion: Rule = all(
  fields(
    { name: crdLabel, additionalPrinterColumns: eachOf(printerColumn), subresources: fields({ scale }) },
    "name",
  ),
  warning,
  schema,
  selectable,
);

const storage = (versions: RulePlace, { report }: Look): void => {
  const stored = elementPlaces(versions).filter(({ value }) => valueAt(value, "storage") === true);
  const [, second] = stored;
  if (stored.length === 0)
    report(
      versions,
      "crd-storage-version",
      "no version is the one that is stored",
      "set storage: true in one of them",
    );
  if (second !== undefined)
    report(
      at(second, "storage"),
      "crd-storage-version",
      "another version is stored already",
      "set storage: false in all but one",
    );
};

const conversion: Rule = all(fields({ strategy: oneOf(["None", "Webhook"]) }, "strategy"), (place, look) => {
  const webhook = at(place, "webhook");
  if (textAt(place.value, "strategy") === "Webhook") {
    requireField(place, "webhook", look);
    if (!hasFields(webhook.value)) return;
    fields(
      { clientConfig: webhookClient, conversionReviewVersions: reviewVersions },
      "clientConfig",
      "conversionReviewVersions",
    )(webhook, look);
  } else if (["clientConfig", "conversionReviewVersions"].some((name) => isSet(webhook.value, name)))
    look.report(webhook, "strategy-conflict", "a webhook goes with the strategy Webhook", "take it out");
});

const crdSpec: Rule = all(
  fields(
    {
      group: crdGroup,
      scope: oneOf(["Cluster", "Namespaced"]),
      names: crdNames,
      versions: all(
        eachOf(crdVersion),
        unique("crd-version-repeated", (each) => textAt(each, "name"), "the version"),
      ),
      conversion,
    },
    "group",
    "scope",
    "names",
    "versions",
  ),
  (place, look) => {
    storage(at(place, "versions"), look);
    if (valueAt(place.value, "preserveUnknownFields") === true)
      look.report(
        at(place, "preserveUnknownFields"),
        "schema-shape",
        "preserveUnknownFields is of the API before v1",
        "write x-kubernetes-preserve-unknown-fields: true in the schema",
      );
  },
);

const approval = "api-approved.kubernetes.io";

/** The groups of Kubernetes itself are for what its community approved. */
const approved: Rule = (place, { report }) => {
  const name = textAt(valueAt(place.value, "spec"), "group") ?? "";
  const isProtected = /(?:^|\.)(?:k8s|kubernetes)\.io$/.test(name);
  const text = textAt(valueAt(valueAt(place.value, "metadata"), "annotations"), approval) ?? "";
  if (isProtected && !(text.startsWith("unapproved") || (URL.canParse(text) && new URL(text).host !== "")))
    report(
      at(at(at(place, "metadata"), "annotations"), approval),
      "crd-group-protected",
      `${quoted(name)} is a group of Kubernetes itself`,
      "choose a domain of your own",
    );
};

const ownName: Rule = (place, { report }) => {
  const inner = valueAt(place.value, "spec");
  const name = textAt(valueAt(place.value, "metadata"), "name");
  const wanted = `${textAt(valueAt(inner, "names"), "plural") ?? ""}.${textAt(inner, "group") ?? ""}`;
  if (name !== undefined && name !== wanted)
    report(
      at(at(place, "metadata"), "name"),
      "name-of-content",
      `${quoted(name)} is not spec.names.plural and spec.group`,
      `rename the object to ${quoted(wanted)}`,
    );
};

export const customResourceDefinition: Rule = all(fields({ spec: crdSpec }, "spec"), ownName, approved);
