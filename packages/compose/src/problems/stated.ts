import { isExternal, type KubernetesObject } from "../kubernetes/object.ts";
import { follow, namesIn } from "../value/path.ts";
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

/** Whether a value is an object that a file holds. */
export const isObjectInFile = (value: unknown): value is { source: URL } =>
  typeof value === "object" && value !== null && isExternal(value as KubernetesObject);

/** A place with what stands there, as a list of none or one. */
export function namedPlaces(label: string, place: Place | undefined): NamedPlace[] {
  return place ? [{ label, ...place }] : [];
}

/** Adds to a problem of a layer's own statements where the layer makes them, as its path says. */
export function inLayer(problem: Problem, by: object): Problem {
  const fields = follow(contentOfCall(by) ?? by, namesIn(problem.path ?? "") ?? []);
  return withPlaces(problem, namedPlaces("layer", placeOf(by, fields)));
}

/** Adds places to a problem that has none. */
export function withPlaces(problem: Problem, places: readonly NamedPlace[]): Problem {
  return places.length === 0 || problem.places ? problem : { ...problem, places };
}
