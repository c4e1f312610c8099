import { plainText } from "../../objects/text.ts";
import { at, hasFields, isSet, listAt, textAt, valueAt, type ValueFields } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { isEmptySelector, labelSelector } from "./labels.ts";
import { labelsIn, labelsOf } from "./object-metadata.ts";

/*
 * Whether a workload selects the pods that it makes.
 *
 * Source: ValidateDeploymentSpec and its like in k8s.io/kubernetes/pkg/apis/apps/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector
 */

const selectorFix = "use the same labels in the selector and in the template";

/** A selector that selects something. */
const selectsSomething: Rule = (place, { report }) => {
  const selector = at(place, "selector");
  if (hasFields(selector.value) && isEmptySelector(selector.value))
    report(selector, "selector-empty", "the selector is empty, and would select every pod", selectorFix);
};

/** A spec with a template whose pods its selector selects. */
export const selectsOwnPods: Rule = (place, { report }) => {
  const { value } = place;
  const selector = at(place, "selector");
  if (!hasFields(selector.value)) return;
  const missed = missedBy(selector.value, labelsIn(valueAt(valueAt(value, "template"), "metadata")));
  if (missed !== undefined) report(selector, "selector-misses-template", missed, selectorFix);
};

/** What the labels of the template lack; undefined where the selector selects them. */
function missedBy(selector: unknown, labels: ValueFields): string | undefined {
  return failedPair(valueAt(selector, "matchLabels"), labels) ?? failedExpression(selector, labels);
}

function failedPair(pairs: unknown, labels: ValueFields): string | undefined {
  for (const [name, wanted] of Object.entries(labelsOf(pairs))) {
    const found = valueAt(labels, name);
    // A label that is left out is none, whatever value is wanted.
    if (found === wanted && found !== undefined) continue;
    const got = found === undefined ? "has no such label" : `has ${quoted(found)}`;
    return `the selector wants the label ${quoted(name)} to be ${quoted(wanted)}, and the template ${got}`;
  }
  return undefined;
}

function failedExpression(selector: unknown, labels: ValueFields): string | undefined {
  for (const expression of listAt(selector, "matchExpressions")) {
    const [key = "", operator] = [textAt(expression, "key"), textAt(expression, "operator")];
    const found = valueAt(labels, key);
    const isAmong =
      found !== undefined && listAt(expression, "values").some((each) => (each ?? "") === found);
    const holds =
      (operator === "In" && isAmong) ||
      (operator === "NotIn" && !isAmong) ||
      (operator === "Exists" && found !== undefined) ||
      (operator === "DoesNotExist" && found === undefined);
    // Of another operator, something else is said.
    if (!holds && ["In", "NotIn", "Exists", "DoesNotExist"].includes(operator ?? ""))
      return `the selector wants of the label ${quoted(key)}: ${plainText(operator)}, which does not hold of the template`;
  }
  return undefined;
}

/** As `selectsOwnPods`, of a selector that is a map of labels and is that of the template where there is none. */
export const selectsOwnPodsByMap: Rule = (place, { report }) => {
  const { value } = place;
  const labels = labelsIn(valueAt(valueAt(value, "template"), "metadata"));
  const selector = at(place, "selector");
  const isStated = hasFields(selector.value) && Object.keys(selector.value).length > 0;
  if (!isStated && Object.keys(labels).length === 0)
    report(
      selector,
      "selector-empty",
      "there is no selector, and the template has no labels to make one of",
      selectorFix,
    );
  const missed = failedPair(selector.value, labels);
  if (missed !== undefined) report(selector, "selector-misses-template", missed, selectorFix);
};

/** A selector of labels that has to be there. */
export const ownSelector: Rule = all(
  fields({ selector: labelSelector }, "selector"),
  selectsSomething,
  selectsOwnPods,
);

/** Pods of a workload restart always, and have no deadline. */
export const staysUp: Rule = (place, { report }) => {
  const spec = at(at(place, "template"), "spec");
  const policy = textAt(spec.value, "restartPolicy");
  if (policy === "OnFailure" || policy === "Never")
    report(
      at(spec, "restartPolicy"),
      "restart-policy",
      `pods of such a workload are always restarted, and restartPolicy is ${policy}`,
      "write Always, or take it out",
    );
};

/** The pods of a workload that stays have no deadline. */
export const hasNoDeadline: Rule = (place, { report }) => {
  const spec = at(at(place, "template"), "spec");
  if (isSet(spec.value, "activeDeadlineSeconds"))
    report(
      at(spec, "activeDeadlineSeconds"),
      "deadline-forbidden",
      "pods of such a workload have no deadline",
      "take it out",
    );
};
