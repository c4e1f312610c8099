import { customKindsOf, type CustomKinds } from "./crd.ts";
import { applyImages } from "./image.ts";
import type { Settings } from "./merge.ts";
import { applyNamespace } from "./namespace.ts";
import { displayName, identity, isExternal, type KubernetesObject, type Resource } from "./object.ts";
import { inApplyOrder } from "./order.ts";
import type { Layer } from "./overlay.ts";
import { applyPatch } from "./patch.ts";
import { copy } from "./plain.ts";
import { ComposeError, type Problem } from "./problem.ts";
import { malformedNamespace, malformedPatch, malformedResource } from "./malformed.ts";
import { isClusterScoped } from "./scope.ts";
import { findTarget, type Entry } from "./target.ts";

type Read = (source: URL) => KubernetesObject;

/** What the layers share while they are composed. */
interface Work {
  readonly read: Read | undefined;
  readonly problems: Problem[];
}

/**
 * What a layer comes to, over all the layers below it, in an order in which it can be applied.
 *
 * The objects are new; those that were handed in stay as they are. An external object that nothing changes comes out as
 * it went in.
 *
 * @param read reads the object of an external file, where a patch or a transform changes it.
 * @throws {ComposeError} with everything that is wrong in any layer.
 */
export function compose(layer: Layer, read?: Read): readonly Resource[] {
  const work: Work = { read, problems: [] };
  const entries: Entry[] = [];
  const layers = layersOf(layer, work);
  const crds = layers.flatMap((each) => each.crds);
  for (const each of layers) addLayer(entries, each, crds, work);
  if (work.problems.length > 0) throw new ComposeError(distinct(work.problems));
  return inApplyOrder(entries.map(({ object }) => object));
}

/** The layers from the lowest to this one. */
function layersOf(top: Layer, { problems }: Work): Layer[] {
  const layers: Layer[] = [];
  for (let layer: Layer | undefined = top; layer; layer = layer.below) {
    if (layers.includes(layer)) {
      problems.push({
        what: "a layer stands on itself",
        expected: "layers that end in a base",
        mend: "give one of them another base",
      });
      return [];
    }
    layers.unshift(layer);
    if ("below" in layer && layer.below === undefined) problems.push(missingBase);
  }
  return layers;
}

const missingBase: Problem = {
  what: "an overlay's base is undefined",
  path: "base",
  expected: "a base or another overlay",
  mend: "look for two files that import each other, or for an export of another name",
};

function addLayer(entries: Entry[], layer: Layer, crds: readonly Resource[], work: Work): void {
  for (const [index, origin] of layer.resources.entries()) {
    const malformed = malformedResource(origin, index);
    if (malformed) work.problems.push(malformed);
    else entries.push({ origin, object: isExternal(origin) ? origin : copy(origin) });
  }
  const open = (resource: Resource): KubernetesObject | undefined =>
    isExternal(resource) ? work.read?.(resource.source) : resource;
  const customKinds = customKindsOf([...entries.map(({ object }) => object), ...crds], open);
  applyPatches(entries, layer, customKinds, work);
  work.problems.push(...applyImages(plainObjects(entries), layer.images));
  if (layer.namespace !== undefined) moveEntries(entries, layer.namespace, customKinds, work);
  work.problems.push(...duplicates(entries));
}

const plainObjects = (entries: readonly Entry[]): KubernetesObject[] =>
  entries.flatMap(({ object }) => (isExternal(object) ? [] : [object]));

function applyPatches(entries: Entry[], { patches }: Layer, customKinds: CustomKinds, work: Work): void {
  const settings = new Map<Entry, Settings>();
  for (const [index, patch] of patches.entries()) {
    const found = malformedPatch(patch, index) ?? findTarget(entries, patch);
    if ("what" in found) work.problems.push(found);
    else {
      const known: Settings = settings.get(found) ?? new Map();
      settings.set(found, known);
      const { problems, isRemoved } = applyPatch(openEntry(found, work), patch, known, customKinds);
      work.problems.push(...problems);
      if (isRemoved) entries.splice(entries.indexOf(found), 1);
    }
  }
}

/** The entry's object as one that can be changed; an external one is read. */
function openEntry(entry: Entry, { read }: Work): KubernetesObject {
  const { object } = entry;
  if (!isExternal(object)) return object;
  if (!read) {
    const { href } = object.source;
    throw new TypeError(`compose() was given nothing to read ${href} with, and a transform changes it`);
  }
  const opened = copy(read(object.source));
  entry.object = opened;
  return opened;
}

function moveEntries(
  entries: readonly Entry[],
  namespace: string,
  customKinds: CustomKinds,
  work: Work,
): void {
  const malformed = malformedNamespace(namespace);
  if (malformed) work.problems.push(malformed);
  else {
    // A file of a cluster-scoped object has nothing to move.
    for (const entry of entries) {
      if (isExternal(entry.object) && !isClusterScoped(entry.object, customKinds)) openEntry(entry, work);
    }
    work.problems.push(...applyNamespace(plainObjects(entries), namespace, customKinds));
  }
}

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
