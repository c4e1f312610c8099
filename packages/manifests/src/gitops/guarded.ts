import { displayName, identity, type KubernetesObject, type Problem } from "@atlas/compose";
import { annotationWords } from "./environment.ts";
import { guardedKinds, guards, type GuardMark } from "./marks.ts";
import type { GitOpsTool } from "./tool.ts";

/** Objects that the tool would delete, and people's data with them, once they are in the repository no more. */
export function unguardedProblems(
  objects: readonly KubernetesObject[],
  tool: GitOpsTool,
): readonly Problem[] {
  return objects.filter(isGuarded).flatMap((object) => {
    const missing = missingOf(object, guards[tool]);
    return missing.length === 0 ? [] : [unguarded(object, missing, tool)];
  });
}

/** Whether an object takes people's data with it when it goes. */
export function isGuarded(object: KubernetesObject): boolean {
  const { group, kind } = identity(object);
  return guardedKinds.some((guarded) => guarded.group === group && guarded.kind === kind);
}

/** The words that an annotation lacks. Where a person has to confirm it, nothing is lost by itself either. */
function missingOf(object: KubernetesObject, { name, words }: GuardMark): readonly string[] {
  const stated = annotationWords(object, name);
  return words.filter((word) => !stated.has(word) && !stated.has(word.replace(/=false$/, "=confirm")));
}

const unguarded = (object: KubernetesObject, missing: readonly string[], tool: GitOpsTool): Problem => ({
  code: "manifests/gitops-unguarded",
  object: displayName(object),
  path: `metadata.annotations["${guards[tool].name}"]`,
  what: `nothing keeps it from being deleted when it is in the repository no more: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`,
  expected: guards[tool].words.join(","),
  fix: `list gitops("${tool}") of @atlas/manifests/options among the components of the uppermost layer`,
});
