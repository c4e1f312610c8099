import { InputError, type Finding } from "@atlas/input";
import { checkObjects } from "./check-objects.ts";
import type { Log } from "../model/log.ts";
import { planTree, type ImportOptions, type TreePlan } from "./tree-plan.ts";
import { problemsOf, readTree } from "../read/tree.ts";

/**
 * Reads a Kustomize directory, and plans its sources.
 *
 * @param root where symbolic links end.
 * @throws {InputError} with everything that cannot be imported.
 */
export function planImport(
  root: string,
  { build, isPartial }: ImportOptions,
): { readonly plan: TreePlan; readonly log: Log } {
  const log: Log = { root, problems: [], notes: [], effects: [] };
  const tree = readTree(log.root, log);
  const problems = (): Finding[] => [
    ...new Set([...log.problems, ...(isPartial ? [] : tree.flatMap(problemsOf))]),
  ];
  refuse(problems());
  checkObjects(tree);
  const plan = planTree(tree, { log, build, isPartial });
  refuse(problems());
  return { plan, log };
}

function refuse(problems: readonly Finding[]): void {
  if (problems.length > 0) throw new InputError(problems);
}
