import type { Rule } from "../../findings/rule.ts";
import { groupOf, namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, nodeOf, textAt } from "../../objects/node.ts";
import { dangling } from "./dangling.ts";

export const scaleTargetMissing: Rule = {
  code: "scale-target-missing",
  severity: "warning",
  why: "An autoscaler whose target is not there scales nothing, and says so in its conditions alone.",
  fix: "correct the apiVersion, kind or name of the target",
  link: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
  find: (world) =>
    [...world.of("autoscaling", "HorizontalPodAutoscaler"), ...world.of("keda.sh", "ScaledObject")].flatMap(
      (scaler) => {
        const target = at(nodeOf(scaler), "spec", "scaleTargetRef");
        const node = at(target, "name");
        const [name = "", kind = "Deployment", apiVersion = "apps/v1"] = ["name", "kind", "apiVersion"].map(
          (field) => textAt(at(target, field)),
        );
        const group = groupOf({ apiVersion, kind, metadata: { name } });
        return dangling(
          world,
          node,
          { group, kind, name, namespace: namespaceOf(scaler) },
          "nothing is scaled",
        );
      },
    ),
};
