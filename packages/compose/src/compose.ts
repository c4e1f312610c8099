import { addContent, type Work } from "./content.ts";
import { displayName, identity, type KubernetesObject, type Resource } from "./object.ts";
import { inApplyOrder } from "./order.ts";
import type { Layer } from "./overlay.ts";
import { ComposeError, type Problem } from "./problem.ts";
import type { Entry } from "./target.ts";

/**
 * What a layer comes to, over all the layers below it, in an order in which it can be applied.
 *
 * The objects are new; those that were handed in stay as they are. An external object that nothing changes comes out as
 * it went in.
 *
 * @param read reads the object of an external file, where a patch or a transform changes it.
 * @throws {ComposeError} with everything that is wrong in any layer.
 */
export function compose(layer: Layer, read?: (source: URL) => KubernetesObject): readonly Resource[] {
  const problems: Problem[] = [];
  const work: Work = { read, problems, entries: [], crds: [], finishers: new Map() };
  addLayers(layer, work, new Set());
  if (problems.length > 0) throw new ComposeError(distinct(problems));
  for (const [finish, open] of work.finishers) finish(work.entries, open);
  return inApplyOrder(work.entries.map(({ object }) => object));
}

/** Applies the layers from the lowest to this one. */
function addLayers(top: Layer, work: Work, within: ReadonlySet<Layer>): void {
  const layers = layersOf(top, work.problems, within);
  for (const { crds } of layers) work.crds.push(...crds);
  for (const [index, layer] of layers.entries()) {
    for (const beside of layer.beside ?? []) {
      const other: Work = { ...work, entries: [] };
      addLayers(beside, other, new Set([...within, ...layers.slice(index)]));
      for (const entry of other.entries) work.entries.push(entry);
    }
    addContent(layer, work, []);
    work.problems.push(...duplicates(work.entries));
  }
}

/** The layers from the lowest to this one. */
function layersOf(top: Layer, problems: Problem[], within: ReadonlySet<Layer>): Layer[] {
  const layers = new Set<Layer>();
  for (let layer: Layer | undefined = top; layer; layer = layer.below) {
    if (layers.has(layer) || within.has(layer)) {
      problems.push({
        what: "a layer stands on itself",
        expected: "layers that end in a base",
        mend: "give one of them another base",
      });
      return [];
    }
    layers.add(layer);
    const isMissing = "below" in layer && layer.below === undefined;
    if (isMissing || layer.beside?.includes(undefined as never)) problems.push(missingBase);
  }
  return [...layers].toReversed();
}

const missingBase: Problem = {
  what: "an overlay's base is undefined",
  path: "base",
  expected: "a base or another overlay",
  mend: "look for two files that import each other, or for an export of another name",
};

function duplicates(entries: readonly Entry[]): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ object }) => {
    const { group, kind, namespace, name } = identity(object);
    const key = JSON.stringify([group, kind, namespace, name]);
    if (!seen.has(key)) return (seen.add(key), []);
    const place = namespace === undefined ? "" : ` in the namespace "${namespace}"`;
    return [
      {
        what: `two objects are ${displayName(object)}${place}`,
        object: displayName(object),
        expected: "one object of each group, kind, namespace and name",
        mend: "rename one of them, or patch the one of the layer below instead of declaring it again",
      },
    ];
  });
}

/** A layer sees again what is wrong in the objects of those below it; once is enough. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
