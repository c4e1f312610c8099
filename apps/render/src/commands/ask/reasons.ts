import { fieldsOf, printedReason, type Reason } from "@atlas/checks";
import { displayPath } from "@atlas/input";
import { oneLine } from "../../terminal/printable.ts";
import type { Subject } from "../check/subject.ts";

/** Reasons for a person, each with the place that it stands at, where one is known. */
export function reasonLines({ placesOf }: Subject, reasons: readonly Reason[]): readonly string[] {
  const values = reasons.map(({ object, path }) => (object ? { object, path: fieldsOf(path) } : undefined));
  const known = values.filter((value) => value !== undefined);
  const places = new Map(placesOf(known).map((place, index) => [known[index], place]));
  return reasons.flatMap((reason, index) => {
    const place = places.get(values[index]);
    const at = place ? [`    ${displayPath(place.file)}:${place.line}:${place.column}`] : [];
    return [`  ${printedReason(reason)}`, ...at].map(oneLine);
  });
}
