import type { Layer } from "@atlas/compose";
import { displayPath } from "@atlas/input";
import { objectName } from "../../../places/choose-object.ts";
import { valuePlaces } from "../../../places/finding-places.ts";
import { refinePlace } from "../../../places/refine-place.ts";
import type { Rendering } from "../../../rendering/rendering.ts";
import type { PlaceOf } from "./answer.ts";

/** Finds where in the sources the values of an environment's objects stand, each once. */
export function placesIn(layer: Layer, { name, objects }: Rendering): PlaceOf {
  const known = new Map<string, string | undefined>();
  const names = new Set(objects.map((object) => objectName(object, true)));
  const placesOf = valuePlaces(layer, name);
  return ({ object, path }) => {
    if (object === undefined) return undefined;
    const own = objectName(object, true);
    if (!names.has(own)) return undefined;
    const key = `${own}\n${path}`;
    if (!known.has(key)) {
      const [place] = placesOf(object, path);
      const { file, line } = (place && refinePlace(place)) ?? place ?? {};
      known.set(key, file === undefined ? undefined : `${displayPath(file)}:${line}`);
    }
    return known.get(key);
  };
}
