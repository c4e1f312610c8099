import type { Reader } from "../kubernetes/reader.ts";
import { placeOfChange } from "./change-place.ts";
import { composeWork } from "../layers/compose.ts";
import { customKindsIn, type Observer, type Statement } from "../layers/content.ts";
import { leavesOf, type Leaf } from "./leaves.ts";
import { isExternal, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import type { Layer } from "../layers/overlay.ts";
import { definitionFor } from "../patches/patch.ts";
import type { Place } from "../problems/places.ts";
import { copy, same, type Plain } from "../value/plain.ts";
import { placeOfStated } from "../problems/stated.ts";
import { statedPatch } from "../layers/patch-places.ts";
import type { Entry } from "../transforms/entry.ts";

/** One change of one value of an object. */
export interface Change {
  /** The same for all changes of one value. */
  readonly id: string;
  /** As problems name it: `spec.template.spec.containers[manager].image`. */
  readonly path: string;
  /** The fields and indices that lead to it. */
  readonly fields: readonly string[];
  /** What makes the change. */
  readonly statement: Statement;
  /** Where that is written; undefined where nothing is known of it. */
  readonly place: Place | undefined;
  /** Undefined for a value that was not there. */
  readonly before: Plain | undefined;
  /** Undefined for a value that is taken away. */
  readonly after: Plain | undefined;
}

/** An object as a layer has it, and all changes that led there, from those of the base to those of the layer. */
export interface History {
  readonly object: KubernetesObject;
  /** The patch that has removed the object, where one has, and where that is written. */
  readonly removal?: { readonly statement: Statement; readonly place: Place | undefined };
  readonly changes: readonly Change[];
}

/**
 * How one of the objects that a layer comes to has got its values.
 *
 * @param choose picks the object among all of them, or among those that a layer has removed, and may throw.
 * @param read reads the object of an external file.
 * @throws {ComposeError} with everything that is wrong in any layer.
 */
export function historyOf(
  layer: Layer,
  choose: (resources: readonly Resource[], removed: readonly Resource[]) => Resource,
  read: Reader,
): History {
  const work = composeWork(layer, { read });
  // What is there goes before what a layer has removed.
  const there = work.entries.map(({ object }) => object);
  const gone = work.removed.map(({ entry }) => entry.object);
  const chosen = choose(there, gone);
  const origin = [...work.entries, ...work.removed.map(({ entry }) => entry)].find(
    ({ object }) => object === chosen,
  )?.origin;
  const removal = work.removed.find(({ entry }) => entry.object === chosen);
  const open = (resource: Resource): KubernetesObject =>
    isExternal(resource) ? read(resource.source) : resource;
  const definition = definitionFor(open(chosen), customKindsIn(work));
  const changes: Change[] = [];
  const generators: Statement[] = [];
  let known: readonly Leaf[] = [];
  let last: Resource | undefined;
  const observe: Observer = (statement, entries) => {
    if (statement.says === "generator") generators.push(statement);
    const entry = entries.find((other) => other.origin === origin);
    // Most statements leave most objects as they are, and to take one apart costs more than to compare it.
    if (!entry || (last && same(last, entry.object))) return;
    last = copyOf(entry.object);
    const leaves = leavesOf(open(entry.object), definition);
    for (const difference of leafDifferences(known, leaves)) {
      const cause =
        statement.says === "name hash" ? namingOf(difference.after, entries, generators) : statement;
      const place = placeOfChange(difference, cause ?? statement, entry);
      changes.push({ ...difference, statement: cause ?? statement, place });
    }
    known = leaves;
  };
  composeWork(layer, { read, observe });
  // What stands beside an element may change how it is called.
  const leaves = new Map(known.map((leaf) => [leaf.id, leaf]));
  return {
    object: open(chosen),
    ...(removal && { removal: { statement: removal.statement, place: placeOfRemoval(removal.statement) } }),
    changes: changes.map((change) => ({ ...change, path: leaves.get(change.id)?.path ?? change.path })),
  };
}

function placeOfRemoval({ by, index = 0 }: Statement): Place | undefined {
  const patch = by.patches[index];
  return patch && placeOfStated(statedPatch(patch, by));
}

/** An object in a file is never changed: one that is read to be changed is another. */
const copyOf = (object: Resource): Resource => (isExternal(object) ? object : copy(object));

/** The generator of the object that has this name now; its content is what the name says. */
function namingOf(
  name: Plain | undefined,
  entries: readonly Entry[],
  generators: readonly Statement[],
): Statement | undefined {
  const named = entries.find((entry) => entry.isNamedByContent && entry.object.metadata.name === name);
  const generator = generators.find(({ by, index = 0 }) => by.generators[index] === named?.stated.by);
  return generator && { ...generator, says: "name hash" };
}

type LeafDifference = Omit<Change, "statement" | "place">;

/** What is another value now, what is new, and what is gone. */
function leafDifferences(old: readonly Leaf[], leaves: readonly Leaf[]): LeafDifference[] {
  const before = new Map(old.map((leaf) => [leaf.id, leaf]));
  const after = new Map(leaves.map((leaf) => [leaf.id, leaf]));
  const gone = old.filter(({ id }) => !after.has(id));
  const changed = leaves.filter(({ id, value }) => !before.has(id) || !same(before.get(id)?.value, value));
  return [...gone, ...changed].map(({ id, path, fields }) => ({
    id,
    path,
    fields,
    before: before.get(id)?.value,
    after: after.get(id)?.value,
  }));
}
