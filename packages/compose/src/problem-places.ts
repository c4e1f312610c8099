import type { Details } from "./merge.ts";
import { isExternal, type KubernetesObject } from "./object.ts";
import type { Component, Layer } from "./overlay.ts";
import type { Patch } from "./patch.ts";
import { follow, namesIn } from "./path.ts";
import { contentOfCall, placeOf, type Place } from "./places.ts";
import type { NamedPlace, Problem } from "./problem.ts";

/** A value and where it is stated: in a layer, in a component, or as a generator. */
export interface Stated {
  readonly value: unknown;
  readonly by: object;
  /** The fields of `by` that lead to the value. */
  readonly fields: readonly string[];
}

/** Where a value, or what is in it, was written. An external object stands in its file. */
export function placeOfStated(
  { value, by, fields }: Stated,
  inner: readonly string[] = [],
): Place | undefined {
  const own = placeOf(value, inner);
  if (own) return own;
  if (isObjectInFile(value))
    return { file: value.source.href, line: 1, column: 1, within: { fields: inner } };
  return placeOf(by, [...fields, ...inner]);
}

const isObjectInFile = (value: unknown): value is { source: URL } =>
  typeof value === "object" && value !== null && isExternal(value as KubernetesObject);

/** A place with what stands there, as a list of none or one. */
export function named(label: string, place: Place | undefined): NamedPlace[] {
  return place ? [{ label, ...place }] : [];
}

/** Adds to a problem of a layer's own statements where the layer makes them, as its path says. */
export function inLayer(problem: Problem, by: object): Problem {
  const fields = follow(contentOfCall(by) ?? by, namesIn(problem.path ?? "") ?? []);
  return withPlaces(problem, named("layer", placeOf(by, fields)));
}

/** Adds places to a problem that has none. */
export function withPlaces(problem: Problem, places: readonly NamedPlace[]): Problem {
  return places.length === 0 || problem.places ? problem : { ...problem, places };
}

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
      ...named("patch", placeIn(patch, names, operation)),
      ...(other
        ? named("patch", placeIn(other, namesIn(rival.path) ?? []))
        : named(
            "base",
            placeOfStated(target, isObjectInFile(target.value) ? names : follow(target.value, names)),
          )),
    ];
  };
}
