/**
 * A value within an object, with the way to it. The way is a chain, and not a text, as it is asked for only where something
 * is wrong.
 */
export interface RulePlace {
  readonly value: unknown;
  /** What the value stands in; undefined for the object itself. */
  readonly above: RulePlace | undefined;
  /** The field or the index by which it stands there. */
  readonly step: string | number;
}

/** The fields of a value that has some. */
export type ValueFields = Readonly<Record<string, unknown>>;

/** The object itself. */
export const rootPlace = (value: unknown): RulePlace => ({ value, above: undefined, step: "" });

/** A field, which need not be there. */
export const at = (above: RulePlace, step: string): RulePlace => ({
  value: valueAt(above.value, step),
  above,
  step,
});

/** The elements of a list; none of what is not a list. */
export function elementPlaces(above: RulePlace): readonly RulePlace[] {
  if (!Array.isArray(above.value)) return [];
  // Of a list with holes, too, as `map` passes over them.
  return Array.from(above.value, (value: unknown, step) => ({ value, above, step }));
}

/** The steps from the object to a value. */
export function stepsTo({ above, step }: RulePlace): readonly (string | number)[] {
  return above === undefined ? [] : [...stepsTo(above), step];
}

/** Whether a value has fields. */
export const hasFields = (value: unknown): value is ValueFields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name of an element; undefined where none is stated. */
export const nameOf = (element: unknown): string | undefined => textAt(element, "name") || undefined;

/** The value of a field; null is what YAML says for one that is left out. */
export function valueAt(value: unknown, field: string): unknown {
  return hasFields(value) && Object.hasOwn(value, field) ? (value[field] ?? undefined) : undefined;
}

/** The value under a key of a map, in which a null is `zero`: what Go makes of it. */
export function entryAt(value: unknown, key: string, zero: unknown): unknown {
  return hasFields(value) && Object.hasOwn(value, key) ? (value[key] ?? zero) : undefined;
}

/** The text of a field; undefined for what is none. */
export function textAt(value: unknown, field: string): string | undefined {
  const found = valueAt(value, field);
  return typeof found === "string" ? found : undefined;
}

/** The elements of a list in a field; none of what is not a list. */
export function listAt(value: unknown, field: string): readonly unknown[] {
  const found = valueAt(value, field);
  return Array.isArray(found) ? found : [];
}

/** Whether a field is there and is not what Go takes for its being left out: an empty text, nought, false, an empty list. */
export function isSet(value: unknown, field: string): boolean {
  const found = valueAt(value, field);
  if (Array.isArray(found)) return found.length > 0;
  return found !== undefined && found !== "" && found !== 0 && found !== false;
}
