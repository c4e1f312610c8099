import { at, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { labelSelector } from "../metadata/labels.ts";
import { countOrShare } from "../value/count-or-percent.ts";
import { oneOf } from "../value/text.ts";

/**
 * PodDisruptionBudgets.
 *
 * Source: ValidatePodDisruptionBudgetSpec in k8s.io/kubernetes/pkg/apis/policy/validation, and
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export const disruptionBudget: Rule = fields({
  spec: all(
    fields({
      minAvailable: countOrShare,
      maxUnavailable: countOrShare,
      selector: labelSelector,
      unhealthyPodEvictionPolicy: oneOf(["IfHealthyBudget", "AlwaysAllow"]),
    }),
    (place, { report }) => {
      const { value } = place;
      if (valueAt(value, "minAvailable") !== undefined && valueAt(value, "maxUnavailable") !== undefined)
        report(
          at(place, "maxUnavailable"),
          "union-stated-twice",
          "there is minAvailable already",
          "take one out",
        );
    },
  ),
});
