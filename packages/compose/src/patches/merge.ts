import { fieldProblems, unknownField, wrongType } from "../problems/field-problems.ts";
import type { ProblemCode } from "../codes.ts";
import type { PlainObject } from "../value/plain.ts";
import type { Definition, Field } from "../kubernetes/schema.ts";
import {
  firstOther,
  isSetAlike,
  noteSetting,
  type PatchMark,
  type Setting,
  type Settings,
} from "./settings.ts";

/** A list that is merged by key. */
export type KeyedField = Field & {
  readonly keys: readonly string[];
  /** Whether only patches go by the keys: to the API server several elements may have one. */
  readonly isOurs?: boolean;
};

/** What any form of patch needs to say what it sets and what it cannot. */
export interface MergeReport {
  readonly patch: PatchMark;
  readonly settings: Settings;
  /** Whether the patch has said anything so far, be it what was there. */
  readonly effect: { isAny: boolean };
  readonly report: (path: string, code: ProblemCode, what: string, rest?: Details) => void;
}

/** What else there is to say of a problem of a patch. */
export interface Details {
  readonly expected?: string;
  readonly fix?: string;
  /** Of a list of operations, which it is. */
  readonly operation?: number;
  /** The other patch, and the path that it sets. */
  readonly rival?: { readonly patch: PatchMark; readonly path: string };
}

/** How the fields and lists of a merge patch are merged, which its form decides. */
export interface Merge extends MergeReport {
  /** Of the record form, which holds what the types of patches say; of a custom kind they know no merge keys. */
  readonly record?: { readonly isCustom: boolean };
  /** Merges the fields of an object within the patch, in the patch's form. */
  fields(
    target: PlainObject,
    body: PlainObject,
    definition: string | Definition | undefined,
    path: string,
    merge: Merge,
  ): void;
  /** Applies the changes of a merged list; the list's elements come back to the merging of fields. */
  list(target: PlainObject, name: string, body: unknown, field: KeyedField, at: string, merge: Merge): void;
}

export function reportUnknown(at: string, name: string, definition: Definition, merge: MergeReport): void {
  const { code, what, ...rest } = unknownField(name, definition);
  merge.report(at, code, what, rest);
}

export function reportType(at: string, expected: string, got: unknown, merge: MergeReport): void {
  const { code, what, fix } = wrongType(at, expected, got);
  merge.report(at, code, what, { expected, fix });
}

/** Whether a value that is set whole has the right type and only fields that exist, at any depth; reports what has not. */
export function checkValue(
  value: unknown,
  field: Field | undefined,
  at: string,
  merge: MergeReport,
): boolean {
  const problems = fieldProblems(value, field, at);
  for (const { path, code, what, ...rest } of problems) merge.report(path, code, what, rest);
  return problems.length === 0;
}

/** Whether another patch of the layer has said the same of the path before. */
export function isRepeated(at: string, value: unknown, merge: MergeReport): boolean {
  const isAlike = isSetAlike(merge.settings, at, value, merge.patch);
  if (isAlike) merge.effect.isAny = true;
  return isAlike;
}

/**
 * Notes that the patch sets the path, unless another patch of the layer sets it, something in it or what it lies in to
 * something else: then the one that is the override wins, and without one it is a problem.
 */
export function agrees(at: string, value: unknown, merge: MergeReport): boolean {
  const { settings, patch } = merge;
  merge.effect.isAny = true;
  const clash = patch.override ? undefined : firstOther(settings, at, value, patch);
  if (clash && !clash.patch.override) reportClash(at, value, clash, merge);
  if (!clash) noteSetting(settings, at, value, patch);
  return !clash;
}

const settingText = (said: unknown): string => (said === null ? "its removal" : JSON.stringify(said));

function reportClash(at: string, value: unknown, clash: Setting, merge: MergeReport): void {
  const { patch, path, value: other } = clash;
  const where = path === at ? "" : path === "" ? "the whole object = " : `${path} = `;
  merge.report(
    at,
    "patches-conflict",
    `two patches of this layer disagree: ${where}${settingText(other)} and ${settingText(value)}`,
    {
      expected: "one value",
      fix: "drop one of them, or mark the one that shall win: patch(target, body, { override: true })",
      rival: { patch, path },
    },
  );
}
