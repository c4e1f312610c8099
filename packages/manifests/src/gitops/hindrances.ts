import type { Problem } from "@atlas/compose";
import type { DeliveredEnvironment } from "./environment.ts";
import { unguardedProblems } from "./guarded.ts";
import { orderProblems } from "./order.ts";
import { unplacedProblems } from "./placed.ts";
import type { GitOpsTool } from "./tool.ts";

/**
 * Why an environment is not to be delivered by a tool as it is: it would delete people's data once an object is in the
 * repository no more, apply objects before what they need, or put them wherever it stands itself.
 *
 * @example
 * hindrances(environment, "flux").map(({ object, what }) => `${object}: ${what}`);
 */
export const hindrances = (
  { objects }: Pick<DeliveredEnvironment, "objects">,
  tool: GitOpsTool,
): readonly Problem[] => [
  ...unguardedProblems(objects, tool),
  ...unplacedProblems(objects),
  // Flux has an order of its own.
  ...(tool === "argocd" ? orderProblems(objects) : []),
];
