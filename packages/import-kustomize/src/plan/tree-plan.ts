import { isYamlRecord } from "../read/cursor.ts";
import { foldersFor } from "./layout.ts";
import { findingsOf, type Finding } from "@atlas/input";
import type { Build } from "../proof/oracle.ts";
import { leave } from "./leave.ts";
import { effectsOf, settleDifferences } from "./settle.ts";
import { planLayer, type Planned } from "./layer-plan.ts";
import { compose } from "@atlas/compose";
import { layerOf } from "./layer-of.ts";
import { attempt, note, type Log } from "../model/log.ts";
import { readSource } from "../model/read-source.ts";
import type { FolderPlan } from "../model/plan.ts";
import type { Tracked } from "../model/state.ts";
import { treeProblems, type Kustomization } from "../tree/tree.ts";

interface TreeOptions {
  readonly log: Log;
  /** What Kustomize makes of a folder, asked where a kustomization says what the sources have no words for. */
  readonly build: Build;
  readonly isPartial: boolean;
}

/** A base or an overlay, and the kustomization that it must be equal to. */
export interface LayerPlan {
  readonly plan: FolderPlan;
  readonly kustomization: Kustomization;
  /** Why it is left as Kustomize builds it; nothing where it is imported. */
  readonly why: readonly Finding[];
}

/** What is made of a tree of kustomizations. */
export interface TreePlan {
  /** Bases and overlays. */
  readonly layers: readonly LayerPlan[];
  readonly components: readonly FolderPlan[];
  /** Whether no base or overlay is left out, which a partial import does with those that Kustomize does not build. */
  readonly isComplete: boolean;
}

/** The components that folders list, each once. */
function componentsOf(folders: readonly FolderPlan[]): FolderPlan[] {
  const found = folders.flatMap(({ steps }) => steps.flatMap(({ components }) => components));
  return [...new Set(found.flatMap((each) => [...componentsOf([each]), each]))];
}

/** What tells the plans of one component apart; a base that a patch names is told by its folder. */
const planText = (plan: FolderPlan): string =>
  JSON.stringify(plan, (field, value: unknown) =>
    field === "in" && isYamlRecord(value) ? value["folder"] : value,
  );

/** Reports what is wrong with all objects of a layer together. */
function checkTree({ plan }: Planned, { root }: Kustomization): void {
  attempt(root.log, root.place, () => compose(layerOf(plan), readSource));
}

/** Plans the sources of all kustomizations; what cannot be expressed is a problem in the log. */
export function planTree(
  kustomizations: readonly Kustomization[],
  { log, build, isPartial }: TreeOptions,
): TreePlan {
  const folders = foldersFor(kustomizations, log.root);
  const folderOf = (each: Kustomization): string => folders.get(each) ?? "";
  const planned = new Map<Kustomization, Planned>();
  const settled = new Set<Kustomization>();
  const variants = new Map<Kustomization, FolderPlan[]>();

  function planComponent(component: Kustomization, state: readonly Tracked[]): Planned {
    const known = variants.get(component) ?? [];
    variants.set(component, known);
    const added = component.bases.flatMap((base) => plan(base).state);
    // What a component's patches look like depends on the objects: where these differ, so do its sources.
    for (let number = 1; ; number++) {
      const folder = folderOf(component) + (number === 1 ? "" : `-${number}`);
      const made = planLayer(component, folder, { bases: [], state, added }, planComponent);
      const before = known[number - 1];
      if (!before) known.push(made.plan);
      if (!before || planText(before) === planText(made.plan)) return made;
    }
  }

  function plan(kustomization: Kustomization): Planned {
    const known = planned.get(kustomization);
    if (known) return known;
    const bases = kustomization.bases.map(plan);
    const isLeft = (): boolean => isPartial && treeProblems(kustomization).length > 0;
    const made = isLeft() ? undefined : planOver(kustomization, bases);
    // What is wrong with all objects together shows when they are composed; there is still something else to do then.
    if (made && isPartial) checkTree(made, kustomization);
    if (isLeft()) settled.add(kustomization);
    const result = made && !isLeft() ? made : leave(kustomization, folderOf(kustomization), build);
    planned.set(kustomization, result);
    return result;
  }

  function planOver(kustomization: Kustomization, bases: readonly Planned[]): Planned {
    const state = bases.flatMap((base) =>
      base.state.map((tracked) => ({ ...tracked, within: [base.plan, ...tracked.within] })),
    );
    const made = planLayer(kustomization, folderOf(kustomization), { bases, state }, planComponent);
    const effects = effectsOf(kustomization, log);
    if (effects.length === 0 && !kustomization.bases.some((base) => settled.has(base))) return made;
    settled.add(kustomization);
    return settleDifferences(made, kustomization, { effects, build });
  }

  const unbuilt: Finding[] = [];
  const layers = kustomizations.filter(({ isComponent }) => !isComponent);
  const plans = layers.flatMap((kustomization): LayerPlan[] => {
    try {
      const { plan: made } = plan(kustomization);
      // Kustomize has to build what it is to be compared with.
      if (isPartial) build(kustomization.folder);
      return [{ plan: made, kustomization, why: treeProblems(kustomization) }];
    } catch (error) {
      const findings = isPartial ? findingsOf(error) : undefined;
      if (!findings) throw error;
      for (const finding of findings) note(log, { ...finding, what: `left out: ${finding.what}` });
      unbuilt.push(...findings);
      return [];
    }
  });
  if (plans.length === 0) log.problems.push(...unbuilt);
  for (const unused of kustomizations.filter((each) => each.isComponent && !variants.has(each)))
    note(log, {
      ...unused.root.place,
      code: "import-left-out",
      what: "no kustomization lists this component, so it is left out",
    });
  return {
    layers: plans,
    components: componentsOf(plans.map((each) => each.plan)),
    isComplete: unbuilt.length === 0,
  };
}
