import type { Finding } from "@atlas/input";

/**
 * Which of many environments are wrong, and what became of the others; undefined where there are none.
 *
 * @param keepsOn whether those that are right are shown all the same.
 */
export function outcomeOf(
  names: readonly string[],
  wrong: readonly string[],
  keepsOn: boolean,
  findings: readonly Finding[],
): string | undefined {
  if (names.length < 2 || wrong.length === 0) return undefined;
  const right = names.filter((name) => !wrong.includes(name));
  const are = `${wrong.length} of ${names.length} environments ${wrong.length === 1 ? "is" : "are"} wrong: ${shortenedList(wrong)}`;
  if (keepsOn) return right.length === 0 ? are : `${are}; what is shown is of the others`;
  if (right.length === 0) return `${are}; nothing was written`;
  const nothing = `${are}; nothing was written, of the others neither`;
  // What two environments take from each other, each of them is told when it is rendered alone.
  if (findings.some(({ code }) => code === "cluster-claim-conflict")) return nothing;
  return `${nothing}. Until it is corrected, name those that are to be taken: ${shortenedList(right)}`;
}

/** The first of many names. */
function shortenedList(names: readonly string[]): string {
  const more = names.length - longestList;
  return more > 1 ? `${names.slice(0, longestList).join(", ")} and ${more} more` : names.join(", ");
}

const longestList = 8;
