import { at, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { hasNoDeadline, ownSelector, staysUp } from "../metadata/own-pods.ts";
import { podTemplate } from "../pod/pod.ts";
import { countOf, countOrShare } from "../value/count-or-percent.ts";
import { notNegative } from "../value/numbers.ts";
import { oneOfOrEmpty } from "../value/text.ts";

/*
 * DaemonSets.
 *
 * Source: ValidateDaemonSetSpec in k8s.io/kubernetes/pkg/apis/apps/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */

/** A node gets the new pod first, or loses the old one first: not both, and not neither. */
const surgeOrUnavailable: Rule = (place, { report }) => {
  const surge = countOf(valueAt(place.value, "maxSurge"), 0);
  const unavailable = countOf(valueAt(place.value, "maxUnavailable"), 1);
  if (surge !== 0 && unavailable !== 0)
    report(
      at(place, "maxSurge"),
      "rollout-conflict",
      "maxSurge and maxUnavailable are both above zero",
      "set one of them to zero",
    );
  if (surge === 0 && unavailable === 0)
    report(
      at(place, "maxUnavailable"),
      "rollout-stuck",
      "maxSurge and maxUnavailable are both zero, so no pod can be replaced",
      "raise one of them",
    );
};

const daemonSetRollingUpdate: Rule = all(
  fields({ maxSurge: countOrShare, maxUnavailable: countOrShare }),
  surgeOrUnavailable,
);

const strategyType = fields({ type: oneOfOrEmpty("RollingUpdate", "OnDelete") });
const rolling = fields({ rollingUpdate: daemonSetRollingUpdate });

/** What is said of rolling updates counts where there are some. */
const daemonSetStrategy: Rule = (place, look) => {
  strategyType(place, look);
  if (valueAt(place.value, "type") !== "OnDelete") rolling(place, look);
};

const daemonSetSpec: Rule = all(
  fields(
    {
      minReadySeconds: notNegative,
      revisionHistoryLimit: notNegative,
      updateStrategy: daemonSetStrategy,
      template: podTemplate,
    },
    "template",
  ),
  ownSelector,
  staysUp,
  hasNoDeadline,
);

export const daemonSet: Rule = fields({ spec: daemonSetSpec }, "spec");
