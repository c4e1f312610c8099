import { foldersFor } from "./layout.ts";
import { planLayer, type Planned } from "./layer-plan.ts";
import { note, type Log } from "./log.ts";
import type { FolderPlan } from "./plan.ts";
import type { Tracked } from "./state.ts";
import type { Kustomization } from "./tree.ts";

/** What is made of a tree of kustomizations. */
export interface TreePlan {
  /** Bases and overlays, each with the kustomization that it must be equal to. */
  readonly layers: readonly { readonly plan: FolderPlan; readonly kustomization: Kustomization }[];
  readonly components: readonly FolderPlan[];
}

/** Plans the sources of all kustomizations; what cannot be expressed is a problem in the log. */
export function planTree(kustomizations: readonly Kustomization[], log: Log): TreePlan {
  const folders = foldersFor(kustomizations, log.root);
  const folderOf = (each: Kustomization): string => folders.get(each) ?? "";
  const planned = new Map<Kustomization, Planned>();
  const variants = new Map<Kustomization, FolderPlan[]>();

  function planComponent(component: Kustomization, state: readonly Tracked[]): Planned {
    const known = variants.get(component) ?? [];
    variants.set(component, known);
    // What a component's patches look like depends on the objects: where these differ, so do its sources.
    for (let number = 1; ; number++) {
      const folder = folderOf(component) + (number === 1 ? "" : `-${number}`);
      const made = planLayer(component, folder, { bases: [], state }, planComponent);
      const before = known[number - 1];
      if (!before) known.push(made.plan);
      if (!before || JSON.stringify(before) === JSON.stringify(made.plan)) return made;
    }
  }

  function plan(kustomization: Kustomization): Planned {
    const known = planned.get(kustomization);
    if (known) return known;
    const bases = kustomization.bases.map(plan);
    const state = bases.flatMap((base) => base.state);
    const made = planLayer(kustomization, folderOf(kustomization), { bases, state }, planComponent);
    planned.set(kustomization, made);
    return made;
  }

  const layers = kustomizations.filter(({ isComponent }) => !isComponent);
  const plans = layers.map((kustomization) => ({ plan: plan(kustomization).plan, kustomization }));
  for (const unused of kustomizations.filter((each) => each.isComponent && !variants.has(each)))
    note(log, { ...unused.root.place, what: "no kustomization lists this component, so it is left out" });
  return { layers: plans, components: [...variants.values()].flat() };
}
