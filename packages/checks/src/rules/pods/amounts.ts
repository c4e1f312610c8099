import { at, elements, fieldNodes, isThere, type Node } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";

/** An amount of something that a container, or a pod as a whole, asks for or may have. */
export interface Amount {
  readonly node: Node;
  readonly list: "requests" | "limits";
  readonly name: string;
}

/** All that the containers of a pod, and the pod as a whole, ask for and may have. */
export const amountsOf = (pod: Pod): readonly Amount[] =>
  [pod.spec, ...containersOf(pod)].flatMap((holder) =>
    (["requests", "limits"] as const).flatMap((list) =>
      fieldNodes(at(holder, "resources", list)).map(([name, node]) => ({ node, list, name })),
    ),
  );

/** The sizes of the volumes that a pod brings along. */
export const sizesOf = ({ spec }: Pod): readonly Node[] =>
  elements(at(spec, "volumes"))
    .map((volume) => at(volume, "emptyDir", "sizeLimit"))
    .filter(isThere);
