import { base, component, overlay, type Component, type Layer, type LayerContent } from "@atlas/compose";
import { configMapGenerator, secretGenerator, type Generator } from "@atlas/compose/generators";
import { resourceOf } from "../model/in-memory.ts";
import { engineForm } from "../patches/patch-plan.ts";
import type { ContentPlan, FolderPlan, GeneratorPlan } from "../model/plan.ts";

/** Each folder is one layer, whoever stands on it or names it, as modules are loaded once. */
const layers = new WeakMap<FolderPlan, Layer>();

/** What the sources of a folder will be, once they are loaded. */
export function layerOf(plan: FolderPlan): Layer {
  const known = layers.get(plan) ?? makeLayer(plan);
  layers.set(plan, known);
  return known;
}

function makeLayer(plan: FolderPlan): Layer {
  let layer: Layer | undefined;
  for (const step of plan.steps) {
    const below: readonly Layer[] = layer ? [layer] : plan.bases.map(layerOf);
    const [first, ...others] = below;
    const content = layerContent(step);
    layer = first ? overlay({ base: [first, ...others], ...content }) : base(content);
  }
  return layer ?? base({});
}

function componentOf(plan: FolderPlan): Component {
  const [first = {}, ...others] = plan.steps.map(layerContent);
  return others.reduce<Component>(
    (below, content) => component({ ...content, components: [below, ...(content.components ?? [])] }),
    component(first),
  );
}

function layerContent(step: ContentPlan): LayerContent {
  return {
    ...step.transforms,
    resources: step.resources.map(({ object }) => resourceOf(object)),
    generators: step.generators.flatMap(({ form }) =>
      form.kind === "generated" ? [generatorOf(form.generator)] : [],
    ),
    components: step.components.map(componentOf),
    patches: step.patches.flatMap((patch) =>
      patch.targets.map(({ declaration, in: within }) =>
        engineForm(patch, resourceOf(declaration.object), within && layerOf(within)),
      ),
    ),
  };
}

const generatorOf = ({ function: kind, options }: GeneratorPlan): Generator =>
  kind === "configMapGenerator" ? configMapGenerator(options) : secretGenerator(options);
