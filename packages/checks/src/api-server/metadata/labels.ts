import { hasFields, type RulePlace } from "../rule/place.ts";
import { mapOf, all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { isLabelValue, qualifiedName } from "../value/names.ts";
import { oneOf } from "../value/text.ts";
import { at, isSet, listAt, textAt } from "../rule/place.ts";

/*
 * Labels, and the selectors of them.
 *
 * Source: ValidateLabels and ValidateLabelSelector in k8s.io/apimachinery/pkg/apis/meta/v1/validation, and
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */

/** A map of labels, or what selects by one. */
export const labelMap: Rule = mapOf(qualifiedName, isLabelValue);

/** An operator with the values that it needs, or without those that it does not take. */
export const operatorValues =
  (withValues: readonly string[], without: readonly string[]): Rule =>
  (place, { report }) => {
    const operator = textAt(place.value, "operator") ?? "";
    const count = listAt(place.value, "values").length;
    if (withValues.includes(operator) && count === 0)
      report(at(place, "values"), "selector-values", `${operator} has no values`, "state values");
    if (without.includes(operator) && count > 0)
      report(at(place, "values"), "selector-values", `${operator} takes no values`, "take them out");
  };

const labelRequirement: Rule = all(
  fields(
    {
      key: qualifiedName,
      operator: oneOf(["In", "NotIn", "Exists", "DoesNotExist"]),
      values: eachOf(isLabelValue),
    },
    "key",
    "operator",
  ),
  operatorValues(["In", "NotIn"], ["Exists", "DoesNotExist"]),
);

/** A selector with `matchLabels` and `matchExpressions`. */
export const labelSelector: Rule = fields({
  matchLabels: labelMap,
  matchExpressions: eachOf(labelRequirement),
});

/** Whether a selector asks for nothing, and so selects everything. */
export const isEmptySelector = (selector: unknown): boolean =>
  !isSet(selector, "matchExpressions") &&
  !hasEntries(at({ value: selector, above: undefined, step: "" }, "matchLabels"));

const hasEntries = ({ value }: RulePlace): boolean => hasFields(value) && Object.keys(value).length > 0;
