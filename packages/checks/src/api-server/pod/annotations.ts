import { at, hasFields, listAt, textAt, type RulePlace } from "../rule/place.ts";
import type { Look } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";

/*
 * Annotations that mean something for pods.
 *
 * Source: ValidatePodSpecificAnnotations in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */

const appArmor = "container.apparmor.security.beta.kubernetes.io/";
const deletionCost = "controller.kubernetes.io/pod-deletion-cost";
const mirror = "kubernetes.io/config.mirror";

/** The annotations of a pod, and of a template of pods. */
export function podAnnotations(metadata: RulePlace, spec: RulePlace, { report }: Look): void {
  const place = at(metadata, "annotations");
  const { value } = place;
  if (!hasFields(value)) return;
  for (const key of Object.keys(value)) {
    const text = textAt(value, key) ?? "";
    const under = at(place, key);
    if (key === deletionCost && !isCost(text))
      report(
        under,
        "annotation-malformed",
        `${quoted(text)} is not a 32-bit integer`,
        'write one as "-1" or "100"',
      );
    if (key === mirror && (textAt(spec.value, "nodeName") ?? "") === "")
      report(under, "annotation-malformed", "a mirror pod is on a node", "state spec.nodeName");
    if (key.startsWith(appArmor)) {
      const name = key.slice(appArmor.length);
      if (!hasContainer(spec.value, name))
        report(under, "annotation-malformed", `the pod has no container ${quoted(name)}`, "correct the name");
      if (!/^(?:|runtime\/default|unconfined|localhost\/.*)$/s.test(text))
        report(
          under,
          "annotation-malformed",
          `${quoted(text)} is not a profile of AppArmor`,
          "write runtime/default, unconfined or localhost/<name>",
        );
    }
  }
}

const isCost = (text: string): boolean =>
  /^(?:0|-?[1-9]\d*)$/.test(text) && Math.abs(Number(text)) <= 2_147_483_647;

const hasContainer = (spec: unknown, name: string): boolean =>
  ["containers", "initContainers"].some((list) =>
    listAt(spec, list).some((each) => textAt(each, "name") === name),
  );
