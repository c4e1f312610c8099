import { devDatabaseLabels } from "../../atlas/dev-database.ts";
import { resourcesIn } from "../../atlas/target.ts";
import type { World } from "../../findings/world.ts";
import { groupOf, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { misspelt } from "../../objects/near.ts";
import { at, fieldNodes, isThere, textAt, type Node } from "../../objects/node.ts";
import type { LabelMap } from "../../objects/selector.ts";

/** Namespaces in which every cluster has pods of its own. */
const ofClusters: ReadonlySet<string> = new Set(["kube-system"]);

/**
 * Whether a selector that names something selects none of the pods of a namespace. Objects that lie apart from the pods they
 * are for say nothing of them: there have to be some, or the namespace itself and nothing that may make pods.
 */
export function selectsNothing(
  world: World,
  namespace: string,
  selector: Node,
  isSelected: (labels: LabelMap) => boolean,
): boolean {
  const pods = world.podsIn(namespace);
  const isNarrow = fieldNodes(selector).length > 0;
  if (
    !isNarrow ||
    ofClusters.has(namespace) ||
    pods.some(({ labels }) => isSelected(labels)) ||
    isOfPodsToCome(world, namespace, isSelected)
  )
    return false;
  if (pods.length === 0) return isWithoutPods(world, namespace);
  // What an object of others makes may have any labels, but hardly one that is nearly another.
  const isAlone = world.objects.every((each) => namespaceOf(each) !== namespace || !mayMakePods(each));
  return isAlone || misspeltLabel(world, namespace, selector) !== undefined;
}

/** The label by which a selector misses the pods of a namespace by a slip, and what it has to be. */
export function misspeltLabel(
  world: World,
  namespace: string,
  selector: Node,
): { readonly node: Node; readonly meant: string } | undefined {
  const listed = at(selector, "matchLabels");
  const labels = fieldNodes(isThere(listed) ? listed : selector);
  for (const pod of world.podsIn(namespace)) {
    const [wrong, ...others] = labels.filter(([name, node]) => pod.labels.get(name) !== textAt(node));
    if (wrong === undefined || others.length > 0) continue;
    const [name, node] = wrong;
    const meant = misspelt(textAt(node) ?? "", [pod.labels.get(name) ?? ""]);
    if (meant !== undefined) return { node, meant };
  }
  return undefined;
}

/**
 * Whether a selector means pods that the operator makes, for which no object is written: its dev databases. What selects pods
 * without labels as well does not mean them.
 */
function isOfPodsToCome(world: World, namespace: string, isSelected: (labels: LabelMap) => boolean): boolean {
  const names = resourcesIn(world)
    .filter((resource) => namespaceOf(resource) === namespace)
    .map(({ metadata: { name } }) => name);
  return (
    !isSelected(new Map()) &&
    [undefined, ...names].flatMap((name) => devDatabaseLabels(name)).some(isSelected)
  );
}

/** Whether a namespace comes along, with accounts for pods, and without anything that makes some. */
const isWithoutPods = (world: World, namespace: string): boolean => {
  const own = world.objects.filter((object) => namespaceOf(object) === namespace);
  const isHome =
    world.namespace(namespace) !== undefined || own.some(({ kind }) => kind === "ServiceAccount");
  return isHome && own.every((object) => !mayMakePods(object));
};

/** Whether an object may have pods made that are not known: those of other people's kinds, but for some of which it is known. */
const mayMakePods = (object: KubernetesObject): boolean => {
  const group = groupOf(object);
  const isOwn = !group.includes(".");
  return !isOwn && (making.has(`${group}/${object.kind}`) || !podless.test(group));
};

const podless =
  /(?:\.k8s|(?:^|\.)istio)\.io$|^(?:cert-manager\.io|db\.atlasgo\.io|external-secrets\.io|keda\.sh|monitoring\.coreos\.com)$/;

const making = new Set([
  "gateway.networking.k8s.io/Gateway",
  ...["Alertmanager", "Prometheus", "PrometheusAgent", "ThanosRuler"].map(
    (kind) => `monitoring.coreos.com/${kind}`,
  ),
]);

/** What the pods of a namespace have under the labels of a selector, to compare. */
export function labelsThere(world: World, namespace: string, names: readonly string[]): string {
  const there = new Set(
    world.podsIn(namespace).flatMap(({ labels }) =>
      names.flatMap((name) => {
        const value = labels.get(name);
        return value === undefined ? [] : [`${name}=${value}`];
      }),
    ),
  );
  if (world.podsIn(namespace).length === 0) return "none is among the objects";
  return there.size === 0
    ? `no pod has the label ${names.join(" or ")}`
    : `pods have ${[...there].join(", ")}`;
}
