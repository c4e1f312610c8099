import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Finding } from "./field-problems.ts";

/** The way to a place, the last step first. */
type Steps = Finding["steps"];

/**
 * Tells the places of an object that an API server reads and then passes over: fields that it drops as their gates are off;
 * the owners of what is yet to be made of a template; and, up to 1.33, the templates of a StatefulSet.
 *
 * Source: ValidateStatefulSetSpec in k8s.io/kubernetes/pkg/apis/apps/validation, ValidatePodTemplateSpec in
 * pkg/apis/core/validation; what API servers said of random objects is recorded.
 *
 * @param gated what was said of fields that are dropped.
 */
export function passedOver(
  { apiVersion, kind }: KubernetesObject,
  minor: number,
  gated: ReadonlySet<Finding>,
): (steps: Steps) => boolean {
  const isOldStatefulSet = minor < 34 && kind === "StatefulSet" && apiVersion === "apps/v1";
  return (steps) => {
    const [first, second, third] = steps.slice(-3).toReversed();
    const isUnlooked = second === "volumeClaimTemplates" || (second === "template" && third === "spec");
    if (isOldStatefulSet && first === "spec" && isUnlooked) return true;
    return [...gated].some((note) => isStepWithin(steps, droppedBy(note.steps))) || isOwnerOfTemplate(steps);
  };
}

/** What goes with a field that is dropped: a volume that is an image is left out as a whole. */
const droppedBy = (steps: Steps): Steps =>
  steps[0] === "image" && steps[2] === "volumes" ? steps.slice(1) : steps;

const isOwnerOfTemplate = (steps: Steps): boolean => {
  const index = steps.indexOf("ownerReferences");
  return index >= 0 && steps[index + 1] === "metadata" && steps.length > index + 2;
};

/** Whether the way to a place leads through another. */
const isStepWithin = (steps: Steps, outer: Steps): boolean =>
  outer.every((step, index) => step === steps[steps.length - outer.length + index]);
