import { firstOf } from "../report/first-of.ts";
import { enumerate } from "../report/merged-findings.ts";
import type { Finding } from "@atlas/input";

/** What is only worth knowing of environments, by what it is: said once for all that have it, with its place in the first. */
export type Notes = Map<string, { readonly finding: Finding; readonly environments: string[] }>;

/**
 * Adds what is to be said of an environment.
 *
 * @param placed finds the places, which takes much longer: it is asked of what will be shown alone.
 */
export function addNotes(
  notes: Notes,
  environment: string,
  found: readonly Finding[],
  placed: (found: readonly Finding[]) => readonly Finding[],
): void {
  const isNew = (finding: Finding): boolean => !notes.has(JSON.stringify(finding));
  const first = found.filter(isNew);
  const { shown } = firstOf([...notes.keys(), ...first]);
  const places = placed(first.slice(0, Math.max(0, shown.length - notes.size)));
  for (const [index, finding] of first.entries())
    notes.set(JSON.stringify(finding), { finding: places[index] ?? finding, environments: [] });
  for (const finding of found) notes.get(JSON.stringify(finding))?.environments.push(environment);
}

/** What there is to say. */
export const findingsOfNotes = (notes: Notes): Finding[] =>
  [...notes.values()].map(({ finding, environments }) => ({
    ...finding,
    environment: enumerate(environments),
  }));
