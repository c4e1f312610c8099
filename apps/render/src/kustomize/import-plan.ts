import { InputError, type Finding } from "@atlas/input";
import { checkObjects } from "./check-objects.ts";
import type { Log } from "./log.ts";
import type { Build } from "./oracle.ts";
import { planTree, type TreePlan } from "./tree-plan.ts";
import { problemsOf, readTree } from "./tree.ts";

/** How a Kustomize directory is read. */
export interface ImportOptions {
  /** What Kustomize makes of a folder, asked where a kustomization says what the sources have no words for. */
  readonly build: Build;
  /** Whether kustomizations that cannot be imported are left as Kustomize builds them. */
  readonly isPartial: boolean;
}

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
