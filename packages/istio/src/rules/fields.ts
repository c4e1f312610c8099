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

/**
 * Refuses arguments after a workload and its settings: a builder would pass over them in silence.
 *
 * @param given the builder's `arguments`.
 * @param taken how many there are of them.
 * @throws {IstioError} where there are more.
 */
export function refuseFurtherArguments(given: ArrayLike<unknown>, taken: number, call: BuilderCall): void {
  // A list's `map` gives the index and the list as well.
  const isOfMap = given.length === 3 && typeof given[1] === "number";
  if (given.length <= taken || (taken === 1 && isOfMap)) return;
  const expected =
    taken === 1 ? "one object with all settings" : "a workload, and one object with all settings";
  const further: BrokenBuilderRule = {
    path: "",
    code: "istio/argument-surplus",
    what: `the builder is given ${given.length} arguments, of which ${given.length - taken} would be lost`,
    expected,
    fix: "merge it into the last of these",
  };
  refuseBroken([further], call);
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
