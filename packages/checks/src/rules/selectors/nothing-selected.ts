import type { World } from "../../findings/world.ts";
import { fields, type Node } from "../../objects/node.ts";
import type { Labels } from "../../objects/selector.ts";

/**
 * Whether a selector that names something selects none of the pods of a namespace, of which there are some: objects that
 * lie apart from the pods they are for say nothing of them.
 */
export function selectsNothing(
  world: World,
  namespace: string,
  selector: Node,
  isSelected: (labels: Labels) => boolean,
): boolean {
  const pods = world.podsIn(namespace);
  const isNarrow = fields(selector).length > 0;
  return isNarrow && pods.length > 0 && !pods.some(({ labels }) => isSelected(labels));
}

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
  return there.size === 0
    ? `no pod has the label ${names.join(" or ")}`
    : `pods have ${[...there].join(", ")}`;
}
