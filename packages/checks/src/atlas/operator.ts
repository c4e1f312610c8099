import type { World } from "../findings/world.ts";
import { imageName, imageOf, type Image } from "../objects/image.ts";
import { at, elements, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { accountOf } from "../rbac/bound.ts";
import { environmentOf, type Environment, type Variable } from "./environment.ts";

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
  readonly environment: Environment;
}

const knownOperators = new WeakMap<World, readonly Operator[]>();

/** The operators among the objects, told by the name of their image, which mirrors keep. */
export function operatorsIn(world: World): readonly Operator[] {
  const operators = knownOperators.get(world) ?? operatorsAmong(world);
  knownOperators.set(world, operators);
  return operators;
}

const operatorsAmong = (world: World): readonly Operator[] =>
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
          environment: environmentOf(world, pod, container),
        },
      ];
    }
    return [];
  });

/** The environment variable of the operator; undefined where nothing among the objects states it. */
export const variableOf = ({ environment }: Operator, name: string): Variable | undefined =>
  environment.variables.get(name);

/** Whether the operator may have a variable, as it is stated, or comes with others that only the cluster knows. */
export const mayHaveVariable = (operator: Operator, name: string): boolean =>
  variableOf(operator, name) !== undefined || !operator.environment.isWhole;

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
