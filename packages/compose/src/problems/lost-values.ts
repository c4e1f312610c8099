import type { Problem } from "./problem.ts";

/**
 * The word in a name that a value without content has left there: `app-${process.env.X}` of a variable that is not set is
 * `app-undefined`. Only whole segments count, and `null` only by itself, since a `null-provider` is an honest name;
 * undefined where there is none.
 */
export function lostValueIn(name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  if (name === "null") return name;
  // Hardly any name has such a word in it, and none of them asks for the pattern.
  if (!name.includes("undefined") && !name.includes("NaN") && !name.includes("[object")) return undefined;
  return /\[object Object\]|(?<![^-.:/@])(?:undefined|NaN)(?![^-.:/@])/.exec(name)?.[0];
}

/** What is wrong with a text in which a value without content has left its word. */
export const lostValue = (
  text: string,
  word: string,
): Required<Pick<Problem, "code" | "what" | "expected" | "fix">> => ({
  code: "value-lost",
  what: `${JSON.stringify(text)} has ${word} in it, as a value that is not there gives it`,
  expected: "a text that is put together of values that are there",
  fix: "look where the text is put together: a variable of the environment that is not set, or an object in the place of text?",
});
