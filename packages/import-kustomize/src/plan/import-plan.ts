import { displayPath, InputError, type Finding } from "@atlas/input";
import { checkObjects } from "./check-objects.ts";
import { attempt, type Log } from "../model/log.ts";
import type { Build, Oracle } from "../proof/oracle.ts";
import { planTree, type TreePlan } from "./tree-plan.ts";
import { problemsOf, readTree } from "../read/tree.ts";

/** How a Kustomize directory is read. */
export interface ImportOptions {
  /** What Kustomize makes of the folders, all of which are built once. */
  readonly oracle: Oracle;
  /** Whether kustomizations that cannot be imported are left as Kustomize builds them. */
  readonly isPartial: boolean;
}

/**
 * Reads a Kustomize directory, and plans its sources.
 *
 * @param root where symbolic links end.
 * @throws {InputError} with everything that cannot be imported.
 */
export async function planImport(
  root: string,
  { oracle, isPartial }: ImportOptions,
): Promise<{ readonly plan: TreePlan; readonly build: Build; readonly log: Log }> {
  const log: Log = { root, problems: [], notes: [], effects: [] };
  const tree = readTree(log.root, log);
  const problems = (): Finding[] => [
    ...new Set([...log.problems, ...(isPartial ? [] : tree.flatMap(problemsOf))]),
  ];
  refuse(problems());
  checkObjects(tree);
  const layers = tree.filter(({ isComponent }) => !isComponent);
  const build = await oracle(layers.map(({ folder }) => folder));
  const plan = planTree(tree, { log, build, isPartial });
  refuse(problems());
  // What the sources come to is compared with what Kustomize builds of each.
  for (const { kustomization } of plan.layers) {
    const { folder } = kustomization;
    attempt(log, { file: displayPath(folder) }, () => build(folder));
  }
  refuse(problems());
  return { plan, build, log };
}

function refuse(problems: readonly Finding[]): void {
  if (problems.length > 0) throw new InputError(problems);
}
