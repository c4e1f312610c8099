import type { World } from "../findings/world.ts";
import { imageName, imageOf, type Image } from "../objects/image.ts";
import { at, elements, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { accountOf } from "../rbac/bound.ts";

/** Pods that run the operator. */
export interface Operator {
  readonly pod: Pod;
  readonly container: Node;
  readonly image: Image;
  /** As releases are named, `v0.7.11`; undefined where the image does not say. */
  readonly version?: string;
  /** The list that has arguments: `args`, or else `command`. */
  readonly arguments: Node;
  readonly account: string;
}

/** The operators among the objects, told by the name of their image, which mirrors keep. */
export const operatorsIn = (world: World): readonly Operator[] =>
  world.pods.flatMap((pod) => {
    for (const container of elements(at(pod.spec, "containers"))) {
      const image = imageOf(container);
      if (image === undefined || imageName(image) !== "atlas-operator") continue;
      const version = /^v?(\d+\.\d+\.\d+.*)$/.exec(image.tag ?? "")?.[1];
      const args = at(container, "args");
      return [
        {
          pod,
          container,
          image,
          ...(version !== undefined && { version: `v${version}` }),
          arguments: elements(args).length > 0 ? args : at(container, "command"),
          account: accountOf(pod),
        },
      ];
    }
    return [];
  });

/** The environment variable of the operator, of one that is stated twice the last; undefined where it is not stated. */
export const variableOf = ({ container }: Operator, name: string): Node | undefined =>
  elements(at(container, "env")).findLast((each) => at(each, "name").value === name);

/** Whether a version comes before another. */
export function comesBefore(version: string, other: string): boolean {
  const [left = [], right = []] = [version, other].map((each) =>
    each.replace(/^v/, "").split(/[.-]/).map(Number),
  );
  for (const index of [0, 1, 2]) {
    const [own = 0, its = 0] = [left[index], right[index]];
    if (own !== its) return own < its;
  }
  return false;
}
