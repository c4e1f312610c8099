import { plainText } from "../../objects/text.ts";
import { at, elementPlaces, hasFields, listAt, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import type { Look } from "../rule/rule.ts";
import { meantWord, quoted } from "../rule/wording.ts";
import { fitsSchema } from "./crd-default.ts";
import { isPattern } from "./crd-pattern.ts";
import { celRules } from "./crd-rule.ts";

/*
 * The schema of a CustomResourceDefinition, which has to be structural.
 *
 * Source: ValidateStructural in k8s.io/apiextensions-apiserver/pkg/apiserver/schema,
 * ValidateCustomResourceDefinitionOpenAPISchema in pkg/apis/apiextensions/validation, and
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */

type SchemaLevel = "root" | "item" | "field";

const schemaTypes = ["string", "number", "integer", "boolean", "array", "object"];
const unsupportedKeywords = [
  "$schema",
  "id",
  "additionalItems",
  "patternProperties",
  "definitions",
  "dependencies",
  "$ref",
];
/** Those whose being empty is not as good as their being left out. */
const pointers = new Set(["additionalItems", "dependencies", "$ref"]);
const schemaBranches = ["allOf", "anyOf", "oneOf"];
const preserve = "x-kubernetes-preserve-unknown-fields";
const intOrString = "x-kubernetes-int-or-string";
const embedded = "x-kubernetes-embedded-resource";

/** Looks at a schema and at all within it, but for what its expressions mean. */
export function structural(place: RulePlace, level: SchemaLevel, isInMetadata: boolean, look: Look): void {
  const { value } = place;
  if (!hasFields(value)) return;
  schemaType(place, level, look);
  schemaShape(place, level, look);
  listSchema(place, look);
  celRules(place, level === "root", look);
  if (value[preserve] === false)
    look.report(at(place, preserve), "schema-shape", `${preserve} is false`, "write true, or take it out");
  if (valueAt(value, "default") !== undefined) itsDefault(place, isInMetadata, look);
  for (const branch of schemaBranches) {
    // That a value is a number or a text is said in branches, too.
    if (isIntOrString(value, branch)) continue;
    for (const each of elementPlaces(at(place, branch))) nested(each, look);
  }
  nested(at(place, "not"), look);
  if (level === "root") for (const each of branchesOf(place)) declaredOutside(each, value, look);
  metadataIsGiven(place, level, look);
  for (const [name, inner] of propertiesOf(place))
    structural(inner, "field", isInMetadata || (level === "root" && metaFields.has(name)), look);
  structural(at(place, "items"), "item", isInMetadata, look);
  structural(at(place, "additionalProperties"), "field", isInMetadata, withoutDefaults(look));
}

/** Servers do not look at the defaults below the values of a map. */
const withoutDefaults = (look: Look): Look => ({
  ...look,
  report: (place, code, what, fix) => {
    if (code !== "schema-default") look.report(place, code, what, fix);
  },
});

const metaFields = new Set(["metadata", "kind", "apiVersion"]);

function propertiesOf(place: RulePlace): readonly (readonly [name: string, inner: RulePlace])[] {
  const properties = at(place, "properties");
  if (!hasFields(properties.value)) return [];
  return Object.keys(properties.value).map((name) => [name, at(properties, name)]);
}

function schemaType(place: RulePlace, level: SchemaLevel, { report }: Look): void {
  const { value } = place;
  const name = textAt(value, "type") ?? "";
  const inPlace = at(place, "type");
  if (name === "") {
    const isAny = valueAt(value, intOrString) === true || valueAt(value, preserve) === true;
    if (!isAny || valueAt(value, embedded) === true)
      report(inPlace, "schema-type", "the schema has no type", `state one of: ${schemaTypes.join(", ")}`);
  } else if (!schemaTypes.includes(name)) {
    const near = meantWord(name, schemaTypes);
    report(
      inPlace,
      "schema-type",
      `${quoted(name)} is not a type of a schema`,
      near ? `did you mean ${quoted(near)}?` : `write one of: ${schemaTypes.join(", ")}`,
    );
  } else if (level === "root" && name !== "object")
    report(
      inPlace,
      "schema-type",
      `the schema of a kind is one of an object, not of ${quoted(name)}`,
      "write object",
    );
  if (name !== "" && name !== "object" && valueAt(value, embedded) === true)
    report(inPlace, "schema-type", "an embedded object is an object", "write object");
}

function schemaShape(place: RulePlace, level: SchemaLevel, { report }: Look): void {
  const { value } = place;
  const more = valueAt(value, "additionalProperties");
  const inMore = at(place, "additionalProperties");
  if (valueAt(value, "type") === "array" && !hasFields(valueAt(value, "items")))
    report(
      at(place, "items"),
      "schema-shape",
      "the schema of a list has no items",
      "state the schema of its elements",
    );
  if (more !== undefined && Object.keys(Object(valueAt(value, "properties"))).length > 0 && more !== true)
    report(inMore, "schema-shape", "additionalProperties and properties exclude each other", "take one out");
  if (more !== undefined && level === "root")
    report(inMore, "schema-shape", "the object itself has known fields alone", "take it out");
  if (valueAt(value, "uniqueItems") === true)
    report(
      at(place, "uniqueItems"),
      "schema-shape",
      "uniqueItems is too slow to check",
      "write x-kubernetes-list-type: set",
    );
  if (level === "root" && valueAt(value, "nullable") === true)
    report(at(place, "nullable"), "schema-shape", "the object itself is not null", "take it out");
  reportUnsupported(place, report);
  if (valueAt(value, intOrString) === true)
    for (const name of [preserve, embedded])
      if (valueAt(value, name) === true)
        report(at(place, name), "schema-shape", `${name} does not go with ${intOrString}`, "take one out");
  const isEmbedded = valueAt(value, embedded) === true && valueAt(value, preserve) !== true;
  if (isEmbedded && Object.keys(Object(valueAt(value, "properties"))).length === 0)
    report(
      at(place, "properties"),
      "schema-shape",
      "an embedded object has no properties",
      `state them, or ${preserve}`,
    );
  patternRule(place, report);
}

/** What no schema has, be it a branch or not. */
function reportUnsupported(place: RulePlace, report: Look["report"]): void {
  const { value } = place;
  for (const name of unsupportedKeywords)
    if (pointers.has(name) ? valueAt(value, name) !== undefined : !hasNothingInIt(valueAt(value, name)))
      report(at(place, name), "schema-shape", `${name} is not supported`, "take it out");
  if (Array.isArray(valueAt(value, "items")))
    report(at(place, "items"), "schema-shape", "items is a list of schemas", "write one schema");
}

function patternRule(place: RulePlace, report: Look["report"]): void {
  const text = textAt(place.value, "pattern");
  if (text !== undefined && !isPattern(text))
    report(
      at(place, "pattern"),
      "pattern-malformed",
      `${quoted(text)} is not a regular expression`,
      "correct it",
    );
}

function listSchema(place: RulePlace, { report }: Look): void {
  const { value } = place;
  const kind = textAt(value, "x-kubernetes-list-type");
  const inKind = at(place, "x-kubernetes-list-type");
  const keys = listAt(value, "x-kubernetes-list-map-keys").map(plainText);
  const inKeys = at(place, "x-kubernetes-list-map-keys");
  const items = at(place, "items");
  if (kind !== undefined && valueAt(value, "type") !== "array")
    report(inKind, "schema-list", "only the schema of a list has x-kubernetes-list-type", "take it out");
  if (kind !== undefined && !["atomic", "set", "map"].includes(kind))
    report(inKind, "schema-list", `${quoted(kind)} is not a type of lists`, "write atomic, set or map");
  if (kind === "map" && keys.length === 0)
    report(
      inKeys,
      "schema-list",
      "a list that is a map has no keys",
      "state the fields of its elements that tell them apart",
    );
  if (kind !== "map" && keys.length > 0)
    report(inKeys, "schema-list", "keys are for lists of the type map", "write x-kubernetes-list-type: map");
  if (kind === "map") mapKeys(items, keys, inKeys, report);
  if ((kind === "map" || kind === "set") && valueAt(items.value, "nullable") === true)
    report(at(items, "nullable"), "schema-list", `elements of a ${kind} are not null`, "take it out");
  if (kind === "set") setItems(items, report);
  const map = textAt(value, "x-kubernetes-map-type");
  if (map !== undefined && (valueAt(value, "type") !== "object" || !["atomic", "granular"].includes(map)))
    report(
      at(place, "x-kubernetes-map-type"),
      "schema-list",
      `${quoted(map)} is not a type of such a schema`,
      "write atomic or granular, in the schema of an object",
    );
}

function mapKeys(items: RulePlace, keys: readonly string[], inKeys: RulePlace, report: Look["report"]): void {
  if (valueAt(items.value, "type") !== "object") {
    if (hasFields(items.value))
      report(at(items, "type"), "schema-list", "the elements of a map are no objects", "write object");
    return;
  }
  const required = listAt(items.value, "required");
  for (const [step, key] of keys.entries()) {
    const inList: RulePlace = { value: key, above: inKeys, step };
    const property = valueAt(valueAt(items.value, "properties"), key);
    if (keys.indexOf(key) < step)
      report(inList, "schema-list", `${quoted(key)} is there twice`, "take one out");
    if (!hasFields(property))
      report(
        inList,
        "schema-list",
        `the elements have no field ${quoted(key)}`,
        "add it to their properties",
      );
    else if (["array", "object"].includes(textAt(property, "type") ?? ""))
      report(inList, "schema-list", `${quoted(key)} is not a plain value`, "choose another field");
    else if (!required.includes(key) && valueAt(property, "default") === undefined)
      report(
        inList,
        "schema-list",
        `${quoted(key)} is neither required nor has a default`,
        "add it to required",
      );
    else if (valueAt(property, "nullable") === true)
      report(inList, "schema-list", `${quoted(key)} may be null`, "take nullable out");
  }
}

function setItems(items: RulePlace, report: Look["report"]): void {
  const itemType = valueAt(items.value, "type");
  const isAtomic =
    itemType === "object"
      ? valueAt(items.value, "x-kubernetes-map-type") === "atomic"
      : itemType !== "array" || (valueAt(items.value, "x-kubernetes-list-type") ?? "atomic") === "atomic";
  if (hasFields(items.value) && !isAtomic)
    report(
      items,
      "schema-list",
      "the elements of a set are atomic",
      "say so by x-kubernetes-map-type or x-kubernetes-list-type",
    );
}

function itsDefault(place: RulePlace, isInMetadata: boolean, { report }: Look): void {
  const inPlace = at(place, "default");
  const isRoot = place.step === "openAPIV3Schema";
  if (isRoot && !["apiVersion", "kind"].every((name) => textAt(inPlace.value, name)))
    report(
      inPlace,
      "schema-default",
      "the default of a whole object says no apiVersion and kind",
      "take it out",
    );
  if (isInMetadata) report(inPlace, "schema-default", "metadata has no defaults", "take it out");
  const wrong = fitsSchema(
    inPlace.value,
    isRoot ? { ...Object(place.value), [embedded]: true } : place.value,
  );
  if (wrong !== undefined)
    report(
      inPlace,
      "schema-default",
      `the default does not fit its schema: ${wrong}`,
      "correct one of the two",
    );
}

/** Within branches, values are described, and their structure is not. */
const structure = [
  "type",
  "additionalProperties",
  "default",
  "title",
  "description",
  "nullable",
  preserve,
  embedded,
  intOrString,
  "x-kubernetes-list-map-keys",
  "x-kubernetes-list-type",
  "x-kubernetes-map-type",
  "x-kubernetes-validations",
];

function nested(place: RulePlace, look: Look): void {
  const { value } = place;
  if (!hasFields(value)) return;
  for (const name of structure)
    if (statedWhenEmpty.has(name) ? (value[name] ?? null) !== null : !hasNothingInIt(value[name]))
      look.report(
        at(place, name),
        "schema-not-structural",
        `${name} stands within allOf, anyOf, oneOf or not`,
        "state it outside of them",
      );
  if (value["uniqueItems"] === true)
    look.report(at(place, "uniqueItems"), "schema-shape", "uniqueItems is too slow to check", "take it out");
  reportUnsupported(place, look.report);
  patternRule(place, look.report);
  for (const branch of schemaBranches)
    for (const each of elementPlaces(at(place, branch))) nested(each, look);
  nested(at(place, "not"), look);
  nested(at(place, "items"), look);
  for (const [name, inner] of propertiesOf(place)) {
    if (name === "metadata")
      look.report(inner, "schema-not-structural", "metadata stands within a branch", "take it out");
    nested(inner, look);
  }
}

/** The schemas within allOf, anyOf, oneOf and not. */
const branchesOf = (place: RulePlace): readonly RulePlace[] => [
  ...schemaBranches.flatMap((name) => elementPlaces(at(place, name))),
  at(place, "not"),
];

/** The branches of the object itself name no field of their own; of those of its fields, servers do not look at it. */
function declaredOutside(branch: RulePlace, outside: unknown, look: Look): void {
  if (!hasFields(branch.value)) return;
  for (const [name, inner] of propertiesOf(branch)) {
    const fields = valueAt(outside, "properties");
    const declared = hasFields(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (declared === undefined)
      look.report(
        inner,
        "schema-not-structural",
        `${quoted(name)} is not declared outside of allOf, anyOf, oneOf and not`,
        "declare its type outside",
      );
    else declaredOutside(inner, declared, look);
  }
  declaredOutside(at(branch, "items"), valueAt(outside, "items"), look);
  for (const each of branchesOf(branch)) declaredOutside(each, outside, look);
}

/** What an empty value says something by. */
const statedWhenEmpty = new Set(["default", "x-kubernetes-list-type", "x-kubernetes-map-type"]);

/** Whether a value is what Go takes for its being left out. */
const isLeftOut = (value: unknown): boolean => value === undefined || value === false || value === "";
/** Whether a value is that, or has nothing in it. */
const hasNothingInIt = (value: unknown): boolean =>
  isLeftOut(value) || (typeof value === "object" && Object.keys(Object(value)).length === 0);

/** Whether a schema says the type of its value, and nothing else. */
const says = (schema: unknown, typeName: string): boolean =>
  hasFields(schema) &&
  schema["type"] === typeName &&
  Object.keys(schema).every(
    (name) =>
      asGoodAsLeftOut.has(name) ||
      isLeftOut(schema[name]) ||
      (emptiable.has(name) && hasNothingInIt(schema[name])),
  );
const asGoodAsLeftOut = new Set(["type", "externalDocs"]);
const emptiable = new Set([...schemaBranches, "patternProperties", "definitions"]);

/** The branches by which a schema says that a value is a number or a text. */
function isIntOrString(schema: unknown, branch: string): boolean {
  const list =
    branch === "allOf"
      ? listAt(listAt(schema, "allOf")[0], "anyOf")
      : branch === "anyOf"
        ? listAt(schema, "anyOf")
        : [];
  return list.length === 2 && says(list[0], "integer") && says(list[1], "string");
}

/** The metadata of an object is what Kubernetes says; a schema may narrow its name. */
function metadataIsGiven(place: RulePlace, level: SchemaLevel, { report }: Look): void {
  const { value } = place;
  if (level !== "root" && valueAt(value, embedded) !== true) return;
  for (const name of ["apiVersion", "kind"]) {
    const property = at(at(place, "properties"), name);
    if (hasFields(property.value) && valueAt(property.value, "type") !== "string")
      report(at(property, "type"), "schema-metadata", `${name} is a text`, "write string");
  }
  const metadata = at(at(place, "properties"), "metadata");
  if (!hasFields(metadata.value)) return;
  if (valueAt(metadata.value, "type") !== "object")
    report(at(metadata, "type"), "schema-metadata", "metadata is an object", "write object");
  const others = Object.keys(metadata.value).filter(
    (name) => !["type", "properties", "description"].includes(name),
  );
  const inner = Object.keys(Object(valueAt(metadata.value, "properties"))).filter(
    (name) => name !== "name" && name !== "generateName",
  );
  if (level === "root" && (others.length > 0 || inner.length > 0))
    report(
      metadata,
      "schema-metadata",
      "only name and generateName of metadata can be narrowed",
      "take the rest out",
    );
}
