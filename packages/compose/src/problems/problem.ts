import type { ProblemCode } from "../codes.ts";
import type { Place } from "./places.ts";

/** A place that a problem is about, and what stands there: `patch`, `base`. */
export interface NamedPlace extends Place {
  readonly label: string;
}

/**
 * One thing that is wrong, said so that a person can fix it.
 *
 * @typeParam Code the list that its code is of: this package's, or that of whoever adds what is wrong elsewhere.
 */
export interface Problem<Code extends string = ProblemCode> {
  /** One of a closed list, as `element-unknown`; it keeps its meaning, whatever the words become. */
  readonly code: Code;
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  /** The object, as `Deployment/atlas-operator`. */
  readonly object?: string;
  /** The place in the object, as `spec.template.spec.containers`. */
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Where to look: the patch and what it is about, or two that clash. */
  readonly places?: readonly NamedPlace[];
  /** What would have been right. */
  readonly expected?: string;
  /** How to fix it. */
  readonly fix?: string;
}

/** Thrown once with all that was found. */
export class ComposeError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join("\n"));
    this.name = "ComposeError";
    this.problems = problems;
  }
}

function problemLine({ object, path, what, places = [] }: Problem): string {
  const where = places.map(({ label, file, line, column }) => `${label} ${file}:${line}:${column}`);
  return `${[object, path, what].filter(Boolean).join(": ")}${where.length > 0 ? ` (${where.join(", ")})` : ""}`;
}

/**
 * The name that is most likely meant by `name`, if one is near: a third of its letters may differ, or one alone has its
 * consonants, as `manager` those of `mngr`.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const candidates = [...names];
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best ?? spelledOut(name, candidates);
}

const consonantsOf = (name: string): string => name.toLowerCase().replaceAll(/[aeiou]/g, "");

/** The one candidate that a name without its vowels stands for. */
function spelledOut(name: string, candidates: readonly string[]): string | undefined {
  const short = consonantsOf(name);
  if (short.length < 3 || short !== name.toLowerCase()) return undefined;
  const [only, ...others] = candidates.filter((candidate) => consonantsOf(candidate) === short);
  return others.length === 0 ? only : undefined;
}

/** `did you mean "x"?`, or how else to go on. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const near = nearest(name, candidates);
  return near === undefined ? otherwise : `did you mean "${near}"? Otherwise ${otherwise}`;
}

/** Levenshtein's distance with neighbouring letters swapped counted once; `limit` when it is at least that. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j] ?? 0, (older[j - 2] ?? 0) + 1);
    }
    [older, previous] = [previous, row];
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
