import { at, listAt, stepsTo, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, since, type Look, type Rule } from "../rule/rule.ts";
import { hasNoDeadline, ownSelector, staysUp } from "../metadata/own-pods.ts";
import { podTemplate } from "../pod/pod.ts";
import { claimSpec } from "../volume/claim.ts";
import { isLabelOrEmpty } from "../value/names.ts";
import { countOf, countOrShare } from "../value/count-or-percent.ts";
import { notNegative } from "../value/numbers.ts";
import { oneOf, oneOfOrEmpty } from "../value/text.ts";

/*
 * StatefulSets.
 *
 * Source: ValidateStatefulSetSpec in k8s.io/kubernetes/pkg/apis/apps/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */

const rollingUpdate: Rule = all(
  fields({ partition: notNegative, maxUnavailable: since(37, countOrShare) }),
  (place, { minor, report }) => {
    // The field is off by default up to 1.36, and then left out before anybody looks at it.
    if (minor >= 37 && countOf(valueAt(place.value, "maxUnavailable"), 1) === 0)
      report(
        at(place, "maxUnavailable"),
        "rollout-stuck",
        "maxUnavailable is zero, so no pod can be replaced",
        "raise it",
      );
  },
);

const statefulSetStrategy: Rule = all(
  fields({ type: oneOfOrEmpty("OnDelete", "RollingUpdate"), rollingUpdate }),
  (place, { report }) => {
    if (valueAt(place.value, "type") === "OnDelete" && valueAt(place.value, "rollingUpdate") !== undefined)
      report(
        at(place, "rollingUpdate"),
        "strategy-conflict",
        "rollingUpdate goes with the type RollingUpdate, and the type is OnDelete",
        "take one of the two out",
      );
  },
);

const keepOrDelete = oneOf(["Retain", "Delete"], true);

/**
 * What the API server looks at from 1.34 on. Before, it takes whatever it can read, but for labels and annotations, and
 * refuses the pods and the claims that are made of it.
 */
const lookedAtSince34 =
  (rule: Rule): Rule =>
  (place, look) => {
    if (look.minor >= 34) return rule(place, look);
    const report: Look["report"] = (where, code, what, fix) =>
      stepsTo(where)[2] === "metadata"
        ? look.report(where, code, what, fix)
        : look.report(where, "stateful-set-unlooked", `${what}: the pods would be refused, one by one`, fix);
    rule(place, { ...look, report });
  };

/**
 * The template as its pods will be: with the volumes of the claims, which replace those of one name, and with host names that
 * are the StatefulSet's own.
 */
const templateWithClaims: Rule = (place, look) => {
  const template = at(place, "template");
  const { hostname, subdomain, ...spec } = Object(valueAt(template.value, "spec"));
  const claims = listAt(place.value, "volumeClaimTemplates");
  const names = [...new Set(claims.map((claim) => textAt(valueAt(claim, "metadata"), "name") ?? ""))];
  if (names.length === 0 && hostname === undefined && subdomain === undefined)
    return podTemplate(template, look);
  const own = listAt(spec, "volumes").filter((volume) => !names.includes(textAt(volume, "name") ?? ""));
  // They come last, so that the indices of the others stay what they are wherever none is replaced.
  const volumes = [...own, ...names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }))];
  podTemplate({ ...template, value: { ...Object(template.value), spec: { ...spec, volumes } } }, look);
};

const statefulSetSpec: Rule = all(
  fields(
    {
      podManagementPolicy: oneOfOrEmpty("OrderedReady", "Parallel"),
      updateStrategy: statefulSetStrategy,
      persistentVolumeClaimRetentionPolicy: fields({ whenDeleted: keepOrDelete, whenScaled: keepOrDelete }),
      volumeClaimTemplates: lookedAtSince34(eachOf(fields({ spec: claimSpec }, "spec"))),
      replicas: notNegative,
      minReadySeconds: notNegative,
      ordinals: fields({ start: notNegative }),
      serviceName: since(33, isLabelOrEmpty),
    },
    "template",
  ),
  lookedAtSince34(templateWithClaims),
  ownSelector,
  staysUp,
  hasNoDeadline,
);

export const statefulSet: Rule = fields({ spec: statefulSetSpec }, "spec");
