import { brokenRules } from "./broken-rules.ts";
import { addContent, customKindsIn, type Observer, type Work } from "./content.ts";
import { danglingReferences } from "./dangling.ts";
import { displayName, identity, isExternal, type Resource } from "../kubernetes/object.ts";
import { inApplyOrder } from "../kubernetes/order.ts";
import { wrongType } from "../problems/field-problems.ts";
import { layerProblems } from "./layer-fields.ts";
import { isLayer, type Component, type Layer } from "./overlay.ts";
import { mistaken, typeOf } from "../problems/mistaken.ts";
import { placeOf } from "../problems/places.ts";
import { copy } from "../value/plain.ts";
import { ComposeError, type NamedPlace, type Problem } from "../problems/problem.ts";
import { inLayer, namedPlaces, placeOfStated } from "../problems/stated.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { Reader } from "../kubernetes/reader.ts";
import { placeOfBase } from "./target.ts";
import type { Entry } from "../transforms/entry.ts";

/**
 * What a layer comes to, over all the layers below it, in an order in which it can be applied.
 *
 * The objects are new; those that were handed in stay as they are. An external object that nothing changes comes out as
 * it went in.
 *
 * @param read reads the object of an external file, where a patch or a transform changes it.
 * @param known what layers have come to in earlier calls. Many layers that stand on one are composed with one such map,
 * and the same `read`, and the one they stand on is composed once.
 * @throws {ComposeError} with everything that is wrong in any layer.
 */
export function compose(layer: Layer, read?: Reader, known?: ComposedLayers): readonly Resource[] {
  return inApplyOrder(composeWork(layer, { read, known }).entries.map(({ object }) => object));
}

/** Composes a layer; `observe` is told of each statement as it is applied. */
export function composeWork(
  layer: Layer,
  {
    read,
    known,
    observe,
  }: {
    readonly read: Reader | undefined;
    readonly known?: ComposedLayers | undefined;
    readonly observe?: Observer;
  },
): Work {
  if (!isLayer(layer)) throw new ComposeError([notALayer(layer)]);
  if (read !== undefined && typeof read !== "function")
    throw new ComposeError([wrongType("", "a layer and, if any, a function that reads files", read)]);
  const problems: Problem[] = [];
  // The definitions of this layer say how those below it are patched; without any, it changes nothing there.
  const below = layer.crds.length === 0 && !layer.beside ? layer.below : undefined;
  const start = below && known?.get(below);
  const work: Work = {
    read,
    observe,
    problems,
    entries: [],
    removed: [],
    settled: [],
    crds: [],
    finishers: new Map(),
  };
  checkLayerFields(layer, problems);
  if (problems.length > 0) throw new ComposeError(distinctProblems(problems));
  if (start) addLayer(layer, Object.assign(work, fork(start)));
  else {
    addLayers(layer, work, new Set(), () => {
      if (below && problems.length === 0) known?.set(below, fork(work));
    });
  }
  if (problems.length > 0) throw new ComposeError(distinctProblems(problems));
  for (const [finish, open] of work.finishers)
    problems.push(...finish(work.entries, open, customKindsIn(work)));
  observe?.({ by: layer, says: "name hash" }, work.entries);
  // Who looks on has been told of the layer's problems before.
  if (observe) return work;
  problems.push(...danglingReferences(work, customKindsIn(work)));
  problems.push(...brokenRules(work.entries, (looksOn) => composeWork(layer, { read, observe: looksOn })));
  if (problems.length > 0) throw new ComposeError(problems);
  return work;
}

/** What layers have come to, for those that stand on them. */
export type ComposedLayers = WeakMap<Layer, Composed>;
type Composed = Pick<Work, "entries" | "removed" | "settled" | "crds" | "finishers">;

/** The same once more, for what goes on to change it. */
function fork({ entries, removed, settled, crds, finishers }: Composed): Composed {
  return {
    removed: [...removed],
    settled,
    entries: entries.map(({ object, ...entry }) => ({
      ...entry,
      object: isExternal(object) ? object : copy(object),
    })),
    crds: [...crds],
    finishers: new Map(finishers),
  };
}

/** Applies the layers from the lowest to this one; says when those below it are done. */
function addLayers(top: Layer, work: Work, within: ReadonlySet<Layer>, belowDone?: () => void): void {
  const layers = layersOf(top, work.problems, within);
  for (const { crds } of layers) work.crds.push(...crds);
  for (const [index, layer] of layers.entries()) {
    if (layer.beside)
      addBeside(layer.beside, layers.slice(0, index), work, new Set([...within, ...layers.slice(index)]));
    if (layer === top) belowDone?.();
    addLayer(layer, work);
  }
}

/** Adds the objects of further bases, each complete by itself. */
function addBeside(
  bases: readonly Layer[],
  below: readonly Layer[],
  work: Work,
  within: ReadonlySet<Layer>,
): void {
  comeFrom(sinceFork(below), work.entries);
  for (const beside of bases) {
    const other: Work = { ...work, entries: [], settled: [] };
    addLayers(beside, other, within);
    comeFrom(sinceFork(layersOf(beside, [], within)), other.entries);
    for (const entry of other.entries) work.entries.push(entry);
    const known = new Set(work.settled.map(({ namespace }) => namespace));
    work.settled = [...work.settled, ...other.settled.filter(({ namespace }) => !known.has(namespace))];
  }
}

/** Of layers on each other, those that all objects have come through: below a fork, each comes from one of the bases. */
function sinceFork(layers: readonly Layer[]): Set<Layer> {
  const forked = layers.findLastIndex(({ beside }) => beside !== undefined && beside.length > 0);
  return new Set(layers.slice(Math.max(0, forked)));
}

