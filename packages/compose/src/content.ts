import { customKindsOf, type CustomKinds } from "./crd.ts";
import type { Generator } from "./generated.ts";
import { applyImages } from "./image.ts";
import { applyAnnotations, applyLabels } from "./labels.ts";
import { malformedNamespace, malformedPatch, malformedResource } from "./malformed.ts";
import type { Settings } from "./merge.ts";
import { applyNamespace } from "./namespace.ts";
import { isExternal, type KubernetesObject, type Resource } from "./object.ts";
import type { Component, Layer } from "./overlay.ts";
import { applyPatch } from "./patch.ts";
import { copy } from "./plain.ts";
import type { Problem } from "./problem.ts";
import { applyReplicas } from "./replicas.ts";
import { isClusterScoped } from "./scope.ts";
import { targetsAmong, type Entry } from "./target.ts";

/** What the layers share while they are composed. */
export interface Work {
  readonly read: ((source: URL) => KubernetesObject) | undefined;
  readonly entries: Entry[];
  readonly problems: Problem[];
  /** The definitions of custom kinds that are not rendered. */
  readonly crds: Resource[];
  /** What is left to do when all layers are done, once each. */
  readonly finishers: Map<Generator["finish"], (entry: Entry) => KubernetesObject>;
}

/** Applies what a layer or a component says to the objects so far. */
export function addContent(content: Layer | Component, work: Work, within: readonly Component[]): void {
  const { entries, problems } = work;
  const open = (entry: Entry): KubernetesObject => openEntry(entry, work);
  for (const [index, origin] of content.resources.entries()) {
    const malformed = malformedResource(origin, index);
    if (malformed) problems.push(malformed);
    else entries.push({ origin, object: isExternal(origin) ? origin : copy(origin) });
  }
  for (const generator of content.generators) {
    problems.push(...generator.add(entries));
    work.finishers.set(generator.finish, open);
  }
  for (const [index, piece] of content.components.entries()) addComponent(piece, index, work, within);
  const customKinds = customKindsIn(work);
  applyPatches(content, customKinds, work);
  transform(content, customKinds, work);
}

function addComponent(
  piece: Component | undefined,
  index: number,
  work: Work,
  within: readonly Component[],
): void {
  const path = `components[${index}]`;
  if (piece?.isComponent !== true) {
    work.problems.push({
      what: piece ? "not a component" : "a component is undefined",
      path,
      expected: "component({ … })",
      mend: piece
        ? "make it one"
        : "look for two files that import each other, or for an export of another name",
    });
  } else if (within.includes(piece)) {
    work.problems.push({
      what: "a component is among its own components",
      path,
      expected: "components that end",
      mend: "take it out of the components that it lists",
    });
  } else {
    for (const crd of piece.crds) work.crds.push(crd);
    addContent(piece, work, [...within, piece]);
  }
}

function customKindsIn(work: Work): CustomKinds {
  const open = (resource: Resource): KubernetesObject | undefined =>
    isExternal(resource) ? work.read?.(resource.source) : resource;
  return customKindsOf([...work.entries.map(({ object }) => object), ...work.crds], open);
}

function applyPatches({ patches }: Layer | Component, customKinds: CustomKinds, work: Work): void {
  if (patches.length === 0) return;
  const { entries, problems } = work;
  const settings = new Map<Entry, Settings>();
  const removed = new Set<Entry>();
  const findTarget = targetsAmong(entries);
  for (const [index, patch] of patches.entries()) {
    const found = malformedPatch(patch, index) ?? findTarget(patch);
    if ("what" in found) problems.push(found);
    else {
      const known: Settings = settings.get(found) ?? new Map();
      settings.set(found, known);
      const result = applyPatch(openEntry(found, work), patch, known, customKinds);
      problems.push(...result.problems);
      if (result.isRemoved) removed.add(found);
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

function transform(content: Layer | Component, customKinds: CustomKinds, work: Work): void {
  const { entries, problems } = work;
  const { namespace, labels, annotations, replicas, images } = content;
  if (namespace !== undefined) moveEntries(namespace, customKinds, work);
  const isMarked = labels.length > 0 || Object.keys(annotations).length > 0;
  if (isMarked) {
    const objects = entries.map((entry) => openEntry(entry, work));
    problems.push(...applyLabels(objects, labels), ...applyAnnotations(objects, annotations));
  }
  problems.push(...applyReplicas(plainObjects(entries), replicas));
  problems.push(...applyImages(plainObjects(entries), images));
}

const plainObjects = (entries: readonly Entry[]): KubernetesObject[] =>
  entries.flatMap(({ object }) => (isExternal(object) ? [] : [object]));

function moveEntries(namespace: string, customKinds: CustomKinds, work: Work): void {
  const malformed = malformedNamespace(namespace);
  if (malformed) work.problems.push(malformed);
  else {
    // A file of a cluster-scoped object has nothing to move.
    for (const entry of work.entries) {
      if (isExternal(entry.object) && !isClusterScoped(entry.object, customKinds)) openEntry(entry, work);
    }
    work.problems.push(...applyNamespace(plainObjects(work.entries), namespace, customKinds));
  }
}
