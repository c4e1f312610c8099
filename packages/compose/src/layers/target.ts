import { identitiesOf, isEntryMeant, isSame, keyOf, type Entry } from "../transforms/entry.ts";
import { displayName, identity, type Identity } from "../kubernetes/object.ts";
import type { Layer } from "./overlay.ts";
import type { Patch } from "../patches/patch.ts";
import { placeOf, type Place } from "../problems/places.ts";
import { grouped } from "../value/plain.ts";
import { didYouMean, nearest, type Problem } from "../problems/problem.ts";
import { namedPlaces as namedPlace, placeOfStated } from "../problems/stated.ts";

/** Finds the target of a patch among the objects of a layer. */
export type FindTarget = (patch: Patch) => Entry | Problem;

/**
 * The patch's target among the layer's objects: the very object, else the one of the same identity. A target that names
 * no namespace may stand in any; where several objects are meant, `in` says of which base the one is.
 */
export function targetsAmong(entries: readonly Entry[], by: object): FindTarget {
  const origins = grouped(entries, ({ origin }) => origin);
  let named: ReadonlyMap<string, ReadonlySet<Entry>> | undefined;
  let misses = 0;
  return (patch) => {
    const wanted = identity(patch.target);
    const same =
      origins.get(patch.target) ??
      namesakes((named ??= namedAmong(entries)).get(keyOf(wanted)) ?? [], wanted);
    const { in: base } = patch;
    const isFrom = ({ within }: Entry): boolean => !base || within?.has(base) || standsOn(base, by);
    const candidates = same.filter(isFrom);
    const [entry, ...others] = candidates;
    if (entry) return others.length === 0 ? entry : ambiguousTarget(patch, candidates);
    if (same.length > 0) return elsewhere(patch, same);
    // To look for near names takes time; nobody reads them all.
    misses++;
    return missingTarget(patch, entries, misses <= 50);
  };
}

/** The objects by what they are or were. */
function namedAmong(entries: readonly Entry[]): ReadonlyMap<string, ReadonlySet<Entry>> {
  const named = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const own of identitiesOf(entry)) {
      const key = keyOf(own);
      named.set(key, (named.get(key) ?? new Set()).add(entry));
    }
  }
  return named;
}

/** Whether a layer, or one that it stands on, stands on a single base, which is this one. */
function standsOn(base: object, by: object): boolean {
  for (let layer = by as Partial<Layer>; layer.below && !layer.beside; layer = layer.below)
    if (layer.below === base) return true;
  return false;
}

/** The objects that are what is wanted now; where there is none, those that were. */
function namesakes(entries: Iterable<Entry>, wanted: Identity): Entry[] {
  const all = [...entries].filter((entry) => isEntryMeant(entry, wanted));
  const now = all.filter(({ object }) => isSame(identity(object), wanted));
  return now.length > 0 ? now : all;
}

function ambiguousTarget({ target }: Patch, candidates: readonly Entry[]): Problem {
  const spaces = [...new Set(candidates.map(({ object }) => identity(object).namespace ?? "(none)"))];
  const isOfBases = candidates.some(({ within }) => within);
  return {
    code: "patch-target-ambiguous",
    what: `a patch is for ${displayName(target)}, of which there are ${candidates.length}`,
    object: displayName(target),
    expected:
      spaces.length === candidates.length
        ? `metadata.namespace to be one of: ${spaces.join(", ")}`
        : `one of: ${candidates.map(({ object }) => displayName(object)).join(", ")}`,
    fix: isOfBases
      ? "say of which base the one is that is meant: patch(target, body, { in: base })"
      : "name the namespace of the one that is meant",
    ...(isOfBases && {
      places: candidates.flatMap(({ within }) => namedPlace("base", within && placeOfBase(within))),
    }),
  };
}

/** Where the uppermost of some layers is made. */
export const placeOfBase = (within: ReadonlySet<object>): Place | undefined => placeOf([...within].at(-1));

function elsewhere({ target }: Patch, found: readonly Entry[]): Problem {
  return {
    code: "patch-target-elsewhere",
    what: `a patch is for ${displayName(target)} in a layer that it does not come from`,
    object: displayName(target),
    expected: "one of the bases of the layer that has the patch",
    fix: "name the base that the object comes from, or leave `in` out",
    places: found.flatMap(({ stated }) => namedPlace("base", placeOfStated(stated))),
  };
}

function missingTarget({ target }: Patch, entries: readonly Entry[], isSuggested: boolean): Problem {
  const names = isSuggested ? entries.map(({ object }) => displayName(object)) : [];
  const name = displayName(target);
  const near = entries[names.indexOf(nearest(name, names) ?? "")];
  const shown = names.slice(0, 30).join(", ");
  return {
    code: "patch-target-missing",
    what: `a patch is for ${name}, which is not there to be patched`,
    object: name,
    expected: shown ? `one of: ${shown}${names.length > 30 ? ", ..." : ""}` : "an object of the layer",
    fix: didYouMean(
      name,
      names,
      "add the object to the base or to the overlay's resources, or drop the patch",
    ),
    ...(near && { places: namedPlace("base", placeOfStated(near.stated)) }),
  };
}
