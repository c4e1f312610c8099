import { found, type Found, type Rule } from "../../findings/rule.ts";
import { replicasOf } from "../../findings/replicas.ts";
import type { World } from "../../findings/world.ts";
import { kubectlName } from "../../objects/kubernetes-object.ts";
import type { Pod } from "../../objects/pod.ts";
import { claimsOfOne } from "./volume-claims.ts";

export const volumeNotShared: Rule = {
  code: "volume-not-shared",
  severity: "warning",
  why: "A claim with ReadWriteOnce is for the pods of one node, and with ReadWriteOncePod for one pod: of several replicas that share it, those on other nodes wait with a Multi-Attach error, or are never scheduled.",
  fix: "claim it with ReadWriteMany, give each replica a claim of its own in a StatefulSet's volumeClaimTemplates, or run one replica",
  link: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
  find: (world) => world.pods.flatMap((pod) => ofPod(world, pod)),
};

function ofPod(world: World, pod: Pod): readonly Found[] {
  const { most } = replicasOf(world, pod.object);
  if (most < 2) return [];
  const many = Number.isFinite(most) ? `up to ${most} pods` : "a pod on every node";
  return claimsOfOne(world, pod).map(({ node, claim, isOfOnePod }) =>
    isOfOnePod
      ? found(node, `${many} share ${kubectlName(claim)}, which is for one pod alone`, { severity: "error" })
      : found(node, `${many} share ${kubectlName(claim)}, which is for the pods of one node`),
  );
}
