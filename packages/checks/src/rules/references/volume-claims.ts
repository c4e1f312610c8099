import { findObject, type World } from "../../findings/world.ts";
import type { KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt, textsAt, type Node } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";

/** A claim that pods on several nodes cannot have at once. */
interface ClaimOfOne {
  /** What refers to it. */
  readonly node: Node;
  readonly claim: KubernetesObject;
  /** Whether it is for one pod, rather than for those of one node. */
  readonly isOfOnePod: boolean;
}

/** The claims of a pod that only those of one node may have at once, where nothing keeps them on one, or only one pod. */
export const claimsOfOne = (world: World, { namespace, spec }: Pod): readonly ClaimOfOne[] =>
  elements(at(spec, "volumes")).flatMap((volume) => {
    const node = at(volume, "persistentVolumeClaim", "claimName");
    const name = textAt(node);
    const claim =
      name === undefined ? undefined : findObject(world, "", "PersistentVolumeClaim", name, namespace);
    const modes = claim ? textsAt(at(nodeOf(claim), "spec", "accessModes")) : [];
    // A claim of several modes is bound to a volume that has all of them.
    if (claim === undefined || modes.length === 0 || modes.some((mode) => !mode.startsWith("ReadWriteOnce")))
      return [];
    const isOfOnePod = modes.includes("ReadWriteOncePod");
    return isOfOnePod || !isTogether(spec) ? [{ node, claim, isOfOnePod }] : [];
  });

/** Whether its pods are kept on one node: by its name, or by affinity for one of them. */
const isTogether = (spec: Node): boolean =>
  textAt(at(spec, "nodeName")) !== undefined ||
  textAt(at(spec, "nodeSelector", "kubernetes.io/hostname")) !== undefined ||
  elements(at(spec, "affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")).some(
    (term) => at(term, "topologyKey").value === "kubernetes.io/hostname",
  );
