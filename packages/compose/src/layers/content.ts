import { bindingsAmong, followBindings, unclearBindings, type Binding } from "../transforms/bindings.ts";
import { customKindsOf, isCrd, type CustomKinds } from "../kubernetes/crd.ts";
import { objectProblems } from "../problems/field-problems.ts";
import type { Generator } from "../generators/generated.ts";
import { malformedPatch } from "../patches/malformed-patch.ts";
import { malformedResource } from "../problems/malformed.ts";
import { applyAffixes } from "../transforms/names.ts";
import { applyNamespace, inheritNamespace, type Settled } from "../transforms/namespace.ts";
import { identity, isExternal, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import type { Component, Layer } from "./overlay.ts";
import { mistaken, typeOf } from "../problems/mistaken.ts";
import { applyPatch } from "../patches/patch.ts";
import { copy } from "../value/plain.ts";
import { follow, namesIn } from "../value/path.ts";
import type { Problem } from "../problems/problem.ts";
import { inLayer, namedPlaces, placeOfStated, withPlaces } from "../problems/stated.ts";
import { placesOfPatch, statedPatch } from "./patch-places.ts";
import { transformContent, transforms, type TransformContent } from "../transforms/transforms.ts";
import { isClusterScoped } from "../kubernetes/scope.ts";
import type { Reader } from "../kubernetes/reader.ts";
import { noSettings, type Settings } from "../patches/settings.ts";
import { targetsAmong } from "./target.ts";
import type { Entry } from "../transforms/entry.ts";

/** What the layers share while they are composed. */
export interface Work {
  readonly read: Reader | undefined;
  readonly entries: Entry[];
  readonly problems: Problem[];
  /** The objects that a patch has removed, with the statement that did. */
  readonly removed: { readonly entry: Entry; readonly statement: Statement }[];
  /** The namespaces that the layers so far have settled on: one, unless they are several bases. */
  settled: readonly Settled[];
  /** What all references meant when the uppermost layer so far gave its objects their names; undefined if it did not look. */
  bindings?: readonly Binding[] | undefined;
  /** The definitions of custom kinds that are not rendered. */
  readonly crds: Resource[];
  /** What is left to do when all layers are done, once each. */
  readonly finishers: Map<Generator["finish"], (entry: Entry) => KubernetesObject>;
  /** Is told of each statement when it has been applied; undefined where nobody wants to know. */
  readonly observe?: Observer | undefined;
}

/** Something that a layer or a component says of the objects. */
export interface Statement {
  readonly by: Layer | Component;
  readonly says:
    | "object"
    | "generator"
    | "patch"
    | "namespace"
    | "name"
    | "references"
    | keyof TransformContent
    | "name hash";
  /** Of a generator or a patch, which of the layer's it is. */
  readonly index?: number;
}

export type Observer = (statement: Statement, entries: readonly Entry[]) => void;

/** Applies what a layer or a component says to the objects so far. */
export function addContent(content: Layer | Component, work: Work, within: readonly Component[]): void {
  const { entries, problems } = work;
  const open = (entry: Entry): KubernetesObject => openEntry(entry, work);
  const below = new Set(entries);
  for (const [index, origin] of content.resources.entries()) {
    const malformed = malformedResource(origin, index);
    const stated = { value: origin, by: content, fields: ["resources", String(index)] };
    if (malformed) {
      const fields = follow(origin, namesIn(malformed.path ?? "") ?? []);
      problems.push(withPlaces(malformed, namedPlaces("layer", placeOfStated(stated, fields))));
    } else entries.push({ origin, stated, object: isExternal(origin) ? origin : copy(origin) });
  }
  checkAdded(entries.slice(below.size), work);
  work.observe?.({ by: content, says: "object" }, entries);
  for (const [index, generator] of content.generators.entries()) {
    for (const problem of generator.add(entries, work.read?.bytes))
      problems.push(inLayer(problem, generator));
    work.finishers.set(generator.finish, open);
    work.observe?.({ by: content, says: "generator", index }, entries);
  }
  if (content.namespace === undefined) settleNamespaces(content, below, work);
  for (const [index, piece] of content.components.entries()) {
    const misfit = componentMisfit(piece, index, within);
    if (misfit) problems.push(inLayer(misfit, content));
    else addComponent(piece, work, within);
  }
  applyPatches(content, work);
  applyTransforms(content, customKindsIn(work), work);
}

/** Holds objects that a layer adds to their schemas, as patches are; those in files are not read for it. */
function checkAdded(added: readonly Entry[], work: Work): void {
  const customKinds = customKindsIn(work);
  const problemsOf = ({ object, stated }: Entry<KubernetesObject>): Problem[] =>
    objectProblems(object, customKinds).map((problem) => {
      const fields = follow(object, namesIn(problem.path ?? "") ?? []);
      return withPlaces(problem, namedPlaces("object", placeOfStated(stated, fields)));
    });
  for (const problem of plainEntries(added).flatMap(problemsOf)) work.problems.push(problem);
}

/** Why a component cannot be applied; undefined when it can. */
function componentMisfit(
  piece: Component | undefined,
  index: number,
  within: readonly Component[],
): Problem | undefined {
  const path = `components[${index}]`;
  if (typeOf(piece) !== "component") {
    const { what, fix = "make it one: component({ … })" } = mistaken(piece);
    return {
      code: "layer-content-unexpected",
      what: `got ${what}, not a component`,
      path,
      expected: "what component({ … }) gives",
      fix,
    };
  }
  if (!piece || !within.includes(piece)) return undefined;
  return {
    code: "layer-circular",
    what: "a component is among its own components",
    path,
    expected: "components that end",
    fix: "take it out of the components that it lists",
  };
}

function addComponent(piece: Component, work: Work, within: readonly Component[]): void {
  for (const crd of piece.crds) work.crds.push(crd);
  addContent(piece, work, [...within, piece]);
}

export function customKindsIn(work: Work): CustomKinds {
  const open = (resource: Resource): KubernetesObject | undefined =>
    isExternal(resource) ? work.read?.(resource.source) : resource;
  return customKindsOf([...work.entries.map(({ object }) => object), ...work.crds], open);
}

function applyPatches(content: Layer | Component, work: Work): void {
  const { patches } = content;
  if (patches.length === 0) return;
  const { entries, problems } = work;
  const settings = new Map<Entry, Settings>();
  const removed = new Set<Entry>();
  const findTarget = targetsAmong(entries, content);
  let customKinds = customKindsIn(work);
  for (const [index, patch] of patches.entries()) {
    const found = malformedPatch(patch, index) ?? findTarget(patch);
    if ("what" in found) {
      const places = namedPlaces("patch", placeOfStated(statedPatch(patch, content)));
      problems.push({ ...found, places: [...places, ...(found.places ?? [])] });
    } else {
      const known = settings.get(found) ?? noSettings();
      settings.set(found, known);
      const placesOf = placesOfPatch(patch, found.stated, content);
      const result = applyPatch(openEntry(found, work), patch, known, customKinds, placesOf);
      problems.push(...result.problems);
      if (result.isRemoved && !removed.has(found)) {
        removed.add(found);
        work.removed.push({ entry: found, statement: { by: content, says: "patch", index } });
      }
      // What a definition says from now on holds for the patches after this one.
      if (isCrd(found.object)) customKinds = customKindsIn(work);
      work.observe?.({ by: content, says: "patch", index }, entries);
    }
  }
  if (removed.size === 0) return;
  const kept = entries.filter((entry) => !removed.has(entry));
  entries.length = 0;
  for (const entry of kept) entries.push(entry);
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

/** Puts what a layer adds without a namespace where the layers below stand. */
function settleNamespaces(content: Layer | Component, below: ReadonlySet<Entry>, work: Work): void {
  const added = work.entries.filter((entry) => !below.has(entry));
  if (added.length === 0 || work.settled.length === 0) return;
  const problems = inheritNamespace(added, work.settled, customKindsIn(work), (entry) =>
    openEntry(entry, work),
  );
  for (const problem of problems) work.problems.push(problem);
  const [{ by = content } = {}] = work.settled;
  work.observe?.({ by: by as Layer | Component, says: "namespace" }, work.entries);
}

function applyTransforms(content: Layer | Component, customKinds: CustomKinds, work: Work): void {
  const { entries } = work;
  identify(content, customKinds, work);
  const scope = {
    entries,
    open: (entry: Entry): KubernetesObject => openEntry(entry, work),
    plain: (): Entry<KubernetesObject>[] => plainEntries(entries),
  };
  const said = transformContent(content);
  for (const { field, saysSomething, apply } of transforms) {
    if (!saysSomething(said)) continue;
    for (const problem of apply(said, scope)) work.problems.push(inLayer(problem, content));
    work.observe?.({ by: content, says: field }, entries);
  }
}

const isPlain = (entry: Entry): entry is Entry<KubernetesObject> => !isExternal(entry.object);
const plainEntries = (entries: readonly Entry[]): Entry<KubernetesObject>[] => entries.filter(isPlain);

/** Gives the objects their namespace and their names, and follows them in all references. */
function identify(content: Layer | Component, customKinds: CustomKinds, work: Work): void {
  const { entries, problems } = work;
  const { namespace, namePrefix, nameSuffix } = content;
  const isNamed = namePrefix !== undefined || nameSuffix !== undefined;
  work.bindings = undefined;
  // Nothing has moved, and no namespace is there to be followed.
  if (namespace === undefined && !isNamed && !entries.some(hasNamespace)) return;
  const observe = (says: Statement["says"]): void => work.observe?.({ by: content, says }, entries);
  const isAny = namespace !== undefined || isNamed || entries.some(wasRenamed);
  const bindings = bindingsAmong(entries, isAny ? "all" : "across namespaces", {
    customKinds,
    open: (entry) => openEntry(entry, work),
    destination: namespace,
  });
  if (isAny) work.bindings = bindings;
  if (namespace !== undefined) {
    // A file of a cluster-scoped object has nothing to move.
    for (const entry of entries)
      if (isExternal(entry.object) && !isClusterScoped(entry.object, customKinds)) openEntry(entry, work);
    for (const problem of applyNamespace(plainEntries(entries), namespace, customKinds))
      problems.push(inLayer(problem, content));
    work.settled = [{ namespace, by: content }];
    if (!isNamed) followBindings(bindings);
    observe("namespace");
  }
  if (isNamed) {
    for (const problem of applyAffixes(entries, content, (entry) => openEntry(entry, work)))
      problems.push(inLayer(problem, content));
    observe("name");
  }
  if (isNamed || namespace === undefined) followBindings(bindings);
  for (const problem of unclearBindings(bindings)) problems.push(problem);
  observe("references");
}

const hasNamespace = ({ former, object }: Entry): boolean =>
  former !== undefined || identity(object).namespace !== undefined;

const wasRenamed = ({ former = [], object }: Entry): boolean =>
  former.some(({ name }) => name !== object.metadata.name);
