import { findObject, type World } from "../findings/world.ts";
import { at, elements, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import { needs, type Assumption } from "./assumption.ts";

/** The classes that objects name, and that are not among them, and the defaults that they rely on. */
export const byClasses = (world: World): readonly Assumption[] => [
  ...claimsIn(world).flatMap((spec) =>
    namedClass(world, at(spec, "storageClassName"), "storage.k8s.io", "StorageClass", isBoundClaim(spec)),
  ),
  ...world
    .of("networking.k8s.io", "Ingress")
    .flatMap((ingress) =>
      namedClass(
        world,
        at(nodeOf(ingress), "spec", "ingressClassName"),
        "networking.k8s.io",
        "IngressClass",
        isThere(at(nodeOf(ingress), "metadata", "annotations", "kubernetes.io/ingress.class")),
      ),
    ),
  ...world
    .of("gateway.networking.k8s.io", "Gateway")
    .flatMap((gateway) =>
      namedClass(
        world,
        at(nodeOf(gateway), "spec", "gatewayClassName"),
        "gateway.networking.k8s.io",
        "GatewayClass",
        true,
      ),
    ),
  ...world.pods.flatMap(({ spec }) => [
    ...namedClass(world, at(spec, "priorityClassName"), "scheduling.k8s.io", "PriorityClass", true),
    ...namedClass(world, at(spec, "runtimeClassName"), "node.k8s.io", "RuntimeClass", true),
  ]),
];

/** @param isComplete whether no class is needed where none is named. */
function namedClass(
  world: World,
  node: Node,
  group: string,
  kind: string,
  isComplete: boolean,
): readonly Assumption[] {
  const name = textAt(node);
  if (name === undefined)
    return isComplete ? [] : [needs(node, { code: "default-class", group, kind }, "it names no class")];
  // An empty one asks for none, and those of the system are in every cluster.
  if (name === "" || name.startsWith("system-") || findObject(world, group, kind, name)) return [];
  return [needs(node, { code: "object", group, kind, name }, "it is of this class")];
}

/** A claim for a certain volume is bound to that, whatever the classes. */
const isBoundClaim = (spec: Node): boolean => isThere(at(spec, "volumeName"));

/** The specs of the claims among the objects, and of those that StatefulSets and pods make. */
const claimsIn = (world: World): readonly Node[] => [
  ...world.of("", "PersistentVolumeClaim").map((claim) => at(nodeOf(claim), "spec")),
  ...world
    .of("apps", "StatefulSet")
    .flatMap((set) => elements(at(nodeOf(set), "spec", "volumeClaimTemplates")))
    .map((template) => at(template, "spec")),
  ...world.pods
    .flatMap(({ spec }) => elements(at(spec, "volumes")))
    .map((volume) => at(volume, "ephemeral", "volumeClaimTemplate", "spec"))
    .filter(isThere),
];
