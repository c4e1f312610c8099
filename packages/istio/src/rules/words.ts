import type { BuilderRule } from "./rules.ts";
import { saidValue, valueAtPath } from "./rules.ts";

/** `did you mean "x"?`, where one of the words is near to what was given, or else how to go on. */
export function suggestWord(given: unknown, words: readonly string[], otherwise: string): string {
  const near = typeof given === "string" ? nearestWord(given, words) : undefined;
  return near === undefined ? otherwise : `did you mean "${near}"? Otherwise ${otherwise}`;
}

/** The word of which at most a third differs from what was given, whatever its case. */
function nearestWord(given: string, words: readonly string[]): string | undefined {
  const far = (word: string): number => lettersApart(given.toLowerCase(), word.toLowerCase());
  const [best] = words.toSorted((a, b) => far(a) - far(b));
  return best !== undefined && far(best) <= Math.max(1, given.length / 3) ? best : undefined;
}

/** How many letters have to be changed, added or left out to make one text of the other (Levenshtein). */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Words as a message lists them: `STRICT, UNSET or DISABLE`. */
export function listedWords(words: readonly string[]): string {
  const [last = "", ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
}

/** Whether a value is a text that says something. */
export const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** A value is one of a few words. */
export function oneOfWords(words: readonly string[], ...fields: readonly string[]): BuilderRule {
  return (object) => {
    const value = valueAtPath(object, ...fields);
    if (typeof value === "string" && words.includes(value)) return [];
    const fix = suggestWord(value, words, "give one of them");
    return [
      {
        path: fields.join("."),
        code: "istio/word-unknown",
        what: saidValue(value),
        expected: listedWords(words),
        fix,
      },
    ];
  };
}
