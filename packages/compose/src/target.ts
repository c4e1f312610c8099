import { displayName, identity, type Identity, type Resource } from "./object.ts";
import type { Patch } from "./patch.ts";
import { didYouMean, type Problem } from "./problem.ts";

/** An object on its way through the layers, and the object that a layer declared. */
export interface Entry<R extends Resource = Resource> {
  readonly origin: Resource;
  object: R;
}

/**
 * The patch's target among the layer's objects: the very object, else the one of the same identity. A target that names
 * no namespace may stand in any.
 */
export function findTarget(entries: readonly Entry[], patch: Patch): Entry | Problem {
  const { target } = patch;
  const known = entries.find(({ origin }) => origin === target);
  if (known) return known;
  const wanted = identity(target);
  const candidates = entries.filter((entry) =>
    [entry.origin, entry.object].some((candidate) => matches(identity(candidate), wanted)),
  );
  const [entry, ...others] = candidates;
  if (!entry) return missing(patch, entries);
  if (others.length === 0) return entry;
  const spaces = candidates.map(({ object }) => identity(object).namespace ?? "(none)");
  return problemOf(
    patch,
    `a patch is for ${displayName(target)}, of which there are ${candidates.length}`,
    `metadata.namespace to be one of: ${spaces.join(", ")}`,
    "name the namespace of the one that is meant",
  );
}

const matches = (own: Identity, wanted: Identity): boolean =>
  own.group === wanted.group &&
  own.kind === wanted.kind &&
  own.name === wanted.name &&
  (wanted.namespace === undefined || own.namespace === wanted.namespace);

function missing(patch: Patch, entries: readonly Entry[]): Problem {
  const names = entries.map(({ object }) => displayName(object));
  const name = displayName(patch.target);
  return problemOf(
    patch,
    `a patch is for ${name}, which is not there to be patched`,
    `one of: ${names.join(", ")}`,
    didYouMean(name, names, "add the object to the base or to the overlay's resources, or drop the patch"),
  );
}

function problemOf({ target }: Patch, what: string, expected: string, mend: string): Problem {
  return {
    what,
    object: displayName(target),
    expected,
    mend,
  };
}
