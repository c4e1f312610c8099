/*
 * Whether Go compiles a pattern, as far as JavaScript can tell.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, and regexp/syntax of Go.
 */

/** What Go has no linear time for, or does not know: to refer back, and escaped letters of other languages. */
const unknownEscape = /\\(?:[1-9ceg-moquyCF-ORT-VX-Z]|$)/;
const unknownGroup = /\(\?(?!P?<\w+>|[imsU]*(?:-[imsU]+)?[:)])/;
const posixClass = /\[:\^?(\w+):\]/g;
const posixClasses = new Set(
  "alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit".split(" "),
);
const repetition = String.raw`\{\d+(?:,\d*)?\}`;
const repeatedTwice = new RegExp(`(?:[*+?]|${repetition})(?:\\?(?:[*+?]|${repetition})|[*+]|${repetition})`);

/** Whether a text is a regular expression of Go: what is said there by (?P<…>) and \z is not here. */
export function isPattern(text: string): boolean {
  const plain = text.replaceAll(/\\Q.*?(?:\\E|$)|\\\\/gs, "a");
  if (unknownEscape.test(plain)) return false;
  if ([...plain.matchAll(posixClass)].some(([, name = ""]) => !posixClasses.has(name))) return false;
  const outside = withoutClasses(plain);
  if (unknownGroup.test(outside) || !repeatsWell(outside.replaceAll("(?", "(:"))) return false;
  try {
    RegExp(text.replaceAll(/\(\?P</g, "(?<").replaceAll(/\(\?[imsU]+[):]/g, "(?:"), "u");
    return !plain.includes("[]");
  } catch {
    return !/^[^[(]*[)]|\[[^\]]*$/.test(text) && isBalanced(outside) && !hasReversedRange(plain);
  }
}

/** Go repeats at most a thousand times. */
function repeatsWell(text: string): boolean {
  const isSound = [...text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].every(
    ([, least, most]) =>
      Number(least) <= 1000 && (!most || (Number(most) <= 1000 && Number(least) <= Number(most))),
  );
  return isSound && !repeatedTwice.test(text) && !/(?:^|[(|])[*+?]/.test(text);
}

const hasReversedRange = (text: string): boolean =>
  [...text.matchAll(/\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/gs)].some(([found]) =>
    [...found.replaceAll(/\\./gs, "").matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)].some(
      ([, from = "", to = ""]) => from > to,
    ),
  );

/** A pattern with a letter for each class of characters and each escaped sign, in which brackets mean themselves. */
const withoutClasses = (text: string): string =>
  text.replaceAll(/\\[^1-9]|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/gs, "a");

function isBalanced(text: string): boolean {
  let open = 0;
  for (const sign of text) {
    if (sign === "(") open++;
    if (sign === ")" && --open < 0) return false;
  }
  return open === 0;
}
