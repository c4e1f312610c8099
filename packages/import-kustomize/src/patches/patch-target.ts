import { displayName } from "@atlas/compose";
import type { Log, SourcePlace } from "../model/log.ts";
import type { FolderPlan, PatchTarget } from "../model/plan.ts";
import type { Tracked } from "../model/state.ts";

/**
 * How a patch names an object: by its declaration and, where several bases come from the one that declares it, by that
 * of them that the others do not stand on.
 *
 * @param place where the source has the patch.
 * @returns undefined, when a problem was reported.
 */
export function patchTargetOf(
  target: Tracked,
  state: readonly Tracked[],
  place: SourcePlace,
  log: Log,
): PatchTarget | undefined {
  const { declaration, current } = target;
  const rivals = state.filter((other) => other !== target && other.declaration === declaration);
  if (rivals.length === 0) return { declaration };
  const isOwn = (base: FolderPlan): boolean => rivals.every(({ within }) => !within.includes(base));
  const own = target.within.find(isOwn);
  if (own) return { declaration, in: own };
  log.problems.push({
    ...place,
    object: displayName(current),
    code: "import-patch-target",
    what: `the patch is for one of ${rivals.length + 1} objects that come from one declaration through the same bases`,
    expected: "a base that only one of them comes through",
    fix: "give each of them a kustomization of its own",
  });
  return undefined;
}

/** The way that an object came: what tells those apart that come from one declaration through several bases. */
export const wayOf = ({ declaration, within }: Tracked): string =>
  [declaration.module, ...within.map(({ folder }) => folder)].join("\n");
