import { at, isSet, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { templateMetadata } from "../metadata/object-metadata.ts";
import { podAnnotations } from "./annotations.ts";
import { trimmedImages } from "./container.ts";
import { containerPlaces, podSpec } from "./pod-spec.ts";
import { madeClaims } from "./volumes.ts";

/*
 * Pods, and the templates of them.
 *
 * Source: ValidatePodCreate and ValidatePodTemplateSpec in k8s.io/kubernetes/pkg/apis/core/validation.
 */

const noDebugging: Rule = (place, { report }) => {
  if (listAt(place.value, "ephemeralContainers").length > 0)
    report(
      at(place, "ephemeralContainers"),
      "ephemeral-container",
      "containers for debugging are added to a pod that runs",
      "take them out",
    );
};

const gatesHold: Rule = (place, { report }) => {
  if (isSet(place.value, "nodeName") && isSet(place.value, "schedulingGates"))
    report(
      at(place, "nodeName"),
      "scheduling-gates",
      "the gates hold the pod back from every node",
      "take one out",
    );
};

const ownPodSpec = podSpec(true);
const ofTemplate = podSpec(false);

/** A Pod. */
export const pod: Rule = all(
  fields({ spec: all(ownPodSpec, noDebugging, gatesHold) }, "spec"),
  (place, look) => {
    const spec = at(place, "spec");
    podAnnotations(at(place, "metadata"), spec, look);
    trimmedImages(containerPlaces(spec), look);
    madeClaims(spec, textAt(valueAt(place.value, "metadata"), "name") ?? "", look);
  },
);

/** A template of pods: of a workload, a job, or a PodTemplate. */
export const podTemplate: Rule = all(
  fields({ metadata: templateMetadata, spec: all(ofTemplate, noDebugging) }, "spec"),
  (place, look) => podAnnotations(at(place, "metadata"), at(place, "spec"), look),
);
