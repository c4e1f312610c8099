import { editDistance } from "./problem.ts";

/**
 * Whether a name is another one with a slip of the finger in it: one of its words is misspelt, or a mark between words is
 * missing. Names that tell things apart by a short word or a number (`shop-eu` and `shop-us`, `cert-1` and `cert-2`) are
 * not.
 */
export function isMisspelt(name: string, other: string): boolean {
  if (name === other) return false;
  const [ours, theirs] = [name, other].map((text) => text.toLowerCase().split(/[-._]/)) as [
    string[],
    string[],
  ];
  if (ours.join("") === theirs.join("")) return ours.join("").length >= 4;
  if (ours.length !== theirs.length) return false;
  const [pair, ...more] = ours.flatMap((word, index) => {
    const their = theirs[index] ?? "";
    return word === their ? [] : [[word, their] as const];
  });
  if (!pair || more.length > 0 || pair.some((word) => word.length < 3 || /\d/.test(word))) return false;
  return pair.some((word) => word.length < 4) ? isSwapped(pair) || isDoubled(pair) : isSlip(pair);
}

/** Two words of the same letters: of three, one that differs may well tell two things apart (`app` and `api`). */
const isSwapped = ([word, other]: readonly [string, string]): boolean =>
  word.length === other.length &&
  editDistance(word, other, 2) === 1 &&
  sortedLetters(word) === sortedLetters(other);

const sortedLetters = (word: string): string => word.split("").toSorted().join("");

/** Two words of which one has a letter twice: `webb` and `web`. */
const isDoubled = ([word, other]: readonly [string, string]): boolean =>
  word.length !== other.length && word.replaceAll(/(.)\1/g, "$1") === other.replaceAll(/(.)\1/g, "$1");

/** Two words of which one letter differs, is missing or is swapped with its neighbour; of long ones, two. */
function isSlip([word, other]: readonly [string, string]): boolean {
  const allowed = Math.min(word.length, other.length) < 8 ? 1 : 2;
  return editDistance(word, other, allowed + 1) <= allowed;
}
