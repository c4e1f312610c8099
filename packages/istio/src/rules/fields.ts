import type { BuilderCall } from "./call.ts";
import { isRecord, refuseBroken, type BrokenBuilderRule } from "./rules.ts";
import { listedWords, suggestWord } from "./words.ts";

/** The names of all fields that a type, or a member of a union, has. */
type NameOfField<T> = T extends unknown ? keyof T : never;

/**
 * The fields that a builder knows of something that it is given: of each those of what is in it, or in the elements of its
 * list; `null` where it is a value, or holds names that the user chooses.
 */
export interface KnownFields {
  readonly [field: string]: KnownFields | null;
}

/** The same of a type: none of its fields is left out. */
export type FieldsOf<T> = { readonly [F in NameOfField<T> & string]: KnownFields | null };

/**
 * Refuses fields that a builder does not know, at whatever depth: it would pass them over in silence. The compiler says so
 * of what it sees; JavaScript, data and casts it does not see.
 *
 * @param path that of what was given, empty for an argument itself.
 * @throws {IstioError} with each of them.
 */
export function refuseUnknownFields(
  given: unknown,
  known: KnownFields,
  call: BuilderCall,
  object: string,
  path = "",
): void {
  refuseBroken(unknownFields(given, known, path), call, object);
}

function unknownFields(given: unknown, known: KnownFields, path: string): readonly BrokenBuilderRule[] {
  if (Array.isArray(given))
    return given.flatMap((element, index) => unknownFields(element, known, `${path}[${index}]`));
  if (!isRecord(given)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    if (inner === undefined) return [unknownFieldAt(at, name, Object.keys(known))];
    return inner === null ? [] : unknownFields(value, inner, at);
  });
}

/** What is said of a field that there is not, among those that there are. */
export const unknownFieldAt = (path: string, name: string, known: readonly string[]): BrokenBuilderRule => ({
  path,
  code: "istio/field-unknown",
  what: `the field "${name}" does not exist`,
  expected: listedWords(known),
  fix: suggestWord(name, known, "leave it out"),
});
