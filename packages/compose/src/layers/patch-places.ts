import type { Details } from "../patches/merge.ts";
import type { Component, Layer } from "./overlay.ts";
import type { Patch } from "../patches/patch.ts";
import { follow, namesIn } from "../value/path.ts";
import type { Place } from "../problems/places.ts";
import type { NamedPlace } from "../problems/problem.ts";
import { isObjectInFile, namedPlaces, placeOfStated, type Stated } from "../problems/stated.ts";

/** A patch of a layer or a component. */
export function statedPatch(patch: Patch, by: Layer | Component): Stated {
  return { value: patch, by, fields: ["patches", String(by.patches.indexOf(patch)), "body"] };
}

/**
 * Names the places that a problem of a patch is about: the field of the patch, and what the object had there or around
 * it; of two patches that clash, the fields of both.
 */
export function placesOfPatch(
  patch: Patch,
  target: Stated,
  by: Layer | Component,
): (path: string, details: Details) => NamedPlace[] {
  const placeIn = (other: Patch, names: readonly string[], operation?: number): Place | undefined => {
    const fields = operation === undefined ? follow(other.body, names) : [String(operation), "path"];
    return placeOfStated(statedPatch(other, by), fields);
  };
  return (path, { operation, rival }) => {
    const names = namesIn(path) ?? [];
    const other = rival && by.patches.find((each) => each === rival.patch);
    return [
      ...namedPlaces("patch", placeIn(patch, names, operation)),
      ...(other
        ? namedPlaces("patch", placeIn(other, namesIn(rival.path) ?? []))
        : namedPlaces(
            "base",
            placeOfStated(target, isObjectInFile(target.value) ? names : follow(target.value, names)),
          )),
    ];
  };
}
