import { at, hasFields, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, since, type Look, type Rule } from "../rule/rule.ts";
import { containerResource } from "../pod/resources.ts";
import { isLabel, isPathSegment } from "../value/names.ts";
import { between, numberOr, positive } from "../value/numbers.ts";
import { positiveQuantity, quantity } from "../value/quantity.ts";
import { oneOf, textThat } from "../value/text.ts";
import { quoted } from "../rule/wording.ts";

/*
 * HorizontalPodAutoscalers.
 *
 * Source: validateHorizontalPodAutoscalerSpec in k8s.io/kubernetes/pkg/apis/autoscaling/validation, and
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
 */

const targetApiVersion: Rule = textThat(
  (text) => text.split("/").length < 3,
  "text-malformed",
  "is not a version of an API",
  'write it as "apps/v1"',
);
const objectReference: Rule = fields(
  { kind: isPathSegment, name: isPathSegment, apiVersion: targetApiVersion },
  "kind",
  "name",
);
/** Of what is scaled, only a ReplicationController has no group. */
const groupIsStated: Rule = (place, { report }) => {
  const [kind, version = ""] = ["kind", "apiVersion"].map((name) => textAt(place.value, name));
  if (kind === "ReplicationController" || /^[^/]+\//.test(version)) return;
  const what = version === "" ? "the target has no apiVersion" : `${quoted(version)} has no group`;
  report(at(place, "apiVersion"), "field-missing", what, 'state it, as "apps/v1"');
};
const scaleTarget: Rule = all(objectReference, since(34, groupIsStated));
const metric: Rule = fields({ name: isPathSegment }, "name");
const metricTarget: Rule = fields(
  {
    type: oneOf(["Utilization", "Value", "AverageValue"]),
    value: positiveQuantity,
    averageValue: positiveQuantity,
    averageUtilization: positive,
  },
  "type",
);

const metricSources: Readonly<Record<string, Rule>> = {
  object: fields(
    { describedObject: objectReference, metric, target: metricTarget },
    "describedObject",
    "metric",
    "target",
  ),
  pods: fields({ metric, target: metricTarget }, "metric", "target"),
  external: fields({ metric, target: metricTarget }, "metric", "target"),
  resource: fields({ target: metricTarget }, "name", "target"),
  containerResource: fields(
    { name: containerResource, container: isLabel, target: metricTarget },
    "name",
    "container",
    "target",
  ),
};

/** What the target of a metric is measured in, and whether one goes with another. */
const metricTargets: Readonly<Record<string, readonly [fields: readonly string[], isExclusive: boolean]>> = {
  object: [["value", "averageValue"], false],
  external: [["value", "averageValue"], true],
  pods: [["averageValue"], false],
  resource: [["averageUtilization", "averageValue"], true],
  containerResource: [["averageUtilization", "averageValue"], true],
};

function targetIsStated(source: Parameters<Rule>[0], type: string, { report }: Look): void {
  const place = at(source, "target");
  const [names, isExclusive] = metricTargets[type] ?? [[], false];
  if (!hasFields(place.value)) return;
  const stated = names.filter((name) => valueAt(place.value, name) !== undefined);
  if (stated.length === 0)
    report(place, "metric-target", "the target has no value of its type", `state ${names.join(" or ")}`);
  if (stated.length > 1 && isExclusive)
    report(at(place, stated[1] ?? ""), "metric-target", `there is ${stated[0]} already`, "take one out");
}

/** The source of a metric is that of its type, and no other. */
const oneMetricSource: Rule = (place, look) => {
  const { value } = place;
  const type = textAt(value, "type") ?? "";
  const name = type.charAt(0).toLowerCase() + type.slice(1);
  if (!Object.hasOwn(metricSources, name)) return;
  requireField(place, name, look);
  targetIsStated(at(place, name), name, look);
  for (const other of Object.keys(metricSources))
    if (other !== name && valueAt(value, other) !== undefined)
      look.report(
        at(place, other),
        "metric-source",
        `the metric is of the type ${type}, and ${other} is there`,
        "take it out, or correct the type",
      );
};

const metricTypes = ["Object", "Pods", "Resource", "External", "ContainerResource"];
const metrics: Rule = eachOf(
  all(fields({ type: oneOf(metricTypes), ...metricSources }, "type"), oneMetricSource),
);

const scalingPolicy: Rule = fields(
  { type: oneOf(["Pods", "Percent"]), value: positive, periodSeconds: between(1, 1800) },
  "type",
  "value",
  "periodSeconds",
);
/** Policies are filled in where there is no list of them. */
const atLeastOne: Rule = (place, { report }) => {
  if (Array.isArray(place.value) && place.value.length === 0)
    report(place, "field-missing", "policies is empty", "state one, or take the list out");
};
const scaling: Rule = all(
  fields({
    stabilizationWindowSeconds: between(0, 3600),
    selectPolicy: oneOf(["Max", "Min", "Disabled"]),
    policies: all(eachOf(scalingPolicy), atLeastOne),
    // Off by default up to 1.34, and then left out.
    tolerance: since(35, quantity),
  }),
);

/** To nothing it is scaled by what is measured elsewhere, where a feature gate allows it. */
const replicaBounds: Rule = (place, { report }) => {
  const { value } = place;
  const least = valueAt(value, "minReplicas");
  const most = numberOr(valueAt(value, "maxReplicas"), 0);
  if (typeof least === "number" && least > most && most > 0)
    report(
      at(place, "maxReplicas"),
      "replicas-out-of-order",
      `maxReplicas is ${most}, and minReplicas is ${least}`,
      "raise maxReplicas or lower minReplicas",
    );
};

const autoscalerFields = { minReplicas: positive, maxReplicas: positive, scaleTargetRef: scaleTarget };

export const autoscaler: Rule = fields(
  {
    spec: all(
      fields(
        { ...autoscalerFields, metrics, behavior: fields({ scaleUp: scaling, scaleDown: scaling }) },
        "maxReplicas",
        "scaleTargetRef",
      ),
      replicaBounds,
    ),
  },
  "spec",
);

/** The first version of the API, which knows the share of the processors alone. */
export const autoscalerV1: Rule = fields(
  {
    spec: all(
      fields(
        { ...autoscalerFields, targetCPUUtilizationPercentage: positive },
        "maxReplicas",
        "scaleTargetRef",
      ),
      replicaBounds,
    ),
  },
  "spec",
);
