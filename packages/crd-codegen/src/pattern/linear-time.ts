import { overlap, type CharacterSet } from "./character-set.ts";
import type { Pattern, PatternPiece } from "./pattern.ts";

/** Beyond these, a pattern is not looked into. */
const mostPlaces = { positions: 1000, pairs: 200_000 };

/**
 * Whether a matcher that goes back and tries again, as JavaScript's does, is done with any text in a time that grows with
 * its length alone.
 *
 * Such a matcher walks, at worst, each path that the pattern allows through a beginning of the text. When no two of them
 * lead through the same beginning to the same place in the pattern, there are at most as many paths for each beginning as
 * the pattern has places. So a pattern is sound whose automaton (Glushkov's, in which each character of the pattern is a
 * place) has no place that two paths reach with one text; one that may start anywhere in the text has a loop over any
 * character before it. The test for two paths is that of unambiguous automata (Book, Even, Greibach and Ott, "Ambiguity in
 * graphs and expressions", 1971).
 */
export function isLinear(pattern: Pattern): boolean {
  try {
    return !isAmbiguousAutomaton(automatonOf(pattern));
  } catch (error) {
    if (error instanceof NotLinear) return false;
    throw error;
  }
}

class NotLinear extends Error {}

/** The places of a pattern, and which may follow which; 0 is before the first. */
interface Automaton {
  readonly sets: readonly CharacterSet[];
  readonly follow: readonly ReadonlySet<number>[];
}

interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isEmptiable: boolean;
}

const anything: CharacterSet = [[0, 0x10ffff]];
const emptyFragment: Fragment = { first: [], last: [], isEmptiable: true };

function automatonOf({ piece, fromStart }: Pattern): Automaton {
  const sets: CharacterSet[] = [anything];
  const follow: Set<number>[] = [new Set()];
  const connect = (from: readonly number[], to: readonly number[]): void => {
    for (const place of from) for (const next of to) addOnce(follow[place], next);
  };
  const build = (part: PatternPiece): Fragment => {
    if ("set" in part) {
      const place = sets.push(part.set) - 1;
      if (place > mostPlaces.positions) throw new NotLinear();
      follow.push(new Set());
      return { first: [place], last: [place], isEmptiable: false };
    }
    if ("all" in part) return part.all.map(build).reduce(join, emptyFragment);
    if ("any" in part) return choose(part.any.map(build));
    return repeat(part.piece, part.least, part.most);
  };
  const join = (left: Fragment, right: Fragment): Fragment => {
    connect(left.last, right.first);
    return {
      first: left.isEmptiable ? [...left.first, ...right.first] : left.first,
      last: right.isEmptiable ? [...left.last, ...right.last] : right.last,
      isEmptiable: left.isEmptiable && right.isEmptiable,
    };
  };
  /** Written out: as often as it must be there, and then loops or optional ones within each other. */
  const repeat = (part: PatternPiece, least: number, upTo: number): Fragment => {
    let fragment = emptyFragment;
    for (let count = 0; count < least; count++) fragment = join(fragment, some(part));
    if (upTo === Infinity) return join(fragment, loop(some(part)));
    let optional = emptyFragment;
    // The last one first: those before it need not have it behind them.
    for (let count = least; count < upTo; count++)
      optional = choose([join(some(part), optional), emptyFragment]);
    return join(fragment, optional);
  };
  /** What is repeated must take something: there are many ways to repeat nothing. */
  const some = (part: PatternPiece): Fragment => {
    const fragment = build(part);
    if (fragment.isEmptiable) throw new NotLinear();
    return fragment;
  };
  const loop = (body: Fragment): Fragment => {
    connect(body.last, body.first);
    return { ...body, isEmptiable: true };
  };
  const whole = build(piece);
  if (!fromStart) connect([0], [0]);
  connect([0], whole.first);
  return { sets, follow };
}

/** One of several parts; where two of them may be nothing, nothing is reached in two ways. */
function choose(parts: readonly Fragment[]): Fragment {
  if (parts.filter(({ isEmptiable }) => isEmptiable).length > 1) throw new NotLinear();
  return {
    first: parts.flatMap(({ first }) => first),
    last: parts.flatMap(({ last }) => last),
    isEmptiable: parts.some(({ isEmptiable }) => isEmptiable),
  };
}

/** A place that follows in two ways is reached by two paths. */
function addOnce(places: Set<number> | undefined, place: number): void {
  if (!places || places.has(place)) throw new NotLinear();
  places.add(place);
}

/** Whether two paths reach a place with the same text. */
function isAmbiguousAutomaton({ sets, follow }: Automaton): boolean {
  const seen = new Set<number>();
  const open: (readonly [number, number])[] = [];
  const add = (a: number, b: number): void => {
    const key = Math.min(a, b) * sets.length + Math.max(a, b);
    if (seen.has(key)) return;
    if (seen.size >= mostPlaces.pairs) throw new NotLinear();
    seen.add(key);
    open.push([a, b]);
  };
  const step = (from: number, other: number): boolean => {
    for (const a of follow[from] ?? []) {
      for (const b of follow[other] ?? []) {
        if (a === b && from !== other) return true;
        if (a !== b && overlap(sets[a] ?? [], sets[b] ?? [])) add(a, b);
      }
    }
    return false;
  };
  for (const place of follow.keys()) step(place, place);
  for (let pair = open.pop(); pair; pair = open.pop()) if (step(...pair)) return true;
  return false;
}
