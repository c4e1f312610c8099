import { base, component, overlay, type Component, type Layer, type LayerContent } from "@atlas/compose";
import { configMapGenerator, secretGenerator, type Generator } from "@atlas/compose/generators";
import { resourceOf } from "./in-memory.ts";
import { engineForm } from "./patch-plan.ts";
import type { ContentPlan, FolderPlan, GeneratorPlan } from "./plan.ts";

/** What the sources of a folder will be, once they are loaded. */
export function layerOf(plan: FolderPlan): Layer {
  let layer: Layer | undefined;
  for (const step of plan.steps) {
    const below: readonly Layer[] = layer ? [layer] : plan.bases.map(layerOf);
    const [first, ...others] = below;
    const content = contentOf(step);
    layer = first ? overlay({ base: [first, ...others], ...content }) : base(content);
  }
  return layer ?? base({});
}

function componentOf(plan: FolderPlan): Component {
  const [first = {}, ...others] = plan.steps.map(contentOf);
  return others.reduce<Component>(
    (below, content) => component({ ...content, components: [below, ...(content.components ?? [])] }),
    component(first),
  );
}

function contentOf({ omitted: _omitted, ...step }: ContentPlan): LayerContent {
  return {
    ...step,
    resources: step.resources.map(({ object }) => resourceOf(object)),
    generators: step.generators.flatMap(({ form }) =>
      form.kind === "generated" ? [generatorOf(form.generator)] : [],
    ),
    components: step.components.map(componentOf),
    patches: step.patches.flatMap((patch) =>
      patch.targets.map(({ object }) => engineForm(patch, resourceOf(object))),
    ),
  };
}

const generatorOf = ({ function: kind, options }: GeneratorPlan): Generator =>
  kind === "configMapGenerator" ? configMapGenerator(options) : secretGenerator(options);
