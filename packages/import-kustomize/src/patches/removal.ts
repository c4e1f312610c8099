import { patch, type KubernetesObject } from "@atlas/compose";
import { findingsOf } from "@atlas/input";
import { resourceOf } from "../model/in-memory.ts";
import { composePlain, type Tracked } from "../model/state.ts";

/**
 * Whether objects that stay name one that is removed, as a volume does the Secret that cert-manager makes from then on.
 * The removal has to say then that the object comes from elsewhere.
 */
export function isStillNamed(removed: KubernetesObject, staying: readonly Tracked[]): boolean {
  const object = resourceOf(removed);
  const resources = [object, ...staying.map(({ current }) => resourceOf(current))];
  const problems = (override: boolean): number =>
    countProblems(() => composePlain({ resources, patches: [patch(object, null, { override })] }));
  return problems(false) > problems(true);
}

function countProblems(act: () => unknown): number {
  try {
    act();
    return 0;
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    return findings.length;
  }
}
