import { unstatedNamespaces, type KubernetesObject } from "@atlas/compose";
import { displayPath, InputError, type Finding } from "@atlas/input";
import { checkNames, checkObjects } from "./check-objects.ts";
import { layerOf } from "./layer-of.ts";
import { attempt, note, ownLog, type Log } from "../model/log.ts";
import { readSource } from "../model/read-source.ts";
import type { Build, Oracle } from "../proof/oracle.ts";
import { planTree, type LayerPlan, type TreePlan } from "./tree-plan.ts";
import { treeProblems, readTree, type Kustomization } from "../tree/tree.ts";

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
  const problems = (): Finding[] =>
    distinctFindings([...log.problems, ...(isPartial ? [] : tree.flatMap(treeProblems))]);
  refuseProblems(problems());
  const misnamed = checkObjects(tree);
  const layers = tree.filter(({ isComponent }) => !isComponent);
  const build = await oracle(layers.map(({ folder }) => folder));
  if (misnamed.length > 0) checkNames(misnamed, uppermostObjects(tree, build));
  const plan = planTree(tree, { log, build, isPartial });
  refuseProblems(problems());
  // What the sources come to is compared with what Kustomize builds of each.
  for (const { kustomization } of plan.layers) {
    const { folder } = kustomization;
    attempt(log, { file: displayPath(folder) }, () => build(folder));
  }
  refuseProblems(problems());
  for (const layer of uppermostLayers(plan)) noteUnstatedNamespaces(layer, build, log);
  return { plan, build, log };
}

/** What is wrong with an object is wrong with it in each layer that has it: it is said once, of where it stands. */
function distinctFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    const { object, path, what, places = [], file, line } = finding;
    const place = places.length > 0 ? places : [file, line];
    const key = JSON.stringify([object, path, what, place]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [withFix(finding)];
  });
}

/** A placeholder in the place of another value is replaced after Kustomize, by Flux or `envsubst`. */
function withFix(finding: Finding): Finding {
  const isPlaceholder = /^got ".*\$[{(]\w+.*[)}].*"$/.test(finding.what);
  if (!isPlaceholder) return finding;
  return { ...finding, fix: "state a value: what puts one in there comes after Kustomize" };
}

function refuseProblems(problems: readonly Finding[]): void {
  if (problems.length > 0) throw new InputError(problems);
}

/** The objects of the kustomizations that no other stands on, as far as Kustomize builds them. */
function uppermostObjects(tree: readonly Kustomization[], build: Build): KubernetesObject[] {
  const below = new Set(tree.flatMap(({ bases }) => bases));
  const uppermost = tree.filter((each) => !each.isComponent && !below.has(each));
  return uppermost.flatMap(({ folder, root }) => {
    const built = attempt(ownLog(root.log), root.place, () => build(folder));
    return (built ?? []) as unknown as KubernetesObject[];
  });
}

/** Those that no other stands on: they are rendered, if any is. */
function uppermostLayers({ layers }: TreePlan): LayerPlan[] {
  const below = new Set(layers.flatMap(({ plan }) => plan.bases));
  return layers.filter(({ plan }) => !below.has(plan));
}

/** Kustomize leaves to whoever applies where some of the objects stand; a render does not. */
function noteUnstatedNamespaces({ plan, kustomization }: LayerPlan, build: Build, log: Log): void {
  const { folder, root } = kustomization;
  const objects = build(folder) as unknown as readonly KubernetesObject[];
  const [first, ...others] = unstatedNamespaces(layerOf(plan), objects, readSource);
  if (!first) return;
  const more = others.length === 0 ? "" : `; so it is with ${others.length} more`;
  note(log, {
    ...first,
    ...root.place,
    what: `${first.what}, which a render of ${plan.folder} refuses${more}`,
    fix: `state a namespace in ${plan.folder}/index.ts`,
  });
}
