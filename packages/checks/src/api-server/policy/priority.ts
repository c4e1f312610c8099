import { at, textAt, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { numberOr } from "../value/numbers.ts";
import { oneOf } from "../value/text.ts";

/** The highest that users may take; above it are the two of Kubernetes' own. */
const highest = 1_000_000_000;
const ofSystem: Readonly<Record<string, number>> = {
  "system-node-critical": 2_000_001_000,
  "system-cluster-critical": 2_000_000_000,
};

/**
 * PriorityClasses.
 *
 * Source: ValidatePriorityClass in k8s.io/kubernetes/pkg/apis/scheduling/validation, and
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export const priorityClass: Rule = all(
  fields({ preemptionPolicy: oneOf(["PreemptLowerPriority", "Never"]) }),
  (place, { report }) => {
    const name = textAt(valueAt(place.value, "metadata"), "name") ?? "";
    const value = numberOr(valueAt(place.value, "value"), 0);
    if (!name.startsWith("system-")) {
      if (value > highest)
        report(at(place, "value"), "number-out-of-range", `value is ${value}`, `write ${highest} at most`);
    } else if (ofSystem[name] !== value || valueAt(place.value, "globalDefault") === true)
      report(
        at(at(place, "metadata"), "name"),
        "name-reserved",
        "names with system- before are Kubernetes' own",
        "rename the object",
      );
  },
);
