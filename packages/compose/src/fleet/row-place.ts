import { placesOfNode, type Place } from "../problems/places.ts";

/** Where a field, or an element, stands in the file that its holder was read from. */
export function placeOfField(holder: unknown, field: string): Place | undefined {
  const places = typeof holder === "object" && holder !== null ? placesOfNode(holder) : undefined;
  const position = places?.fields.get(field);
  return places && position && { file: places.file, ...position };
}
