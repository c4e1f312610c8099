import type { World } from "../../findings/world.ts";
import { groupOf, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";

/** A use of a ConfigMap or a Secret. */
export interface Use {
  readonly kind: "ConfigMap" | "Secret";
  /** The name that refers to it. */
  readonly node: Node;
  readonly name: string;
  readonly namespace: string;
  /** The keys that have to be in it. */
  readonly keys: readonly Node[];
  /** Whether things go on without it. */
  readonly isOptional: boolean;
  /** What becomes of whatever uses it, in half a sentence. */
  readonly otherwise: string;
}

/** Fields that refer to one, as pods and the operator's kinds write it. */
const ofFields: Readonly<Record<string, Use["kind"]>> = {
  configMapKeyRef: "ConfigMap",
  configMapRef: "ConfigMap",
  secretKeyRef: "Secret",
  secretRef: "Secret",
};

const containerConsequence = "what needs it does not start";
const operatorConsequence = "the operator applies nothing, and the object stays NotReady until it is there";

const knownUses = new WeakMap<World, readonly Use[]>();

/** Every use of a ConfigMap or a Secret by pods, and by the operator's own kinds. */
export function usesIn(world: World): readonly Use[] {
  const known = knownUses.get(world) ?? [
    ...world.pods.flatMap(byPod),
    ...world.objects.filter((each) => groupOf(each) === "db.atlasgo.io").flatMap(byResource),
  ];
  knownUses.set(world, known);
  return known;
}

function byPod(pod: Pod): readonly Use[] {
  const { namespace, spec } = pod;
  const ofContainers = containersOf(pod).flatMap((container) => [
    ...elements(at(container, "env")).flatMap((each) => inFields(at(each, "valueFrom"), namespace)),
    ...elements(at(container, "envFrom")).flatMap((each) => inFields(each, namespace)),
  ]);
  const ofVolumes = elements(at(spec, "volumes")).flatMap((volume) => [
    ...inVolume(volume, namespace, "secretName"),
    ...elements(at(volume, "projected", "sources")).flatMap((each) => inVolume(each, namespace, "name")),
  ]);
  return [...ofContainers, ...ofVolumes];
}

/** Every use of a key: those of a whole object, and of a key that is mounted by itself. */
export const keyUsesIn = (world: World): readonly Use[] => [
  ...usesIn(world),
  ...world.pods.flatMap(ofMounts),
];

/** A single key that is mounted: where it is not there, an empty folder stands in its place. */
function ofMounts(pod: Pod): readonly Use[] {
  const { namespace, spec } = pod;
  const volumes = elements(at(spec, "volumes"));
  return containersOf(pod)
    .flatMap((container) => elements(at(container, "volumeMounts")))
    .flatMap((mount) => {
      const key = at(mount, "subPath");
      const volume = volumes.find((each) => at(each, "name").value === at(mount, "name").value);
      if (volume === undefined || !/^[^/]+$/.test(textAt(key) ?? "")) return [];
      // Items give the keys names of their own.
      return inVolume(volume, namespace, "secretName")
        .filter(() => !hasItems(volume))
        .map((each) => ({ ...each, keys: [key], otherwise: "an empty folder is mounted in its place" }));
    });
}

const hasItems = (volume: Node): boolean =>
  ["configMap", "secret"].some((source) => elements(at(volume, source, "items")).length > 0);

function inVolume(source: Node, namespace: string, nameOfSecret: string): readonly Use[] {
  return [
    ...use("ConfigMap", at(source, "configMap"), "name", namespace),
    ...use("Secret", at(source, "secret"), nameOfSecret, namespace),
  ];
}

function inFields(node: Node, namespace: string): readonly Use[] {
  return fieldNodes(node).flatMap(([name, reference]) => {
    const kind = ofFields[name];
    return kind === undefined ? [] : use(kind, reference, "name", namespace);
  });
}

function use(kind: Use["kind"], reference: Node, nameField: string, namespace: string): readonly Use[] {
  const node = at(reference, nameField);
  const name = textAt(node);
  if (name === undefined || name === "") return [];
  const items = elements(at(reference, "items")).map((item) => at(item, "key"));
  const keys = [at(reference, "key"), ...items].filter(isThere);
  return [
    {
      kind,
      node,
      name,
      namespace,
      keys,
      isOptional: at(reference, "optional").value === true,
      otherwise: containerConsequence,
    },
  ];
}

/** References anywhere in the spec of a custom object. */
function byResource(object: KubernetesObject): readonly Use[] {
  const namespace = namespaceOf(object);
  const within = (node: Node): readonly Use[] => [
    ...inFields(node, namespace),
    ...fieldNodes(node).flatMap(([, inner]) => within(inner)),
    ...elements(node).flatMap(within),
  ];
  return within(at(nodeOf(object), "spec")).map((each) => ({ ...each, otherwise: operatorConsequence }));
}
