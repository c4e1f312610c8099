import { component, type Component, type Problem } from "@atlas/compose";
import { marksFor } from "../gitops/marks.ts";
import type { GitOpsTool } from "../gitops/tool.ts";
import { calledWith, refuseSettings, settingProblem, wordProblem } from "../settings.ts";

/**
 * Tells Argo CD or Flux, by annotations, what to keep and what comes first: namespaces, CRDs, AtlasSchema, AtlasMigration,
 * PersistentVolume and PersistentVolumeClaim objects stay when they are in the repository no more, as people's data would go
 * with them. For Argo CD, namespaces and CRDs are a wave of their own before all else, and the operator's kinds one after it.
 * An annotation that an object states itself stays as it is; `atlas-render gitops` refuses one that does not keep the object.
 *
 * List it in the uppermost layer: what a layer above adds has no annotation yet.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 *
 * @example
 * overlay({ base: dev, components: [gitops("argocd")] });
 */
export function gitops(...tools: readonly [GitOpsTool, ...GitOpsTool[]]): Component {
  return calledWith(gitops, [{ tools }], () => {
    refuseSettings(
      noTool(tools),
      ...tools.map((tool, index) => wordProblem(`tools[${index}]`, tool, ["argocd", "flux"])),
    );
    return component({ annotations: tools.flatMap(marksFor) });
  });
}

const noTool = (tools: readonly unknown[]): Problem | undefined =>
  tools.length > 0
    ? undefined
    : settingProblem("tools", tools, "names no tool", 'name "argocd" or "flux", or both');
