import { found, type Found, type Rule } from "../../findings/rule.ts";
import { findObject, type World } from "../../findings/world.ts";
import { groupOf, kubectlName, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt, textsAt, type Node } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";

export const volumeNotShared: Rule = {
  code: "volume-not-shared",
  severity: "warning",
  why: "A claim with ReadWriteOnce is for the pods of one node, and with ReadWriteOncePod for one pod: of several replicas that share it, those on other nodes wait with a Multi-Attach error, or are never scheduled.",
  fix: "claim it with ReadWriteMany, give each replica a claim of its own in a StatefulSet's volumeClaimTemplates, or run one replica",
  link: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
  find: (world) => world.pods.flatMap((pod) => ofPod(world, pod)),
};

function ofPod(world: World, pod: Pod): readonly Found[] {
  const count = podsAtOnce(world, pod);
  if (count < 2) return [];
  return elements(at(pod.spec, "volumes")).flatMap((volume) => {
    const node = at(volume, "persistentVolumeClaim", "claimName");
    const name = textAt(node);
    const claim =
      name === undefined ? undefined : findObject(world, "", "PersistentVolumeClaim", name, pod.namespace);
    return claim ? ofClaim(pod, node, claim, count) : [];
  });
}

function ofClaim({ spec }: Pod, node: Node, claim: KubernetesObject, count: number): readonly Found[] {
  const modes = textsAt(at(nodeOf(claim), "spec", "accessModes"));
  // A claim of several modes is bound to a volume that has all of them.
  if (modes.length === 0 || modes.some((mode) => !mode.startsWith("ReadWriteOnce"))) return [];
  const isOfOnePod = modes.includes("ReadWriteOncePod");
  if (!isOfOnePod && isTogether(spec)) return [];
  const many = Number.isFinite(count) ? `up to ${count} pods` : "a pod on every node";
  return [
    isOfOnePod
      ? found(node, `${many} share ${kubectlName(claim)}, which is for one pod alone`, { severity: "error" })
      : found(node, `${many} share ${kubectlName(claim)}, which is for the pods of one node`),
  ];
}

/** Whether its pods are kept on one node: by its name, or by affinity for one of them. */
const isTogether = (spec: Node): boolean =>
  textAt(at(spec, "nodeName")) !== undefined ||
  textAt(at(spec, "nodeSelector", "kubernetes.io/hostname")) !== undefined ||
  elements(at(spec, "affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")).some(
    (term) => at(term, "topologyKey").value === "kubernetes.io/hostname",
  );

/** How many pods of a workload there may be at once, as an autoscaler or itself says. */
function podsAtOnce(world: World, { object, namespace }: Pod): number {
  if (object.kind === "DaemonSet") return Number.POSITIVE_INFINITY;
  const field = object.kind === "Job" ? "parallelism" : "replicas";
  const { value } = at(nodeOf(object), "spec", field);
  const stated = typeof value === "number" ? value : 1;
  const scaler = world.of("autoscaling", "HorizontalPodAutoscaler").find((each) => {
    const target = at(nodeOf(each), "spec", "scaleTargetRef");
    const [name = "", kind = ""] = [textAt(at(target, "name")), textAt(at(target, "kind"))];
    return (
      namespaceOf(each) === namespace && findObject(world, groupOf(object), kind, name, namespace) === object
    );
  });
  const most = scaler && at(nodeOf(scaler), "spec", "maxReplicas").value;
  return stated === 0 ? 0 : Math.max(stated, typeof most === "number" ? most : 0);
}
