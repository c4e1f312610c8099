import { found, type Found, type Rule } from "../../findings/rule.ts";
import { replicasOf, startsBeforeItEnds } from "../../findings/replicas.ts";
import type { World } from "../../findings/world.ts";
import { kubectlName } from "../../objects/kubernetes-object.ts";
import type { Pod } from "../../objects/pod.ts";
import { claimsOfOne } from "./volume-claims.ts";

export const volumeBlocksRollout: Rule = {
  code: "volume-blocks-rollout",
  severity: "warning",
  why: "A rolling update of one replica starts the next pod first, and ends the old one when that is ready: with a volume for one node or one pod, it never is, unless it happens to start on the same node.",
  fix: "state strategy.type: Recreate, or make it a StatefulSet",
  link: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",
  find: (world) => world.pods.flatMap((pod) => ofPod(world, pod)),
};

function ofPod(world: World, pod: Pod): readonly Found[] {
  if (replicasOf(world, pod.object).most !== 1 || !startsBeforeItEnds(pod.object)) return [];
  return claimsOfOne(world, pod).map(({ node, claim, isOfOnePod }) => {
    const what = `each rolling update starts a second pod, which waits for ${kubectlName(claim)} that the first one has`;
    return found(node, what, isOfOnePod ? { severity: "error" } : {});
  });
}
