/** The name that is most likely meant: a third of its letters may differ; undefined where none is near. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = Math.abs(candidate.length - name.length) < least ? distanceOf(name, candidate) : least;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/**
 * The name that a misspelt one stands for: it differs in a letter or two of one word, or in the signs between its words.
 * What differs in a number, or in a whole word, is another name of its own, as `shop-1` and `shop-2`.
 *
 * @example
 * misspelt("shop-databse", ["shop-database", "shop-cache"]); // "shop-database"
 */
export const misspelt = (name: string, names: Iterable<string>): string | undefined =>
  [...names].find((other) => isSlipOf(name, other, 4));

/**
 * The name that another may stand for, short words included, of which one letter makes another word as easily as a slip.
 *
 * @example
 * perhapsMisspelt("webs", ["web", "cache"]); // "web"
 */
export const perhapsMisspelt = (name: string, names: Iterable<string>): string | undefined =>
  [...names].find((other) => isSlipOf(name, other, 3));

function isSlipOf(name: string, other: string, shortest: number): boolean {
  const [own, its] = [name, other].map((each) => each.split(/[-.]/)) as [string[], string[]];
  if (own.join("") === its.join("")) return true;
  if (own.length !== its.length) return false;
  const different = own.flatMap((word, index) =>
    word === its[index] ? [] : [[word, its[index] ?? ""] as const],
  );
  const [[word, meant] = ["", ""], ...others] = different;
  if (others.length > 0 || Math.min(word.length, meant.length) < shortest) return false;
  if (word.replaceAll(/\d/g, "") === meant.replaceAll(/\d/g, "")) return false;
  return distanceOf(word, meant) <= (Math.max(word.length, meant.length) < 6 ? 1 : 2);
}

/** Levenshtein's distance: how many letters have to be changed, put in or taken out. */
export function distanceOf(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
