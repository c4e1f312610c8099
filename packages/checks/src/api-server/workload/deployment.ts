import { at, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { hasNoDeadline, ownSelector, selectsOwnPodsByMap, staysUp } from "../metadata/own-pods.ts";
import { labelMap } from "../metadata/labels.ts";
import { podTemplate } from "../pod/pod.ts";
import { countOf, countOrPercent, countOrShare } from "../value/count-or-percent.ts";
import { notNegative, numberOr } from "../value/numbers.ts";
import { oneOfOrEmpty } from "../value/text.ts";

/*
 * Deployments, ReplicaSets and ReplicationControllers.
 *
 * Source: ValidateDeploymentSpec and ValidateReplicaSetSpec in k8s.io/kubernetes/pkg/apis/apps/validation,
 * ValidateReplicationControllerSpec in pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */

/** A rollout must be able to begin: with a pod more, or with one less. */
const canRoll: Rule = (place, { report }) => {
  const { value } = place;
  const surge = countOf(valueAt(value, "maxSurge"), 25);
  const unavailable = countOf(valueAt(value, "maxUnavailable"), 25);
  if (surge === 0 && unavailable === 0)
    report(
      at(place, "maxUnavailable"),
      "rollout-stuck",
      "maxSurge and maxUnavailable are both zero, so no pod can be replaced",
      "raise one of them",
    );
};

const rollsWhereItSays: Rule = (place, { report }) => {
  if (valueAt(place.value, "type") === "Recreate" && valueAt(place.value, "rollingUpdate") !== undefined)
    report(
      at(place, "rollingUpdate"),
      "strategy-conflict",
      "rollingUpdate goes with the type RollingUpdate, and the type is Recreate",
      "take one of the two out; a patch takes it out by rollingUpdate: null",
    );
};

const strategy: Rule = all(
  fields({
    type: oneOfOrEmpty("Recreate", "RollingUpdate"),
    rollingUpdate: all(fields({ maxSurge: countOrPercent, maxUnavailable: countOrShare }), canRoll),
  }),
  rollsWhereItSays,
);

/** A pod that is ready only after the deadline makes every rollout fail. */
const deadlineIsLater: Rule = (place, { report }) => {
  const { value } = place;
  const deadline = numberOr(valueAt(value, "progressDeadlineSeconds"), 600);
  const ready = numberOr(valueAt(value, "minReadySeconds"), 0);
  if (deadline <= ready && deadline >= 0)
    report(
      at(place, "progressDeadlineSeconds"),
      "deadline-before-ready",
      `progressDeadlineSeconds is ${deadline}, and minReadySeconds is ${ready}`,
      "make the deadline longer",
    );
};

const deploymentCounts = { replicas: notNegative, minReadySeconds: notNegative };

const deploymentSpec: Rule = all(
  fields(
    {
      ...deploymentCounts,
      revisionHistoryLimit: notNegative,
      progressDeadlineSeconds: notNegative,
      strategy,
      template: podTemplate,
    },
    "template",
  ),
  ownSelector,
  staysUp,
  hasNoDeadline,
  deadlineIsLater,
);

export const deploymentRule: Rule = fields({ spec: deploymentSpec }, "spec");

export const replicaSet: Rule = fields(
  {
    spec: all(
      fields({ ...deploymentCounts, template: podTemplate }, "template"),
      ownSelector,
      staysUp,
      hasNoDeadline,
    ),
  },
  "spec",
);

export const replicationController: Rule = fields(
  {
    spec: all(
      fields({ ...deploymentCounts, selector: labelMap, template: podTemplate }, "template"),
      selectsOwnPodsByMap,
      staysUp,
      hasNoDeadline,
    ),
  },
  "spec",
);
