import { displayName, identity, type Identity, type Resource } from "./object.ts";
import type { Patch } from "./patch.ts";
import { didYouMean, nearest, type Problem } from "./problem.ts";
import { named as namedPlace, placeOfStated, type Stated } from "./problem-places.ts";

/** An object on its way through the layers, and the object that a layer declared. */
export interface Entry<R extends Resource = Resource> {
  readonly origin: Resource;
  /** Where it is declared. */
  readonly stated: Stated;
  object: R;
  /** Whether it is named by its content, when everything else is done. */
  isNamedByContent?: boolean;
}

/** Finds the target of a patch among the objects of a layer. */
export type FindTarget = (patch: Patch) => Entry | Problem;

/**
 * The patch's target among the layer's objects: the very object, else the one of the same identity. A target that names
 * no namespace may stand in any.
 */
export function targetsAmong(entries: readonly Entry[]): FindTarget {
  const origins = new Map(entries.toReversed().map((entry) => [entry.origin, entry]));
  const named = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const resource of [entry.origin, entry.object]) {
      const key = keyOf(identity(resource));
      named.set(key, (named.get(key) ?? new Set()).add(entry));
    }
  }
  let misses = 0;
  return (patch) => {
    const known = origins.get(patch.target);
    if (known) return known;
    const wanted = identity(patch.target);
    const candidates = [...(named.get(keyOf(wanted)) ?? [])].filter((entry) => isMeant(entry, wanted));
    const [entry, ...others] = candidates;
    if (entry) return others.length === 0 ? entry : ambiguous(patch, candidates);
    // To look for near names takes time; nobody reads them all.
    misses++;
    return missing(patch, entries, misses <= 50);
  };
}

/** Whether an entry is, or was declared as, the object that is wanted; without a namespace, the one of any. */
export function isMeant({ origin, object }: Entry, wanted: Identity): boolean {
  return [origin, object].some((resource) => {
    const own = identity(resource);
    return (
      keyOf(own) === keyOf(wanted) && (wanted.namespace === undefined || own.namespace === wanted.namespace)
    );
  });
}

const keyOf = ({ group, kind, name }: Identity): string => JSON.stringify([group, kind, name]);

function ambiguous({ target }: Patch, candidates: readonly Entry[]): Problem {
  const spaces = candidates.map(({ object }) => identity(object).namespace ?? "(none)");
  return {
    what: `a patch is for ${displayName(target)}, of which there are ${candidates.length}`,
    object: displayName(target),
    expected: `metadata.namespace to be one of: ${spaces.join(", ")}`,
    mend: "name the namespace of the one that is meant",
  };
}

function missing({ target }: Patch, entries: readonly Entry[], isSuggested: boolean): Problem {
  const names = isSuggested ? entries.map(({ object }) => displayName(object)) : [];
  const name = displayName(target);
  const near = entries[names.indexOf(nearest(name, names) ?? "")];
  const shown = names.slice(0, 30).join(", ");
  return {
    what: `a patch is for ${name}, which is not there to be patched`,
    object: name,
    expected: shown ? `one of: ${shown}${names.length > 30 ? ", ..." : ""}` : "an object of the layer",
    mend: didYouMean(
      name,
      names,
      "add the object to the base or to the overlay's resources, or drop the patch",
    ),
    ...(near && { places: namedPlace("base", placeOfStated(near.stated)) }),
  };
}
