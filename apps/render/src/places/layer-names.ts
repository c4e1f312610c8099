import { basename, dirname, extname } from "node:path";
import type { Component, Layer } from "@atlas/compose";
import { placeOf } from "@atlas/compose/places";
import { refinePlace } from "./refine-place.ts";

/**
 * Names layers and components: the environment and its base by what they are, others by their folder or file.
 *
 * @param top the layer of the environment.
 */
export function layerNames(top: Layer, environment: string): (content: Layer | Component) => string {
  return (content) => {
    if (content === top) return environment;
    if (content.type === "layer" && content.below === undefined) return "base";
    const place = placeOf(content);
    const file = place && (refinePlace(place)?.file ?? place.file);
    if (file === undefined) return content.type === "component" ? "component" : "overlay";
    const name = basename(file, extname(file));
    return name === "index" ? basename(dirname(file)) : name;
  };
}
