import { didYouMean } from "@atlas/compose";
import type { Change, History } from "@atlas/compose/history";
import { follow, namesIn } from "@atlas/compose/places";
import { InputError, type Finding } from "./failure.ts";

/** One value of an object, and the changes that it has seen, in their order. */
export interface ValueHistory {
  readonly path: string;
  /** Undefined for a value that is there no more. */
  readonly value: unknown;
  readonly changes: readonly Change[];
}

/**
 * The values at a path of an object or below it. Elements go by key or index, and brackets may be left out:
 * `containers[manager].image`, `containers[0].image` and `containers.manager.image` are one.
 *
 * @throws {InputError} when the object neither has nor had anything there.
 */
export function valuesAt(path: string, { object, changes }: History): ValueHistory[] {
  const names = namesIn(path) ?? [path];
  const fields = follow(object, names);
  // What a layer took away is found by its name alone.
  const ways = [names.join("."), ...(isWhole(fields, names) ? [fields.join(".")] : [])];
  const isMeant = (change: Change): boolean =>
    [namesOf(change), change.fields].some((own) => ways.some((way) => isBelow(own.join("."), way)));
  const found = new Map<string, Change[]>();
  for (const change of changes.filter(isMeant))
    found.set(change.id, [...(found.get(change.id) ?? []), change]);
  if (found.size === 0) throw new InputError([missing(names, changes)]);
  return [...found.values()].flatMap((steps) => {
    const last = steps.at(-1);
    return last ? [{ path: last.path, value: last.after, changes: steps }] : [];
  });
}

const namesOf = ({ path }: Change): readonly string[] => namesIn(path) ?? [];
const isWhole = (fields: readonly string[], names: readonly string[]): boolean =>
  fields.join(".").split(".").length >= names.length;
const isBelow = (path: string, way: string): boolean => way === "" || `${path}.`.startsWith(`${way}.`);

/** Where the path stops leading on, and what there is instead. */
function missing(names: readonly string[], changes: readonly Change[]): Finding {
  const known = changes.map(namesOf);
  const startsWith = (own: readonly string[], length: number): boolean =>
    names.slice(0, length).every((name, index) => name === own[index]);
  const depth = names.findIndex((_, index) => !known.some((own) => startsWith(own, index + 1)));
  const there = [
    ...new Set(known.filter((own) => startsWith(own, depth)).flatMap((own) => own[depth] ?? [])),
  ];
  const wrong = names[depth] ?? "";
  return {
    what: `there is no "${wrong}" ${depth === 0 ? "in the object" : `in ${names.slice(0, depth).join(".")}`}`,
    expected: there.length === 0 ? "the path of a value" : `one of: ${there.slice(0, 30).join(", ")}`,
    mend: didYouMean(wrong, there, "name a field that the rendered object has"),
  };
}
