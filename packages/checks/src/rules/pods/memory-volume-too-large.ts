import { quantityOf } from "../../api-server/value/quantity.ts";
import { found, type Found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere, type Node } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";

export const memoryVolumeTooLarge: Rule = {
  code: "memory-volume-too-large",
  severity: "warning",
  why: "What is written to a volume in memory counts as memory of the container that writes it: one whose limit is less than the volume's is killed before the volume is full.",
  fix: "state a sizeLimit that is less than the container's limit of memory, with room for the container itself",
  link: "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
  find: (world) =>
    world.pods.flatMap((pod) => elements(at(pod.spec, "volumes")).flatMap((volume) => ofVolume(pod, volume))),
};

function ofVolume(pod: Pod, volume: Node): readonly Found[] {
  const size = at(volume, "emptyDir", "sizeLimit");
  const amount = quantityOf(size.value);
  if (at(volume, "emptyDir", "medium").value !== "Memory" || amount === undefined) return [];
  const { value: name } = at(volume, "name");
  const limits = containersOf(pod)
    .filter((container) =>
      elements(at(container, "volumeMounts")).some((mount) => at(mount, "name").value === name),
    )
    .map((container) => limitOf(pod, container));
  const largest = limits.reduce<Node | undefined>(
    (most, limit) => (isMore(limit, most) ? limit : most),
    undefined,
  );
  if (largest === undefined || limits.some((limit) => !((quantityOf(limit.value) ?? amount) < amount)))
    return [];
  const what = `it holds up to ${String(size.value)}, and the limit of what writes there is ${String(largest.value)}`;
  return [found(size, what)];
}

/** The container's own limit, or that of the pod. */
function limitOf({ spec }: Pod, container: Node): Node {
  const own = at(container, "resources", "limits", "memory");
  return isThere(own) ? own : at(spec, "resources", "limits", "memory");
}

const isMore = (one: Node, other: Node | undefined): boolean =>
  other === undefined || (quantityOf(one.value) ?? 0n) > (quantityOf(other.value) ?? 0n);
