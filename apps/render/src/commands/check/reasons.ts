import { fieldsOf, printedReason, type Reason } from "@atlas/checks";
import type { Place } from "@atlas/compose/places";
import { displayPath } from "@atlas/input";
import { oneLine } from "../../terminal/printable.ts";
import { stdin } from "../../report/written-finding.ts";
import type { Subject } from "./subject.ts";

/** Reasons, each with the place that it stands at, where one is known. */
export function placedReasons(
  { placesOf }: Subject,
  reasons: readonly Reason[],
): readonly { readonly reason: Reason; readonly place?: Pick<Place, "file" | "line" | "column"> }[] {
  const values = reasons.map(({ object, path }) => (object ? { object, path: fieldsOf(path) } : undefined));
  const known = values.filter((value) => value !== undefined);
  const places = new Map(placesOf(known).map((place, index) => [known[index], place]));
  return reasons.map((reason, index) => {
    const place = places.get(values[index]);
    return { reason, ...(place && { place: { ...place, file: shownFile(place.file) } }) };
  });
}

const shownFile = (file: string): string => (file === stdin ? file : displayPath(file));

/** Reasons for a person. */
export const reasonLines = (subject: Subject, reasons: readonly Reason[]): readonly string[] =>
  placedReasons(subject, reasons).flatMap(({ reason, place }) =>
    [`  ${printedReason(reason)}`, ...(place ? [`    ${place.file}:${place.line}:${place.column}`] : [])].map(
      oneLine,
    ),
  );

/** Reasons for a program. */
export const reasonRecords = (subject: Subject, reasons: readonly Reason[]): readonly object[] =>
  placedReasons(subject, reasons).map(({ reason: { object, path, text }, place }) => ({
    ...(object && { object: reasonReference(object) }),
    path,
    text,
    ...(place && { file: place.file, line: place.line, column: place.column }),
  }));

function reasonReference({ apiVersion, kind, metadata }: NonNullable<Reason["object"]>): object {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
