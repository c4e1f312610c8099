import { didYouMean } from "@atlas/compose";
import { isYamlRecord, placeIn, report, type Cursor } from "./cursor.ts";

/** Reports the fields of an object within a kustomization that are none of those known. */
export function onlyFields(cursor: Cursor, known: readonly string[]): void {
  if (!isYamlRecord(cursor.value)) {
    report(
      cursor,
      `got ${JSON.stringify(cursor.value)}`,
      `an object with ${known.join(", ")}`,
      "give an object",
    );
    return;
  }
  for (const name of Object.keys(cursor.value)) {
    const place = placeIn(cursor.value, name, cursor.place);
    if (!known.includes(name))
      reportUnknownField({ ...cursor, place, path: `${cursor.path}.${name}` }, name, known);
  }
}

/** Reports a field that is none of those known. */
export function reportUnknownField(cursor: Cursor, name: string, known: readonly string[]): void {
  const fix = didYouMean(name, known, "take the field out");
  report(cursor, `the field "${name}" is not one that can be imported`, `one of: ${known.join(", ")}`, fix);
}
