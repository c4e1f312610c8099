import { isCustomKind } from "./declare.ts";
import { child, report } from "./cursor.ts";
import { note, type Log } from "./log.ts";
import type { TreePlan } from "./tree-plan.ts";
import type { Kustomization } from "./tree.ts";

/**
 * `openapi` says how lists of custom kinds are merged, `crds` which of their fields name others. Where no patch merges
 * custom objects, and no name is generated, they change nothing; otherwise they have no counterpart.
 */
export function checkSchemas(
  tree: readonly Kustomization[],
  { layers, components }: TreePlan,
  log: Log,
): void {
  const steps = [...layers.map(({ plan }) => plan), ...components].flatMap((plan) => plan.steps);
  const patches = steps.flatMap((step) => step.patches);
  const isMerged = patches.some(
    ({ form, targets }) => form !== "json" && targets.some(({ object }) => isCustomKind(object)),
  );
  const isNamed = steps.some(({ generators }) => generators.length > 0);
  for (const { root } of tree) {
    for (const [name, matters] of [
      ["openapi", isMerged],
      ["crds", isNamed],
    ] as const) {
      const field = child(root, name);
      if (!field) continue;
      const { place, path } = field;
      if (!matters) note(log, { ...place, path, what: `${name} is left out: it changes no object here` });
      else
        report(
          field,
          `${name} has no counterpart`,
          "CustomResourceDefinitions among the resources",
          "patch what it is for",
        );
    }
  }
}
