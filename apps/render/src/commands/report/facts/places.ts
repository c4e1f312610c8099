import type { Reason } from "@atlas/checks";
import { displayName, type Layer } from "@atlas/compose";
import { displayPath } from "@atlas/input";
import { placedFindings } from "../../../places/finding-places.ts";
import { refinePlace } from "../../../places/refine-place.ts";
import type { Rendering } from "../../../rendering/rendering.ts";
import type { PlaceOf } from "./answer.ts";

/** Finds where in the sources the values of an environment's objects stand, each once. */
export function placesIn(layer: Layer, rendering: Rendering): PlaceOf {
  const known = new Map<string, string | undefined>();
  return ({ object, path }) => {
    if (object === undefined || !rendering.objects.some((each) => displayName(each) === displayName(object)))
      return undefined;
    const key = `${displayName(object)}\n${path}`;
    if (!known.has(key)) known.set(key, placeOf({ object, path, text: "" }, layer, rendering));
    return known.get(key);
  };
}

function placeOf({ object, path, text }: Reason, layer: Layer, rendering: Rendering): string | undefined {
  const finding = { what: text, path, ...(object && { object: displayName(object) }) };
  const [place] = placedFindings([finding], layer, rendering).flatMap(({ places = [] }) => places);
  if (place === undefined) return undefined;
  const { file, line } = refinePlace(place) ?? place;
  return `${displayPath(file)}:${line}`;
}
