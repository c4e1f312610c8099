import { at, elementPlaces, hasFields, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { requireField, type Look } from "../rule/rule.ts";

/*
 * The rules of a schema, but for what their expressions mean, which the API server alone compiles.
 *
 * Source: ValidateCustomResourceDefinitionOpenAPISchema in k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation.
 */

/** Looks at the rules of a schema. */
export function celRules(schema: RulePlace, isRoot: boolean, look: Look): void {
  for (const rule of elementPlaces(at(schema, "x-kubernetes-validations"))) {
    if (!hasFields(rule.value)) continue;
    requireField(rule, "rule", look);
    itsTexts(rule, look);
    const path = textAt(rule.value, "fieldPath");
    if (path && !pathLeadsToField(schema.value, path, isRoot))
      look.report(
        at(rule, "fieldPath"),
        "path-malformed",
        "is no path of fields that the schema has",
        `write it as ".name" or "['name']", from the schema that has the rule`,
      );
  }
}

/** Whether a text has several lines. */
const isLong = (text: string | undefined): boolean => /[\r\n]/.test(text?.trim() ?? "");

function itsTexts(rule: RulePlace, { report }: Look): void {
  for (const name of ["message", "messageExpression"]) {
    const text = textAt(rule.value, name);
    if (text && text.trim() === "")
      report(at(rule, name), "text-malformed", `${name} is blank`, "state it, or take it out");
  }
  const message = textAt(rule.value, "message") ?? "";
  if (isLong(message))
    report(at(rule, "message"), "text-malformed", "the message has line breaks", "write it in one line");
  if (message === "" && isLong(textAt(rule.value, "rule")))
    report(at(rule, "message"), "field-missing", "a rule of several lines has no message", "state message");
  const expressions = ["rule", "messageExpression"].map((name) => textAt(rule.value, name) ?? "");
  if (
    typeof valueAt(rule.value, "optionalOldSelf") === "boolean" &&
    !expressions.some((text) => /\boldSelf\b/.test(text))
  )
    report(
      at(rule, "optionalOldSelf"),
      "schema-shape",
      "the rule does not read oldSelf",
      "take it out, or read oldSelf",
    );
  if (textAt(rule.value, "reason") === "")
    report(at(rule, "reason"), "text-malformed", "reason is empty", "state one, or take it out");
}

const fieldPathStep = /\.([^.[\]'\s]+)|\['((?:[^'\\]|\\.)*)'\]/y;

/** What every object has, whatever its schema says of it. */
const identityFields = new Set(["apiVersion", "kind", "metadata"]);

/** Whether a path leads from a schema to a field, or to an entry of a map. */
function pathLeadsToField(schema: unknown, path: string, isRoot: boolean): boolean {
  let found = schema;
  for (let next = 0; next < path.length; next = fieldPathStep.lastIndex) {
    fieldPathStep.lastIndex = next;
    const match = fieldPathStep.exec(path);
    if (match === null) return false;
    const name = match[1] ?? match[2] ?? "";
    const inner = valueAt(valueAt(found, "properties"), name) ?? valueAt(found, "additionalProperties");
    const isWhole = (isRoot && next === 0) || valueAt(found, "x-kubernetes-embedded-resource") === true;
    if (!hasFields(inner)) return isWhole && identityFields.has(name);
    found = inner;
  }
  return true;
}