/** Notes which of several bases objects come from. */
function comeFrom(layers: ReadonlySet<Layer>, entries: readonly Entry[]): void {
  for (const entry of entries) entry.within = new Set([...(entry.within ?? []), ...layers]);
}

function addLayer(layer: Layer, work: Work): void {
  addContent(layer, work, []);
  work.problems.push(...duplicateObjects(work));
  work.settled = settledIn(work, layer);
}

/** The namespace that a layer settles on without saying so: the one that all of its objects state. */
function settledIn({ settled, entries, ...work }: Work, by: Layer): Work["settled"] {
  if (settled.length > 0) return settled;
  const spaces = new Set(entries.map(({ object }) => identity(object).namespace));
  spaces.delete(undefined);
  const [namespace, ...others] = spaces;
  if (namespace === undefined || others.length > 0) return settled;
  const customKinds = customKindsIn({ ...work, entries, settled });
  const isEverywhere = entries.every(
    ({ object }) => identity(object).namespace !== undefined || isClusterScoped(object, customKinds),
  );
  return isEverywhere ? [{ namespace, by }] : settled;
}

/** What is wrong with the fields of layers and components themselves. */
function checkLayerFields(top: Layer, problems: Problem[]): void {
  const seen = new Set<unknown>();
  const check = (value: Layer | Component | undefined): void => {
    const type = typeOf(value);
    // What is not a layer or component is reported where it is used.
    if (!value || seen.has(value) || (type !== "layer" && type !== "component")) return;
    seen.add(value);
    for (const problem of layerProblems(value)) problems.push(inLayer(problem, value));
    if (Array.isArray(value.components)) value.components.forEach(check);
    if (!("below" in value)) return;
    check(value.below);
    value.beside?.forEach(check);
  };
  check(top);
}

/** The layers from the lowest to this one. */
function layersOf(top: Layer, problems: Problem[], within: ReadonlySet<Layer>): Layer[] {
  const layers = new Set<Layer>();
  for (let layer: Layer | undefined = top; layer; layer = layer.below) {
    if (layers.has(layer) || within.has(layer)) {
      problems.push({
        code: "layer-circular",
        what: "a layer stands on itself",
        expected: "layers that end in a base",
        fix: "give one of them another base",
        places: namedPlaces("layer", placeOf(layer, ["base"])),
      });
      return [];
    }
    layers.add(layer);
    const bases = "below" in layer ? [layer.below, ...(layer.beside ?? [])] : [];
    const wrong = bases.filter((each) => !isLayer(each));
    for (const each of wrong) problems.push(inLayer(wrongBase(each), layer));
    if (wrong.length > 0) return [];
  }
  return [...layers].toReversed();
}

function notALayer(given: unknown): Problem {
  const { what, fix = "give the object to base() or overlay()" } = mistaken(given);
  return {
    code: "layer-expected",
    what: `what is to be composed is ${what}`,
    expected: "what base({ … }) or overlay({ … }) gives",
    fix,
  };
}

function wrongBase(given: unknown): Problem {
  const { what, fix = "make the object a layer with base({ … })" } = mistaken(given);
  return {
    code: "layer-expected",
    what: `the base of an overlay is ${what}`,
    path: "base",
    expected: "what base({ … }) or overlay({ … }) gives, or a list of such",
    fix: Array.isArray(given) ? "give the bases in one list: [one, other]" : fix,
  };
}

function duplicateObjects(work: Work): Problem[] {
  const seen = new Map<string, Entry[]>();
  return work.entries.flatMap((entry) => {
    const { object } = entry;
    const { group, kind, namespace, name } = identity(object);
    const key = JSON.stringify([group, kind, name]);
    const namesakes = seen.get(key);
    if (!namesakes) return (seen.set(key, [entry]), []);
    const first =
      namesakes.find((other) => identity(other.object).namespace === namespace) ?? rivalIn(namesakes, work);
    namesakes.push(entry);
    if (!first) return [];
    const isApart = identity(first.object).namespace !== namespace;
    const place = isApart
      ? ", which lies in no namespace, whatever is stated"
      : namespace === undefined
        ? ""
        : ` in the namespace "${namespace}"`;
    return [
      {
        code: "object-repeated",
        what: `two objects are ${displayName(object)}${place}`,
        object: displayName(object),
        expected: "one object of each group, kind, namespace and name",
        fix: "rename one of them, or patch the one of the layer below instead of declaring it again",
        places: placesOfBoth(first, entry),
      },
    ];
  });
}

/** Of a kind without namespaces, the object that another one of its name collides with, whatever namespaces they state. */
function rivalIn([first]: readonly Entry[], work: Work): Entry | undefined {
  return first && isClusterScoped(first.object, customKindsIn(work)) ? first : undefined;
}

/** Where two objects are declared; of one that is listed twice, where it is listed. */
function placesOfBoth(one: Entry, other: Entry): readonly NamedPlace[] {
  const [first, second] = [one.stated, other.stated];
  if (first.value !== second.value)
    return [...namedPlaces("first", placeOfStated(first)), ...namedPlaces("second", placeOfStated(second))];
  const object = namedPlaces("object", placeOfStated(first));
  if (first.by !== second.by)
    return [
      ...object,
      ...[first, second].flatMap(({ by }) => namedPlaces("layer", placeOf(by, ["resources"]))),
    ];
  // Two bases stand on one layer that has it.
  return [
    ...object,
    ...[one, other].flatMap(({ within }) => namedPlaces("base", within && placeOfBase(within))),
  ];
}

/** A layer sees again what is wrong in the objects of those below it; once is enough. */
function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
