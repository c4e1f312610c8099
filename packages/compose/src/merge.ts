import { isObject, same, type PlainObject } from "./plain.ts";
import { fieldProblems, unknownField } from "./field-problems.ts";
import type { Definition, Field } from "./schema.ts";

/** The patch that set something; it is told from others by being this very object. */
interface PatchMark {
  readonly override: boolean;
}

/** What a patch has set so far in one object of the layer, by path; guards against two patches that disagree. */
export type Settings = Map<string, { readonly value: unknown; readonly by: PatchMark }>;

/** Where the merge is, and what it reports. */
export interface Merge {
  readonly patch: PatchMark;
  readonly settings: Settings;
  /** Merges the fields of an object; lists of objects come back to it for their elements. */
  fields(
    target: PlainObject,
    body: PlainObject,
    definition: Definition | undefined,
    path: string,
    merge: Merge,
  ): void;
  report(path: string, what: string, rest?: { expected?: string; mend?: string }): void;
}

export function reportUnknown(at: string, name: string, definition: Definition, merge: Merge): void {
  const { what, ...rest } = unknownField(name, definition);
  merge.report(at, what, rest);
}

export function reportType(at: string, expected: string, got: unknown, merge: Merge): void {
  const kind = Array.isArray(got) ? "a list" : isObject(got) ? "an object" : JSON.stringify(got);
  merge.report(at, `got ${kind}`, { expected, mend: `give ${expected}` });
}

/** Whether every field of a value that is set whole exists; reports those that don't. */
export function checkValue(value: unknown, field: Field | undefined, at: string, merge: Merge): boolean {
  const problems = fieldProblems(value, field, at);
  for (const { path, what, ...rest } of problems) merge.report(path, what, rest);
  return problems.length === 0;
}

/** Whether no other patch of the layer has set the path to another value; the first value stays where they disagree. */
export function agrees(at: string, value: unknown, merge: Merge): boolean {
  const before = merge.settings.get(at);
  if (before && before.by !== merge.patch && !same(before.value, value)) {
    if (before.by.override) return false;
    if (!merge.patch.override) {
      merge.report(
        at,
        `two patches of this layer disagree: ${JSON.stringify(before.value)} and ${JSON.stringify(value)}`,
        {
          expected: "one value",
          mend: "drop one of them, or mark the one that shall win: patch(target, body, { override: true })",
        },
      );
      return false;
    }
  }
  merge.settings.set(at, { value, by: merge.patch });
  return true;
}
