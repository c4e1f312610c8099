import { wholeText } from "../../objects/text.ts";

/** A value as a message shows it: a long one only by its beginning. */
export function quoted(value: unknown): string {
  const text = wholeText(value) || "undefined";
  return text.length > 80 ? `${text.slice(0, 60)}…` : text;
}

/** The word that was probably meant: one that differs in few letters, or in upper and lower case alone. */
export function meantWord(written: string, words: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  let [best, least] = [undefined as string | undefined, Math.max(1, Math.floor(written.length / 3)) + 1];
  for (const word of words) {
    const steps = stepsBetween(lower, word.toLowerCase(), least);
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** How many letters have to be put in, taken out or changed to make one text of another (Levenshtein's distance). */
function stepsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) >= most) return most;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const changed = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (above[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    above = next;
  }
  return above[other.length] ?? most;
}
