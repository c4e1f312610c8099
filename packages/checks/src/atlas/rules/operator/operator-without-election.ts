import { found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, nodeOf, textAt } from "../../../objects/node.ts";
import { flagOf, goBoolean, isWrapped } from "../../flags.ts";
import { operatorsIn } from "../../operator.ts";

export const operatorWithoutElection: Rule = {
  code: "operator-without-election",
  severity: "error",
  why: "Without leader election every replica reconciles every object: two work in one dev database, objects end NotReady, and both probes stay green.",
  fix: "add --leader-elect to the arguments, or run one replica with strategy Recreate",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const replicas = at(nodeOf(operator.pod.object), "spec", "replicas");
      const elects = flagOf(operator, "leader-elect");
      const most = Math.max(
        typeof replicas.value === "number" ? replicas.value : 1,
        scaledTo(world, operator.pod.object),
      );
      if (most < 2 || isWrapped(operator)) return [];
      if (elects === true || (elects !== undefined && goBoolean(elects) === true)) return [];
      return [found(operator.arguments, `${most} replicas, and none is elected leader`)];
    }),
};

/** As many replicas as an autoscaler may make. */
const scaledTo = (world: World, workload: KubernetesObject): number =>
  Math.max(
    1,
    ...[...world.of("autoscaling", "HorizontalPodAutoscaler"), ...world.of("keda.sh", "ScaledObject")].map(
      (scaler) => {
        const spec = at(nodeOf(scaler), "spec");
        const target = at(spec, "scaleTargetRef");
        const isMeant =
          at(target, "name").value === workload.metadata.name &&
          (textAt(at(target, "kind")) ?? "Deployment") === workload.kind &&
          namespaceOf(scaler) === namespaceOf(workload);
        const most = at(spec, "maxReplicas").value ?? at(spec, "maxReplicaCount").value;
        return isMeant && typeof most === "number" ? most : 1;
      },
    ),
  );
