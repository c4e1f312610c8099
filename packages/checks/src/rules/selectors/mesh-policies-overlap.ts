import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { kubectlName, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, isThere, nodeOf, type Node } from "../../objects/node.ts";
import { wholeText } from "../../objects/text.ts";
import { hasLabels } from "../../objects/selector.ts";

/** Kinds of Istio of which one counts for a workload, or for a namespace, and where they hold the labels that they are for. */
const singleKinds = [
  ["networking.istio.io", "Sidecar", ["workloadSelector", "labels"]],
  ["telemetry.istio.io", "Telemetry", ["selector", "matchLabels"]],
  ["security.istio.io", "PeerAuthentication", ["selector", "matchLabels"]],
] as const;

export const meshPoliciesOverlap: Rule = {
  code: "mesh-policies-overlap",
  severity: "warning",
  why: "Of two Sidecar, Telemetry or PeerAuthentication objects for the same pods, the mesh takes one, the oldest or whichever it finds: the other has no effect, and after the objects were made anew it may be the other way round.",
  fix: "make one of them, or select other pods with each",
  link: "https://istio.io/latest/docs/reference/config/networking/sidecar/",
  find: (world) =>
    singleKinds.flatMap(([group, kind, path]) => {
      const policies = world
        .of(group, kind)
        .filter((each) =>
          ["targetRef", "targetRefs"].every((field) => !isThere(at(nodeOf(each), "spec", field))),
        )
        .map((object) => ({ object, labels: at(nodeOf(object), "spec", ...path) }));
      return policies.flatMap((policy, index) => ofPolicy(world, policy, policies.slice(0, index)));
    }),
};

interface MeshPolicy {
  readonly object: KubernetesObject;
  readonly labels: Node;
}

function ofPolicy(
  world: World,
  { object, labels }: MeshPolicy,
  earlier: readonly MeshPolicy[],
): readonly Found[] {
  const namespace = namespaceOf(object);
  const isForAll = fieldNodes(labels).length === 0;
  const pods = world.podsIn(namespace).filter((pod) => hasLabels(pod.labels, labels));
  const other = earlier.find(
    (each) =>
      namespaceOf(each.object) === namespace &&
      (fieldNodes(each.labels).length === 0) === isForAll &&
      (isForAll || pods.some((pod) => hasLabels(pod.labels, each.labels))) &&
      !hasEqualSpec(object, each.object),
  );
  if (other === undefined) return [];
  const whom = isForAll ? `all pods of ${namespace}` : (pods.map((pod) => kubectlName(pod.object))[0] ?? "");
  return [
    found(isForAll ? at(nodeOf(object), "spec") : labels, `${kubectlName(other.object)} is for ${whom}, too`),
  ];
}

/** Two that say the same do not contradict each other. */
const hasEqualSpec = (one: KubernetesObject, other: KubernetesObject): boolean => {
  const [own, its] = [one, other].map((each) => wholeText(at(nodeOf(each), "spec").value));
  return own === its;
};
