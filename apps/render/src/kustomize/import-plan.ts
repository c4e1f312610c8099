import { InputError } from "../failure.ts";
import { checkObjects } from "./check-objects.ts";
import type { Log } from "./log.ts";
import { checkSchemas } from "./schemas.ts";
import { planTree, type TreePlan } from "./tree-plan.ts";
import { readTree } from "./tree.ts";

/**
 * Reads a Kustomize directory, and plans its sources.
 *
 * @param root where symbolic links end.
 * @throws {InputError} with everything that cannot be imported.
 */
export function planImport(root: string): { readonly plan: TreePlan; readonly log: Log } {
  const log: Log = { root, problems: [], notes: [] };
  const tree = readTree(log.root, log);
  refuseProblems(log);
  const plan = planTree(tree, log);
  checkObjects(tree, log);
  checkSchemas(tree, plan, log);
  refuseProblems(log);
  return { plan, log };
}

function refuseProblems({ problems }: Log): void {
  if (problems.length > 0) throw new InputError(problems);
}
