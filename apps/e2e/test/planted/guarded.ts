/** A reader that fails on a word that nobody guesses: coverage must lead there. */
export function fuzz(data: Buffer): void {
  const text = data.toString("latin1");
  if (text[0] === "p" && text[1] === "l" && text.slice(2, 7) === "anted") throw new TypeError("planted");
}
