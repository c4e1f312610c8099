import { didYouMean } from "@atlas/compose";
import type { Change, History } from "@atlas/compose/history";
import { namesIn, reach } from "@atlas/compose/places";
import { InputError, type Finding } from "@atlas/input";
import { intendedPath } from "./intended-path.ts";

/** One value of an object, and the changes that it has seen, in their order. */
export interface ValueHistory {
  readonly path: string;
  /** Undefined for a value that is there no more. */
  readonly value: unknown;
  readonly changes: readonly Change[];
}

/**
 * The values at a path of an object or below it. Elements go by key or index, and brackets may be left out:
 * `containers[manager].image`, `containers[0].image` and `containers.manager.image` are one. The empty path means all.
 *
 * @throws {InputError} when the path is none, and when the object neither has nor had anything there.
 */
export function valuesAt(path: string, { object, changes }: History): ValueHistory[] {
  const names = namesIn(path);
  if (!names) throw new InputError([malformed(path, changes)]);
  const { fields, isWhole } = reach(object, names);
  // What a layer took away is found by its name alone.
  const ways = [names.join("."), ...(isWhole ? [fields.join(".")] : [])];
  const isMeant = (change: Change): boolean =>
    names.length === 0 ||
    [pathNames(change), change.fields].some((own) => ways.some((way) => isBelow(own.join("."), way)));
  const found = Map.groupBy(changes.filter(isMeant), ({ id }) => id);
  if (found.size === 0) throw new InputError([missingValue(path, names, changes)]);
  return [...found.values()].flatMap((steps) => {
    const last = steps.at(-1);
    return last ? [{ path: last.path, value: last.after, changes: steps }] : [];
  });
}

const pathNames = ({ path }: Change): readonly string[] => namesIn(path) ?? [];
const isBelow = (path: string, way: string): boolean => `${path}.`.startsWith(`${way}.`);

function malformed(path: string, changes: readonly Change[]): Finding {
  const intended = intendedPath(path, changes);
  return {
    code: "value-path-malformed",
    what: `${JSON.stringify(path)} is not a path`,
    expected: "fields with dots between them, and elements in brackets: spec.containers[manager].image",
    fix:
      intended === undefined
        ? "write it like that, or leave it out for the whole object"
        : `did you mean ${quotedPath(intended)}?`,
  };
}

/** Where the path stops leading on, and what there is instead. */
function missingValue(path: string, names: readonly string[], changes: readonly Change[]): Finding {
  const known = changes.map(pathNames);
  const startsWith = (own: readonly string[], length: number): boolean =>
    names.slice(0, length).every((name, index) => name === own[index]);
  const depth = names.findIndex((_, index) => !known.some((own) => startsWith(own, index + 1)));
  const there = [
    ...new Set(known.filter((own) => startsWith(own, depth)).flatMap((own) => own[depth] ?? [])),
  ];
  const wrong = names[depth] ?? "";
  const intended = intendedPath(path, changes);
  return {
    code: "value-path-unknown",
    what: `there is no "${wrong}" ${depth === 0 ? "in the object" : `in ${names.slice(0, depth).join(".")}`}`,
    expected: there.length === 0 ? "the path of a value" : `one of: ${there.slice(0, 30).join(", ")}`,
    fix:
      intended === undefined
        ? didYouMean(wrong, there, "name a field that the rendered object has")
        : `did you mean ${quotedPath(intended)}?`,
  };
}

/** A path in quotes, as a shell takes it: one with quotes of its own stands in single ones. */
const quotedPath = (path: string): string => (path.includes('"') ? `'${path}'` : `"${path}"`);
