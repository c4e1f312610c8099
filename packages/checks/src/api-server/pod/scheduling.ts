import { plainText } from "../../objects/text.ts";
import { at, isSet, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, lazily, since, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector, operatorValues } from "../metadata/labels.ts";
import { dnsSubdomain, isLabel, isLabelValue, labelValue, qualifiedName } from "../value/names.ts";
import { between, positive } from "../value/numbers.ts";
import { formed, hasForm, oneOf } from "../value/text.ts";

/*
 * On which nodes pods are put.
 *
 * Source: validateAffinity, ValidateTolerations and validateTopologySpreadConstraints in
 * k8s.io/kubernetes/pkg/apis/core/validation, and https://kubernetes.io/docs/concepts/scheduling-eviction/
 */

const affinityOperators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

const oneNumber: Rule = (place, { report }) => {
  const operator = textAt(place.value, "operator") ?? "";
  if ((operator === "Gt" || operator === "Lt") && listAt(place.value, "values").length !== 1)
    report(at(place, "values"), "selector-values", `${operator} compares with one value`, "state one");
};

const nodeExpression = (values?: Rule): Rule =>
  all(
    fields(
      { key: qualifiedName, operator: oneOf(affinityOperators), ...(values && { values: eachOf(values) }) },
      "key",
      "operator",
    ),
    operatorValues(["In", "NotIn"], ["Exists", "DoesNotExist"]),
    oneNumber,
  );

const nodeField: Rule = lazily(() =>
  all(
    fields(
      {
        key: oneOf(["metadata.name"]),
        operator: oneOf(["In", "NotIn"]),
        values: eachOf(formed(dnsSubdomain)),
      },
      "key",
      "operator",
    ),
    (place, { report }) => {
      if (listAt(place.value, "values").length !== 1)
        report(at(place, "values"), "selector-values", "a field is compared with one value", "state one");
    },
  ),
);

const nodeTerm = (values?: Rule): Rule =>
  fields({ matchExpressions: eachOf(nodeExpression(values)), matchFields: eachOf(nodeField) });

/** Nodes that something asks for: by one term at least. */
export const nodeSelector: Rule = lazily(() =>
  fields({ nodeSelectorTerms: eachOf(nodeTerm(since(33, isLabelValue))) }, "nodeSelectorTerms"),
);

const weight = between(1, 100);
const nodeAffinity: Rule = lazily(() =>
  fields({
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
    preferredDuringSchedulingIgnoredDuringExecution: eachOf(
      fields({ weight, preference: nodeTerm() }, "weight"),
    ),
  }),
);

/** Keys of labels whose values the pod's own are compared with: they need a selector, and do not stand in it. */
const labelKeys =
  (lists: readonly string[]): Rule =>
  (place, { report }) => {
    const { value } = place;
    const selector = valueAt(value, "labelSelector");
    const chosen = new Set(listAt(selector, "matchExpressions").map((each) => textAt(each, "key")));
    for (const list of lists) {
      const keys = listAt(value, list);
      if (keys.length === 0) continue;
      if (selector === undefined)
        report(
          at(place, list),
          "label-keys-without-selector",
          `${list} goes with a labelSelector`,
          "state one",
        );
      for (const [step, key] of keys.entries()) {
        const inList = { value: key, above: at(place, list), step };
        const isChosen =
          chosen.has(plainText(key)) ||
          valueAt(valueAt(selector, "matchLabels"), plainText(key)) !== undefined;
        if (isChosen && list === "matchLabelKeys")
          report(
            inList,
            "label-key-repeated",
            `${quoted(key)} stands in the labelSelector, too`,
            "take one out",
          );
      }
    }
    const others = new Set(listAt(value, "mismatchLabelKeys"));
    for (const [step, key] of listAt(value, "matchLabelKeys").entries())
      if (others.has(key))
        report(
          { value: key, above: at(place, "matchLabelKeys"), step },
          "label-key-repeated",
          `${quoted(key)} stands in mismatchLabelKeys, too`,
          "take one out",
        );
  };

const podTerm: Rule = lazily(() =>
  all(
    fields(
      {
        labelSelector,
        namespaceSelector: labelSelector,
        namespaces: eachOf(isLabel),
        topologyKey: qualifiedName,
        matchLabelKeys: eachOf(qualifiedName),
        mismatchLabelKeys: eachOf(qualifiedName),
      },
      "topologyKey",
    ),
    labelKeys(["matchLabelKeys", "mismatchLabelKeys"]),
  ),
);
const podAffinity: Rule = lazily(() =>
  fields({
    requiredDuringSchedulingIgnoredDuringExecution: eachOf(podTerm),
    preferredDuringSchedulingIgnoredDuringExecution: eachOf(
      fields({ weight, podAffinityTerm: podTerm }, "weight", "podAffinityTerm"),
    ),
  }),
);

export const affinity: Rule = lazily(() =>
  fields({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity }),
);

export const taintEffects: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

const toleration: Rule = lazily(() =>
  all(
    fields({ effect: oneOf(taintEffects, true), operator: oneOf(["Exists", "Equal"], true) }),
    (place, look) => {
      const { value } = place;
      const operator = textAt(value, "operator") ?? "";
      const text = textAt(value, "value") ?? "";
      if (!isSet(value, "key") && operator !== "Exists")
        look.report(
          place,
          "toleration-without-key",
          "a toleration without key tolerates everything, by Exists alone",
          "state a key, or operator: Exists",
        );
      else if (isSet(value, "key")) qualifiedName(at(place, "key"), look);
      if (valueAt(value, "tolerationSeconds") !== undefined && textAt(value, "effect") !== "NoExecute")
        look.report(
          at(place, "tolerationSeconds"),
          "toleration-seconds",
          "tolerationSeconds goes with the effect NoExecute",
          "set effect: NoExecute, or take it out",
        );
      if (operator === "Exists" && text !== "")
        look.report(at(place, "value"), "toleration-value", "Exists takes no value", "take it out");
      if ((operator === "Equal" || operator === "") && !hasForm(labelValue, text))
        look.report(
          at(place, "value"),
          "text-malformed",
          `${quoted(text)} is not ${labelValue.name}`,
          `write ${labelValue.madeOf}`,
        );
    },
  ),
);
export const tolerations: Rule = eachOf(toleration);

const minDomains: Rule = (place, { report }) => {
  const { value } = place;
  if (valueAt(value, "minDomains") !== undefined && textAt(value, "whenUnsatisfiable") !== "DoNotSchedule")
    report(
      at(place, "minDomains"),
      "min-domains",
      "minDomains goes with whenUnsatisfiable: DoNotSchedule",
      "set that, or take it out",
    );
};
const spreadPolicy = oneOf(["Ignore", "Honor"]);
const constraint: Rule = lazily(() =>
  all(
    fields(
      {
        maxSkew: positive,
        whenUnsatisfiable: oneOf(["DoNotSchedule", "ScheduleAnyway"]),
        minDomains: positive,
        nodeAffinityPolicy: spreadPolicy,
        nodeTaintsPolicy: spreadPolicy,
        matchLabelKeys: eachOf(qualifiedName),
        labelSelector,
      },
      "maxSkew",
      "topologyKey",
      "whenUnsatisfiable",
    ),
    minDomains,
    labelKeys(["matchLabelKeys"]),
  ),
);

/** How pods are spread over nodes. */
export const spread: Rule = all(
  eachOf(constraint),
  unique(
    "spread-constraint-repeated",
    (each) => `${textAt(each, "topologyKey") ?? ""}, ${textAt(each, "whenUnsatisfiable") ?? ""}`,
    "the constraint",
  ),
);
